import { UnderstudyError } from '../core/errors.ts'
import { Budget } from './budget.ts'
import type { CheckResult } from './exchange.ts'
import { toFinding } from './find.ts'
import { clauseFindings, countOutcomes, type CheckFinding, type Findings } from './findings.ts'
import { closedBy } from './gate.ts'
import { hintFor } from './hint.ts'
import { HttpPlayer } from './http-player.ts'
import { AttemptLedger } from './ledger.ts'
import { plan, type PlannedCheck, type Repertoire } from './plan.ts'
import { redact } from './redact.ts'
import { NotReachedError } from './player.ts'
import type { LoadedTarget } from './target.ts'

/** How a target is verified. */
export interface VerifyOptions {
  readonly repertoire: Repertoire
  /** Where wrong codes are remembered from run to run. */
  readonly ledgerFile: string
  /** Waits in real time where the target's clock cannot be moved. */
  readonly allowWait: boolean
  /** Leaves out what could lock an account, instead of refusing to start. */
  readonly leaveOutUnsafe: boolean
  readonly onStart?: (check: PlannedCheck, place: number, total: number) => void
  readonly onDone?: (finding: CheckFinding) => void
  readonly onWait?: (what: string) => void
  readonly signal?: AbortSignal
}

/** A check that was played, with what is needed to look at it again. */
export interface Played {
  readonly check: PlannedCheck
  readonly result: CheckResult
  /** The server's time when it began. */
  readonly at: number
}

/**
 * Checks a real server: interactions, then journeys, each against what the mock does with the target's settings.
 * Throws ERR_UNSAFE before the first request if an account could be locked, and ERR_TARGET_UNREACHABLE.
 */
export async function verify(loaded: LoadedTarget, options: VerifyOptions): Promise<Findings> {
  const started = Date.now()
  const budget = new Budget(loaded, new AttemptLedger(options.ledgerFile), () => Date.now())
  const planned = await plan(loaded, options.repertoire, budget, options)
  if (!options.leaveOutUnsafe) refuseUnsafe(planned)
  const player = new HttpPlayer(loaded, options)
  const played: Played[] = []
  const checks: CheckFinding[] = []
  let brokenOff: string | undefined
  let closed: string | undefined
  try {
    await player.reach()
    for (const [place, check] of planned.entries()) {
      options.onStart?.(check, place + 1, planned.length)
      const began = Date.now()
      await player.settle()
      const at = player.now()
      const result = await playPlanned(closed === undefined ? check : { ...check, leftOut: closed }, player, budget, at)
      closed ??= closedBy(loaded.api.kit, check.id, result)
      played.push({ check, result, at })
      checks.push(redact(toFinding(loaded.api.kit, check, result, loaded.target.baseUrl, Date.now() - began), loaded))
      options.onDone?.(checks.at(-1) as CheckFinding)
      if (result.exchanges.some(({ received, differences }) => received === undefined && differences.length > 0))
        await player.reach()
      if (options.signal?.aborted === true) {
        brokenOff = 'it was interrupted'
        break
      }
    }
  } catch (error) {
    if (!(error instanceof UnderstudyError) || error.code !== 'ERR_TARGET_UNREACHABLE' || checks.length === 0)
      throw error
    brokenOff = error.message
  } finally {
    player.close()
  }
  const hint = await hintFor(loaded, played)
  return {
    target: { path: loaded.path, api: loaded.api.id, title: loaded.api.title, baseUrl: loaded.target.baseUrl },
    ...(hint === undefined ? {} : { hint }),
    ...(brokenOff === undefined ? {} : { brokenOff }),
    startedAt: new Date(started).toISOString(),
    ms: Date.now() - started,
    checks,
    clauses: clauseFindings(loaded.api.clauses, checks),
    counts: countOutcomes(checks),
  }
}

/** Plays a check, unless it was left out. */
export async function playPlanned(
  check: PlannedCheck,
  player: HttpPlayer,
  budget: Budget,
  at: number,
): Promise<CheckResult> {
  const because = check.leftOut ?? check.unsafe
  if (because !== undefined) return { outcome: 'not reached', because, exchanges: [] }
  try {
    return await check.play(player, budget, at)
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    return { outcome: 'not reached', because: error.message, exchanges: [] }
  }
}

function refuseUnsafe(planned: readonly PlannedCheck[]): void {
  const unsafe = planned.filter((check) => check.unsafe !== undefined)
  if (unsafe.length === 0) return
  const lines = unsafe.map(({ id, unsafe: why }) => `  ${id}: ${why}`)
  throw new UnderstudyError(
    'ERR_UNSAFE',
    `Nothing was sent: ${unsafe.length} of ${planned.length} checks could lock an account.\n${lines.join('\n')}\n` +
      'Name an account that may be locked (role disposable, mayBeLocked: true), or leave these checks out with --leave-out-unsafe.',
  )
}
