import { formatDuration } from '../../core/duration.ts'
import type { Journey } from '../../core/journey.ts'
import type { Account } from '../../core/kit.ts'
import { clausesOf } from '../playing/blame.ts'
import { attemptsOf } from '../playing/budget.ts'
import { assignAccounts } from '../playing/assign-accounts.ts'
import type { CheckResult, Guard } from '../playing/exchange.ts'
import { createOracle, type LockState } from '../playing/oracle.ts'
import { leftOut, type PlannedCheck, type PlanOptions } from '../playing/planned-check.ts'
import { playJourney, waitOf } from '../playing/play-journey.ts'
import { HookFailedError, noAnswer, NotReachedError, type Player } from '../playing/player.ts'
import { canArrange, type Readiness } from '../playing/readiness.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

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
    const { accounts, rehearsed, locks } = await rehearse(loaded, journey, readiness, options)
    if (rehearsed.outcome === 'not reached') return leftOut(head, rehearsed.because ?? '')
    const { exchanges } = rehearsed
    const attempts = attemptsOf(exchanges, api.kit.lockout)
    const play: PlannedCheck['play'] = async (subject, guard) => {
      const on = { subject, guard, now: () => subject.now() }
      const cast = new Map<string, Account>()
      for (const [actor, account] of accounts)
        cast.set(actor, await readiness.prepare(account, attempts.has(account.username), on))
      // Not `at`: whoever was waited for has taken time.
      const began = on.now()
      const stage = await createStage(loaded, journey, cast, began)
      try {
        const result = await stage.play({ subject, guard, toTheEnd: options.toTheEnd === true })
        if (result.outcome !== 'passed') readiness.doubt(cast.values(), result.exchanges)
        return { ...result, at: began }
      } finally {
        await readiness.leave(stage.standings(), id, on).catch(harmless)
      }
    }
    const waits = waitsOf(loaded, journey)
    const waitMs = waits.reduce((sum, ms) => sum + ms, 0)
    return { ...head, accounts, exchanges, attempts, locks, waitMs, isArranged: false, play }
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    return leftOut(head, error.message)
  }
}

/** Where codes are tried, they are tried on accounts that may be locked, as far as there are any. */
async function rehearse(
  loaded: LoadedTarget,
  journey: Journey,
  readiness: Readiness,
  { at, anyCodes = false }: PlanOptions & { readonly at: number },
): Promise<{ accounts: ReadonlyMap<string, Account>; rehearsed: CheckResult; locks: boolean }> {
  for (const triesCodes of anyCodes ? [true] : [false, true]) {
    const accounts = assignAccounts(loaded, journey, triesCodes)
    const stage = await createStage(loaded, journey, accounts, at)
    const rehearsed = await stage.play()
    const isWrong = attemptsOf(rehearsed.exchanges, loaded.api.kit.lockout).size > 0
    const locks = [...stage.standings().values()].some(({ lock }) => lock !== undefined)
    if (triesCodes || !isWrong) return { accounts, rehearsed, locks }
    // Who may be locked is locked already: another will do who can bear so many codes.
    const lockable = [...assignAccounts(loaded, journey, true).values()].some(({ username }) =>
      readiness.isLocked(username, at),
    )
    if (lockable && !locks && readiness.isSafe(rehearsed.exchanges)) return { accounts, rehearsed, locks }
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
  standings(): ReadonlyMap<Account, LockState>
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
  if (!(error instanceof NotReachedError || error instanceof HookFailedError)) noAnswer(error)
}

/** For how long a journey waits in real time, wait by wait. */
function waitsOf({ settings, target }: LoadedTarget, { steps }: Journey): number[] {
  if (target.clock.url !== undefined) return []
  return steps.flatMap((step) => (step.do === 'wait' ? (waitOf(step, settings) ?? []) : []))
}

/** What a journey would get stuck for want of is found out before it has done anything. */
function requireMeans(loaded: LoadedTarget, journey: Journey, { allowWait, maxWait = Infinity }: PlanOptions): void {
  const { steps } = journey
  const arranges = steps.find((step) => step.do === 'arrange')
  if (arranges !== undefined && !canArrange(loaded))
    throw new NotReachedError(`the target has no way to arrange "${arranges.state}" (states: url, command or module)`)
  if (steps.some((step) => step.do === 'send' && step.atOnce === true) && loaded.target.pace > 0)
    throw new NotReachedError("it sends requests at once, which the target's pace forbids")
  if (steps.some((step) => step.do === 'wait') && loaded.target.clock.url === undefined && !allowWait)
    throw new NotReachedError('it waits, and neither --allow-wait was given nor a clock that can be moved (clock: url)')
  const longest = Math.max(0, ...waitsOf(loaded, journey))
  if (longest > maxWait)
    throw new NotReachedError(
      `it waits ${formatDuration(longest)}, and --max-wait is ${formatDuration(maxWait)}: a clock that can be moved (clock: url) takes no time`,
    )
}
