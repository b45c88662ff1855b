import type { Journey } from '../../core/journey.ts'
import type { Budget } from '../playing/budget.ts'
import { isWorthPlanning, select } from '../target/check-selection.ts'
import type { PactInteraction } from '../comparing/own-pact.ts'
import { planInteraction } from './plan-interaction.ts'
import { planJourney } from './plan-journey.ts'
import { refuseMistaken } from './mistakes.ts'
import type { PlannedCheck, PlanOptions } from '../playing/planned-check.ts'
import { canArrange, Readiness } from '../playing/readiness.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** What has to be rehearsed to tell what is wanted; all of it where a name is of nothing, so that the nearest can be told. */
function selectable({ interactions, journeys, races = [] }: Repertoire, options: PlanOptions): Repertoire {
  const all = [...journeys, ...races]
  const isDue = ({ id }: { readonly id: string }): boolean => isWorthPlanning(options, id)
  const due = { interactions: interactions.filter(isDue), journeys: all.filter(isDue) }
  const ids = [...due.interactions, ...due.journeys].map(({ id }) => id)
  const isKnown = (pattern: string): boolean => ids.some((id) => isWorthPlanning({ only: [pattern] }, id))
  return [...(options.only ?? []), ...(options.except ?? [])].every(isKnown) ? due : { interactions, journeys: all }
}

/** What a run may check. */
export interface Repertoire {
  readonly interactions: readonly PactInteraction[]
  readonly journeys: readonly Journey[]
  /** Those that end in a race. */
  readonly races?: readonly Journey[]
}

/**
 * For how long a run waits in real time, in milliseconds: in its journeys, and for the end of what they leave locked, if an
 * account is wanted again.
 */
export function waitOfAll(
  loaded: LoadedTarget,
  planned: readonly PlannedCheck[],
  { allowWait, maxWait = Infinity }: Pick<PlanOptions, 'allowWait' | 'maxWait'>,
): number {
  if (!allowWait) return 0
  const { api, settings, target } = loaded
  const lockMs = settings[api.kit.lockout?.for ?? '']
  const isWaitedFor =
    typeof lockMs === 'number' && lockMs <= maxWait && target.clock.url === undefined && !canArrange(loaded)
  const locked = new Set<string>()
  let sum = 0
  for (const { waitMs, locks, accounts, leftOut, unsafe, attempts } of planned) {
    if (leftOut !== undefined || unsafe !== undefined) continue
    const cast = [...accounts.values()].map(({ username }) => username)
    if (isWaitedFor && cast.some((username) => locked.has(username))) {
      sum += lockMs
      for (const username of cast) locked.delete(username)
    }
    sum += waitMs
    if (locks) for (const username of attempts.keys()) locked.add(username)
  }
  return sum
}

/**
 * Rehearses everything on the mock, and says what can be checked on the target, and what it does to its accounts. Throws
 * ERR_JOURNEY_INVALID where somebody expects of the mock what it does not answer.
 */
export async function plan(
  loaded: LoadedTarget,
  repertoire: Repertoire,
  budget: Budget,
  options: PlanOptions,
): Promise<PlannedCheck[]> {
  const readiness = new Readiness(loaded, budget)
  const at = Date.now()
  const interactions: PlannedCheck[] = []
  const journeys: PlannedCheck[] = []
  const due = selectable(repertoire, options)
  for (const interaction of due.interactions) interactions.push(await planInteraction(loaded, interaction))
  for (const journey of due.journeys) journeys.push(await planJourney(loaded, journey, readiness, { ...options, at }))
  // What takes no time comes before what waits. Where nothing unlocks an account, whatever comes after the first lock is
  // not reached; what any server passes comes first.
  const cost = ({ waitMs, locks }: PlannedCheck): number => (waitMs > 0 ? 2 : 0) + (locks ? 1 : 0)
  const checks = [...interactions, ...journeys.toSorted((one, other) => cost(one) - cost(other))]
  const isGate = ({ id }: PlannedCheck): boolean => id === loaded.api.kit.gate?.journey
  const inOrder = select([...checks.filter(isGate), ...checks.filter((check) => !isGate(check))], options)
  refuseMistaken(inOrder)
  const refuse = budget.forecast()
  return inOrder.map((check) => {
    const unsafe = check.isArranged ? undefined : refuse(check.exchanges)
    return unsafe === undefined ? check : { ...check, unsafe }
  })
}
