import { UnderstudyError } from '../core/errors.ts'
import type { Budget } from './budget.ts'
import { toFinding } from './find.ts'
import { clauseFindings, countOutcomes, type CheckFinding, type Findings } from './findings.ts'
import { hintFor } from './hint.ts'
import { HttpPlayer, type HttpPlayerOptions } from './http-player.ts'
import { plan, type Repertoire } from './plan.ts'
import type { PlannedCheck } from './planned-check.ts'
import { playAll, type Played } from './play-all.ts'
import { Redactor } from './redact.ts'
import type { LoadedTarget } from './target.ts'

/** How a target is verified. */
export interface VerifyOptions extends HttpPlayerOptions {
  readonly repertoire: Repertoire
  readonly budget: Budget
  /** Leaves out what could lock an account, instead of refusing to start. */
  readonly leaveOutUnsafe: boolean
  readonly onStart?: (check: PlannedCheck, place: number, total: number) => void
  readonly onDone?: (finding: CheckFinding) => void
}

/**
 * Checks a real server: interactions, then journeys, each against what the mock does with the target's settings.
 * Throws ERR_UNSAFE before the first request if an account could be locked, and ERR_TARGET_UNREACHABLE.
 */
export async function verify(loaded: LoadedTarget, options: VerifyOptions): Promise<Findings> {
  const started = Date.now()
  const { api, target } = loaded
  const redactor = new Redactor(loaded)
  const planned = await plan(loaded, options.repertoire, options.budget, options)
  if (!options.leaveOutUnsafe) refuseUnsafe(planned)
  const checks: CheckFinding[] = []
  const onDone = ({ check, result, ms }: Played): void => {
    const finding = redactor.finding(toFinding(api.kit, check, result, target, ms))
    checks.push(finding)
    options.onDone?.(finding)
  }
  const player = new HttpPlayer(loaded, options)
  const { played, brokenOff } = await playAll(planned, player, options.budget, {
    ...options,
    kit: api.kit,
    onDone,
  }).finally(() => player.close())
  const hasFailed = checks.some(({ outcome }) => outcome === 'failed')
  const hint = hasFailed ? await hintFor(loaded, played) : undefined
  return {
    target: { path: loaded.path, api: api.id, title: api.title, baseUrl: redactor.text(target.baseUrl) },
    ...(hint === undefined ? {} : { hint }),
    ...(brokenOff === undefined ? {} : { brokenOff: redactor.text(brokenOff) }),
    startedAt: new Date(started).toISOString(),
    ms: Date.now() - started,
    checks,
    clauses: clauseFindings(api.clauses, checks),
    counts: countOutcomes(checks),
  }
}

function refuseUnsafe(planned: readonly PlannedCheck[]): void {
  const unsafe = planned.filter((check) => check.unsafe !== undefined)
  if (unsafe.length === 0) return
  const lines = unsafe.map(({ id, unsafe: why }) => `  ${id}: ${why}`)
  throw new UnderstudyError('ERR_UNSAFE', [
    `Nothing was sent: ${unsafe.length} of ${planned.length} checks could lock an account.`,
    ...lines,
    'Name an account that may be locked (role disposable, mayBeLocked: true), or leave these checks out with --leave-out-unsafe.',
  ])
}
