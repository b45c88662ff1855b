import type { Journey } from '../core/journey.ts'
import type { Account } from '../core/kit.ts'
import { clausesOf } from './blame.ts'
import { attemptsOf } from './budget.ts'
import { castOf } from './casting.ts'
import type { CheckResult, Guard } from './exchange.ts'
import { createOracle, type Standing } from './oracle.ts'
import { leftOut, type PlannedCheck, type PlanOptions } from './planned-check.ts'
import { playJourney } from './play-journey.ts'
import { noAnswer, NotReachedError, type Player } from './player.ts'
import { canArrange, type Readiness } from './readiness.ts'
import type { LoadedTarget } from './target.ts'

/** Rehearses a journey with the accounts of a target. */
export async function planJourney(
  loaded: LoadedTarget,
  journey: Journey,
  readiness: Readiness,
  options: PlanOptions & { readonly at: number },
): Promise<PlannedCheck> {
  const { id, title } = journey
  const { api } = loaded
  const head = { id, title, kind: 'journey', clauses: await clausesShown(loaded, journey, options.at) } as const
  try {
    requireMeans(loaded, journey, options)
    const { accounts, rehearsed, locks } = await rehearse(loaded, journey, options)
    if (rehearsed.outcome === 'not reached') return leftOut(head, rehearsed.because ?? '')
    const { exchanges } = rehearsed
    const attempts = attemptsOf(exchanges, api.kit.lockout)
    const play: PlannedCheck['play'] = async (subject, guard, at) => {
      const on = { subject, guard, at }
      for (const account of accounts.values()) await readiness.prepare(account, attempts.has(account.username), on)
      const stage = await createStage(loaded, journey, accounts, at)
      try {
        return await stage.play({ subject, guard, toTheEnd: options.toTheEnd === true })
      } finally {
        await readiness.leave(stage.standings(), id, on).catch(harmless)
      }
    }
    return { ...head, accounts, exchanges, attempts, locks, isArranged: false, play }
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    return leftOut(head, error.message)
  }
}

/** Where codes are tried, they are tried on accounts that may be locked, as far as there are any. */
async function rehearse(
  loaded: LoadedTarget,
  journey: Journey,
  { at, anyCodes = false }: PlanOptions & { readonly at: number },
): Promise<{ accounts: ReadonlyMap<string, Account>; rehearsed: CheckResult; locks: boolean }> {
  for (const triesCodes of anyCodes ? [true] : [false, true]) {
    const accounts = castOf(loaded, journey, triesCodes)
    const stage = await createStage(loaded, journey, accounts, at)
    const rehearsed = await stage.play()
    const isWrong = attemptsOf(rehearsed.exchanges, loaded.api.kit.lockout).size > 0
    if (triesCodes || !isWrong)
      return { accounts, rehearsed, locks: [...stage.standings().values()].some(({ lock }) => lock !== undefined) }
  }
  throw new Error('unreachable')
}

/** What a journey shows where everything is to be had. */
async function clausesShown(loaded: LoadedTarget, journey: Journey, at: number): Promise<string[]> {
  const { trial } = loaded.api.kit
  const accounts = Object.entries(journey.cast).map(
    ([actor, role]) => [actor, { role, username: actor, pin: trial.pin, facts: trial.facts }] as const,
  )
  const stage = await createStage(loaded, journey, new Map(accounts), at)
  const { exchanges } = await stage.play()
  return [...new Set(exchanges.flatMap((exchange) => clausesOf(loaded.api.kit, exchange)))]
}

/** A journey with its cast and an oracle. */
interface Stage {
  /** Plays it on a server; on the oracle alone if left out. */
  play(on?: { subject: Player; guard: Guard | undefined; toTheEnd: boolean }): Promise<CheckResult>
  /** What it has done to its accounts so far; nothing to those that were locked before. */
  standings(): ReadonlyMap<Account, Standing>
}

async function createStage(
  { api, target, settings }: LoadedTarget,
  journey: Journey,
  accounts: ReadonlyMap<string, Account>,
  at: number,
): Promise<Stage> {
  const { player, meaning, standingOf } = await createOracle(api, target.settings, [...accounts.values()], at)
  return {
    play: (on) => {
      const alone = { oracle: player, meaning, accounts, kit: api.kit, settings }
      if (on === undefined) return playJourney(journey, alone)
      const { guard, ...both } = on
      return playJourney(journey, { ...alone, ...both, ...(guard === undefined ? {} : { guard }) })
    },
    standings: () => {
      const touched = [...accounts.values()].filter(({ role }) => api.kit.roles[role]?.isLocked !== true)
      return new Map(touched.map((account) => [account, standingOf(account)]))
    },
  }
}

/** Tidying up may fail; what was found stays found. */
function harmless(error: unknown): void {
  if (!(error instanceof NotReachedError)) noAnswer(error)
}

/** What a journey would get stuck for want of is found out before it has done anything. */
function requireMeans(loaded: LoadedTarget, { steps }: Journey, { allowWait }: PlanOptions): void {
  const arranges = steps.find((step) => step.do === 'arrange')
  if (arranges !== undefined && !canArrange(loaded))
    throw new NotReachedError(`the target has no way to arrange "${arranges.state}" (states: url, command or module)`)
  if (steps.some((step) => step.do === 'send' && step.atOnce === true) && loaded.target.pace > 0)
    throw new NotReachedError("it sends requests at once, which the target's pace forbids")
  if (steps.some((step) => step.do === 'wait') && loaded.target.clock.url === undefined && !allowWait)
    throw new NotReachedError('it waits, and neither --allow-wait was given nor a clock that can be moved (clock: url)')
}
