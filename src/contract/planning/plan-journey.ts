import { formatDuration } from '../../core/duration.ts'
import type { Journey, JourneyStep } from '../../core/journey.ts'
import type { Account, Kit } from '../../core/kit.ts'
import { clausesOf } from '../playing/blame.ts'
import { attemptsOf } from '../playing/budget.ts'
import { assignAccounts } from '../playing/assign-accounts.ts'
import type { CheckResult, Exchange, Guard } from '../playing/exchange.ts'
import { createOracle, type LockState, type Oracle } from '../playing/oracle.ts'
import { leftOut, type PlannedCheck, type PlanOptions } from '../playing/planned-check.ts'
import { playJourney, waitOf } from '../playing/play-journey.ts'
import { HookFailedError, noAnswer, NotReachedError, type Player } from '../playing/player.ts'
import { canArrange, type Readiness } from '../playing/readiness.ts'
import { trialCast } from '../playing/trial-cast.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { mistakesIn } from './mistakes.ts'

/** Rehearses a journey with the accounts of a target. Whoever plays it later plays it beside the same oracle. */
export async function planJourney(
  loaded: LoadedTarget,
  journey: Journey,
  readiness: Readiness,
  options: PlanOptions & { readonly at: number },
): Promise<PlannedCheck> {
  const { id, title } = journey
  const { kit } = loaded.api
  const stage = new JourneyStage(loaded, journey)
  const head = { id, title, kind: 'journey' } as const
  try {
    requireMeans(loaded, journey, options)
    const { accounts, rehearsed, locks } = await rehearse(loaded, stage, readiness, options)
    if (rehearsed.outcome === 'not reached') throw new NotReachedError(rehearsed.because ?? '')
    const { exchanges } = rehearsed
    const attempts = attemptsOf(exchanges, kit.lockout)
    const play: PlannedCheck['play'] = async (subject, guard) => {
      const on = { subject, guard, now: () => subject.now() }
      const cast = new Map<string, Account>()
      for (const [actor, account] of accounts)
        cast.set(actor, await readiness.prepare(account, attempts.has(account.username), on))
      // Not `at`: whoever was waited for has taken time.
      const began = on.now()
      await stage.begin(cast, began)
      try {
        const result = await stage.play({ subject, guard, toTheEnd: options.toTheEnd === true })
        if (result.outcome !== 'passed') readiness.doubt(cast.values(), result.exchanges)
        return { ...result, at: began }
      } finally {
        await readiness.leave(stage.standings(), id, on).catch(harmless)
      }
    }
    // What an answer tells is not known before there is one.
    const waits = loaded.target.clock.url === undefined ? (rehearsed.waits ?? []) : []
    refuseLong(waits, options)
    const mistakes = mistakesIn(exchanges)
    const waitMs = waits.reduce((sum, ms) => sum + ms, 0)
    const clauses = clausesShown(kit, exchanges)
    return { ...head, clauses, accounts, exchanges, attempts, locks, waitMs, mistakes, isArranged: false, play }
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    // What it would show is told all the same: where everything is to be had.
    await stage.begin(trialCast(kit, journey), options.at)
    const { exchanges } = await stage.play()
    return leftOut({ ...head, clauses: clausesShown(kit, exchanges) }, error.message)
  }
}

/** Where codes are tried, they are tried on accounts that may be locked, as far as there are any. */
async function rehearse(
  loaded: LoadedTarget,
  stage: JourneyStage,
  readiness: Readiness,
  { at, anyCodes = false }: PlanOptions & { readonly at: number },
): Promise<{ accounts: ReadonlyMap<string, Account>; rehearsed: CheckResult; locks: boolean }> {
  const lockable = (): Map<string, Account> => assignAccounts(loaded, stage.journey, true)
  const accounts = anyCodes ? lockable() : assignAccounts(loaded, stage.journey, false)
  const first = await stage.rehearse(accounts, at)
  const isWrong = attemptsOf(first.rehearsed.exchanges, loaded.api.kit.lockout).size > 0
  if (anyCodes || !isWrong) return first
  const others = lockable()
  // Who may be locked is locked already: another will do who can bear so many codes.
  const isTaken = [...others.values()].some(({ username }) => readiness.isLocked(username, at))
  if (isTaken && !first.locks && readiness.isSafe(first.rehearsed.exchanges)) return first
  const isSame = [...others].every(([actor, { username }]) => accounts.get(actor)?.username === username)
  return isSame ? first : stage.rehearse(others, at)
}

function clausesShown(kit: Kit, exchanges: readonly Exchange[]): string[] {
  return [...new Set(exchanges.flatMap((exchange) => clausesOf(kit, exchange)))]
}

/** A journey with an oracle, which plays it from the start as often as it begins. */
class JourneyStage {
  readonly journey: Journey
  readonly #loaded: LoadedTarget
  #oracle: Oracle | undefined
  #accounts: ReadonlyMap<string, Account> = new Map()

  constructor(loaded: LoadedTarget, journey: Journey) {
    this.#loaded = loaded
    this.journey = journey
  }

  /** Starts it with these accounts, at this time. */
  async begin(accounts: ReadonlyMap<string, Account>, at: number): Promise<void> {
    const { api, target } = this.#loaded
    const cast = [...accounts.values()]
    this.#accounts = accounts
    this.#oracle = await (this.#oracle?.begin(cast, at) ?? createOracle(api, target.settings, cast, at))
  }

  /** Plays it on a server; on the oracle alone if left out. */
  play(on?: { subject: Player; guard: Guard | undefined; toTheEnd: boolean }): Promise<CheckResult> {
    const { api, settings } = this.#loaded
    const { player, meaning } = this.#begun
    const alone = { oracle: player, meaning, accounts: this.#accounts, kit: api.kit, settings }
    if (on === undefined) return playJourney(this.journey, alone)
    const { guard, ...both } = on
    return playJourney(this.journey, { ...alone, ...both, ...(guard === undefined ? {} : { guard }) })
  }

  /** Plays it on the oracle alone, and tells what that does. */
  async rehearse(
    accounts: ReadonlyMap<string, Account>,
    at: number,
  ): Promise<{ accounts: ReadonlyMap<string, Account>; rehearsed: CheckResult; locks: boolean }> {
    await this.begin(accounts, at)
    const rehearsed = await this.play()
    return { accounts, rehearsed, locks: [...this.standings().values()].some(({ lock }) => lock !== undefined) }
  }

  /** What it has done to its accounts so far; nothing to those that were locked before. */
  standings(): ReadonlyMap<Account, LockState> {
    const { standingOf } = this.#begun
    const { roles } = this.#loaded.api.kit
    const touched = [...this.#accounts.values()].filter(({ role }) => roles[role]?.isLocked !== true)
    return new Map(touched.map((account) => [account, standingOf(account)]))
  }

  get #begun(): Oracle {
    if (this.#oracle === undefined) throw new Error(`the journey ${this.journey.id} was not begun`)
    return this.#oracle
  }
}

/** Tidying up may fail; what was found stays found. */
function harmless(error: unknown): void {
  if (!(error instanceof NotReachedError || error instanceof HookFailedError)) noAnswer(error)
}

/** For how long a journey waits in real time, as far as it does not depend on what it is told. */
function waitsOf({ settings, target }: LoadedTarget, { steps }: Journey): number[] {
  if (target.clock.url !== undefined) return []
  return steps.flatMap((step) => (step.do === 'wait' && step.told !== true ? (waitOf(step, settings) ?? []) : []))
}

/** What a journey would get stuck for want of is found out before it has done anything. */
function requireMeans(loaded: LoadedTarget, journey: Journey, options: PlanOptions): void {
  const { steps } = journey
  const arranges = steps.find((step) => step.do === 'arrange')
  if (arranges !== undefined && !canArrange(loaded))
    throw new NotReachedError(`the target has no way to arrange "${arranges.state}" (states: url, command or module)`)
  const isAtOnce = (step: JourneyStep): boolean => step.do === 'race' || (step.do === 'send' && step.atOnce === true)
  if (steps.some(isAtOnce) && loaded.target.pace > 0)
    throw new NotReachedError("it sends requests at once, which the target's pace forbids")
  if (steps.some((step) => step.do === 'wait') && loaded.target.clock.url === undefined && !options.allowWait)
    throw new NotReachedError('it waits, and neither --allow-wait was given nor a clock that can be moved (clock: url)')
  refuseLong(waitsOf(loaded, journey), options)
}

function refuseLong(waits: readonly number[], { maxWait = Infinity }: PlanOptions): void {
  const longest = Math.max(0, ...waits)
  if (longest > maxWait)
    throw new NotReachedError(
      `it waits ${formatDuration(longest)}, and --max-wait is ${formatDuration(maxWait)}: a clock that can be moved (clock: url) takes no time`,
    )
}
