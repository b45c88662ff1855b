import type { Journey } from '../core/journey.ts'
import type { Budget } from './budget.ts'
import type { Interaction } from './pact-file.ts'
import { planInteraction } from './plan-interaction.ts'
import { planJourney } from './plan-journey.ts'
import type { PlannedCheck, PlanOptions } from './planned-check.ts'
import { Readiness } from './readiness.ts'
import type { LoadedTarget } from './target.ts'

/** What a run may check. */
export interface Repertoire {
  readonly interactions: readonly Interaction[]
  readonly journeys: readonly Journey[]
}

/** Rehearses everything on the mock, and says what can be checked on the target, and what it does to its accounts. */
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
  for (const interaction of repertoire.interactions) interactions.push(await planInteraction(loaded, interaction))
  for (const journey of repertoire.journeys)
    journeys.push(await planJourney(loaded, journey, readiness, { ...options, at }))
  // Where nothing unlocks an account, whatever comes after the first lock is not reached; what any server passes comes first.
  const checks = [...interactions, ...journeys.filter(({ locks }) => !locks), ...journeys.filter(({ locks }) => locks)]
  const isGate = ({ id }: PlannedCheck): boolean => id === loaded.api.kit.gate?.journey
  const inOrder = [...checks.filter(isGate), ...checks.filter((check) => !isGate(check))]
  const refuse = budget.forecast()
  return inOrder.map((check) => {
    const unsafe = check.isArranged ? undefined : refuse(check.exchanges)
    return unsafe === undefined ? check : { ...check, unsafe }
  })
}
