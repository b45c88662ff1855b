import type { Journey } from '../core/journey.ts'
import type { JsonObject } from '../core/json.ts'
import type { Account } from '../core/kit.ts'
import { clausesOf } from './blame.ts'
import { isAttempt, type Budget } from './budget.ts'
import { castOf } from './casting.ts'
import { givenBy, whyUnreachable } from './given.ts'
import { createOracle } from './oracle.ts'
import type { Interaction } from './pact-file.ts'
import { playInteraction } from './play-interaction.ts'
import type { CheckResult, Exchange, Guard } from './exchange.ts'
import { playJourney } from './play-journey.ts'
import { NotReachedError, type Player } from './player.ts'
import { canArrange, Readiness } from './readiness.ts'
import type { LoadedTarget } from './target.ts'

/** One thing that a run is going to check, as rehearsed on the mock. */
export interface PlannedCheck {
  readonly id: string
  readonly title: string
  readonly kind: 'interaction' | 'journey'
  /** What will be sent; nothing where the check is left out. */
  readonly exchanges: readonly Exchange[]
  /** What it shows, whether it is left out or not. */
  readonly clauses: readonly string[]
  /** Who of the target's accounts plays whom. */
  readonly accounts: ReadonlyMap<string, Account>
  /** How many codes that count as wrong each account will see, by username. */
  readonly attempts: ReadonlyMap<string, number>
  /** Why it cannot be played. */
  readonly leftOut?: string
  /** Why it must not be. */
  readonly unsafe?: string
  /** Plays it on a server. */
  readonly play: (subject: Player, guard: Guard | undefined, at: number) => Promise<CheckResult>
}

/** What a run may check. */
export interface Repertoire {
  readonly interactions: readonly Interaction[]
  readonly journeys: readonly Journey[]
}

/** How a plan is made. */
export interface PlanOptions {
  /** Whether waiting in real time is all right. */
  readonly allowWait: boolean
  /** Goes on after a difference, to see them all. */
  readonly toTheEnd?: boolean
}

/** Rehearses everything on the mock, and says what can be checked on the target, and what it does to its accounts. */
export async function plan(
  loaded: LoadedTarget,
  repertoire: Repertoire,
  budget: Budget,
  options: PlanOptions,
): Promise<PlannedCheck[]> {
  const readiness = new Readiness(loaded)
  const planned: PlannedCheck[] = []
  const promised = new Map<string, number>()
  for (const interaction of repertoire.interactions) planned.push(await planInteraction(loaded, interaction))
  for (const journey of repertoire.journeys) planned.push(await planJourney(loaded, journey, readiness, options))
  const gate = planned.findIndex(({ id }) => id === loaded.api.kit.gate?.journey)
  if (gate > 0) planned.unshift(...planned.splice(gate, 1))
  return planned.map((check) => {
    const over = [...check.attempts].find(([user, count]) => (promised.get(user) ?? 0) + count > budget.left(user))
    if (over !== undefined) return { ...check, unsafe: `${over[1]} wrong codes: ${budget.spent(over[0])}` }
    for (const [user, count] of check.attempts) promised.set(user, (promised.get(user) ?? 0) + count)
    return check
  })
}

async function planJourney(
  loaded: LoadedTarget,
  journey: Journey,
  readiness: Readiness,
  options: PlanOptions,
): Promise<PlannedCheck> {
  const { id, title } = journey
  const clauses = await clausesOfJourney(loaded, journey)
  const head = { id, title, kind: 'journey', clauses } as const
  try {
    requireMeans(loaded, journey, options)
    let accounts = castOf(loaded, journey, false)
    let rehearsed = await perform(loaded, journey, accounts, Date.now())
    if (attemptsOf(loaded, rehearsed.exchanges).size > 0) {
      accounts = castOf(loaded, journey, true)
      rehearsed = await perform(loaded, journey, accounts, Date.now())
    }
    const play: PlannedCheck['play'] = async (subject, guard, at) => {
      for (const account of accounts.values()) await readiness.prepare(account, subject, at)
      return perform(loaded, journey, accounts, at, { subject, guard, readiness, options })
    }
    return { ...head, accounts, ...told(loaded, rehearsed), play }
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    return leftOut(head, error.message)
  }
}

/** What a journey shows where everything is to be had. */
async function clausesOfJourney(loaded: LoadedTarget, journey: Journey): Promise<string[]> {
  const { trial } = loaded.api.kit
  const accounts = Object.entries(journey.cast).map(
    ([actor, role]) => [actor, { role, username: actor, pin: trial.pin, facts: trial.facts }] as const,
  )
  const { exchanges } = await perform(loaded, journey, new Map(accounts), Date.now())
  return [...new Set(exchanges.flatMap((exchange) => clausesOf(loaded.api.kit, exchange)))]
}

interface Performance {
  readonly subject: Player
  readonly guard: Guard | undefined
  readonly readiness: Readiness
  readonly options: PlanOptions
}

/** Plays a journey on the oracle and, unless it is a rehearsal, on the target. */
async function perform(
  { api, target, settings }: LoadedTarget,
  journey: Journey,
  accounts: ReadonlyMap<string, Account>,
  at: number,
  on?: Performance,
): Promise<CheckResult> {
  const { player, meaning, lockOf } = await createOracle(api, target.settings, [...accounts.values()], at)
  const toTheEnd = on?.options.toTheEnd === true
  const parts = { oracle: player, meaning, accounts, kit: api.kit, settings, toTheEnd }
  const result = await playJourney(journey, on === undefined ? parts : { ...parts, ...optional(on) })
  for (const account of accounts.values()) {
    const lock = lockOf(account)
    if (lock !== undefined && api.kit.roles[account.role]?.isLocked !== true)
      on?.readiness.note(account.username, lock.until, journey.id)
  }
  return result
}

/** What a journey would get stuck for want of is found out before it has done anything. */
function requireMeans(loaded: LoadedTarget, { steps }: Journey, { allowWait }: PlanOptions): void {
  const arranges = steps.find((step) => step.do === 'arrange')
  if (arranges !== undefined && !canArrange(loaded))
    throw new NotReachedError(`the target has no way to arrange "${arranges.state}" (states: url, command or module)`)
  if (steps.some((step) => step.do === 'wait') && loaded.target.clock.url === undefined && !allowWait)
    throw new NotReachedError('it waits, and neither --allow-wait was given nor a clock that can be moved (clock: url)')
}

async function planInteraction(loaded: LoadedTarget, interaction: Interaction): Promise<PlannedCheck> {
  const { api, target } = loaded
  const clause = /^[A-Z]{2}-\w+/.exec(interaction.description)?.[0]
  const clauses = clause === undefined ? [] : [clause]
  const head = { id: interaction.id, title: interaction.description, kind: 'interaction', clauses } as const
  const because = whyUnreachable(loaded, interaction)
  if (because !== undefined) return leftOut(head, because)
  const mount = api.mount(loaded.settings)
  const ask = async (at: number, subject?: Player, guard?: Guard): Promise<CheckResult> => {
    const { player, meaning } = await createOracle(api, target.settings, [], at)
    const given = (): Promise<JsonObject | undefined> => givenBy(loaded, interaction, subject ?? player)
    const parts = { oracle: player, meaning, given, mount, kit: api.kit }
    return playInteraction(interaction, { ...parts, ...optional({ subject, guard }) })
  }
  const rehearsed = await ask(Date.now())
  const facts = told(loaded, rehearsed)
  if (facts.attempts.size > 0 && !canArrange(loaded))
    return leftOut(head, 'it tries a code, which is for provider states to prepare; journeys do the same')
  return { ...head, accounts: new Map(), ...facts, play: (subject, guard, at) => ask(at, subject, guard) }
}

function told(loaded: LoadedTarget, { outcome, because = '', exchanges }: CheckResult): Told {
  if (outcome === 'not reached') return { exchanges: [], attempts: new Map(), leftOut: because }
  return { exchanges, attempts: attemptsOf(loaded, exchanges) }
}

type Told = Pick<PlannedCheck, 'exchanges' | 'attempts' | 'leftOut'>

function leftOut(head: Pick<PlannedCheck, 'id' | 'title' | 'kind' | 'clauses'>, because: string): PlannedCheck {
  const play = (): Promise<CheckResult> => Promise.resolve({ outcome: 'not reached', because, exchanges: [] })
  return { ...head, accounts: new Map(), exchanges: [], attempts: new Map(), leftOut: because, play }
}

function optional(parts: { readonly subject: Player | undefined; readonly guard: Guard | undefined }): {
  readonly subject?: Player
  readonly guard?: Guard
} {
  return {
    ...(parts.subject === undefined ? {} : { subject: parts.subject }),
    ...(parts.guard === undefined ? {} : { guard: parts.guard }),
  }
}

function attemptsOf({ api }: LoadedTarget, exchanges: readonly Exchange[]): Map<string, number> {
  const attempts = new Map<string, number>()
  for (const { meaning } of exchanges) {
    if (!isAttempt(meaning, api.kit.lockout)) continue
    const user = meaning.user ?? ''
    attempts.set(user, (attempts.get(user) ?? 0) + 1)
  }
  return attempts
}
