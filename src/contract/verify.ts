import { formatDuration } from '../core/duration.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Budget } from './playing/budget.ts'
import type { Baseline } from './telling/baseline.ts'
import { clauseChanges, changesWords } from './telling/changes.ts'
import type { KeptReport } from './telling/kept-report.ts'
import { CodeBook } from './playing/code-book.ts'
import { toFinding } from './telling/find.ts'
import { clauseFindings, countOutcomes, documentedOf, type CheckFinding, type Findings } from './telling/findings.ts'
import { hintFor } from './diagnosing/hint.ts'
import { HttpPlayer, type HttpPlayerOptions } from './playing/http-player.ts'
import { judgeOf } from './telling/judge.ts'
import { plan, waitOfAll, type Repertoire } from './planning/plan.ts'
import type { Selection } from './target/check-selection.ts'
import type { PlannedCheck } from './playing/planned-check.ts'
import { playAll, type PlayedCheck } from './playing/play-all.ts'
import { recogniseServer } from './diagnosing/recognise.ts'
import { Redactor } from './telling/redact.ts'
import type { LoadedTarget } from './target/loaded-target.ts'

/** How a target is verified. */
export interface VerifyOptions extends HttpPlayerOptions, Selection {
  readonly repertoire: Repertoire
  readonly budget: Budget
  /** Leaves out what could lock an account, instead of refusing to start. */
  readonly leaveOutUnsafe: boolean
  /** Checks of an earlier run that are not played again. */
  readonly known?: readonly CheckFinding[]
  /** What an earlier run found: what it has too fails nothing. */
  readonly baseline?: Baseline
  /** Ends the run at the first check that fails. */
  readonly failFast?: boolean
  /** Ends the run after so long, in milliseconds: the check that is being played is played to its end. */
  readonly time?: number
  /** Told, before anything is sent, for how long it will wait in all, in milliseconds. */
  readonly onPlan?: (waitMs: number) => void
  readonly onStart?: (check: PlannedCheck, place: number, total: number) => void
  readonly onDone?: (finding: CheckFinding) => void
}

/**
 * Checks a real server: interactions, then journeys, each against what the mock does with the target's settings.
 * Throws ERR_UNSAFE before the first request if an account could be locked, and ERR_TARGET_UNREACHABLE.
 */
export async function verify(asked: LoadedTarget, options: VerifyOptions): Promise<Findings> {
  const started = Date.now()
  const byDefault = await plan(asked, options.repertoire, options.budget, options)
  if (!options.leaveOutUnsafe) refuseUnsafe(byDefault)
  const codes = options.codes ?? new CodeBook()
  const { loaded, told: recognised, run: begun } = await recogniseServer(asked, byDefault, { ...options, codes })
  const planned = recognised.length === 0 ? byDefault : await plan(loaded, options.repertoire, options.budget, options)
  const { api, target } = loaded
  const redactor = new Redactor(loaded)
  const known = new Map((options.known ?? []).map((finding) => [finding.id, finding]))
  const wanted = new Set(planned.flatMap(({ id }) => (known.has(id) ? [] : [id])))
  const first = begun.played.filter(({ check }) => wanted.delete(check.id))
  const due = planned.filter(({ id }) => wanted.has(id))
  options.onPlan?.(waitOfAll(loaded, due, options))
  const judge = judgeOf(loaded, started, options.baseline)
  const checks: CheckFinding[] = []
  const onDone = ({ check, result, ms }: PlayedCheck): void => {
    const finding = redactor.finding(toFinding(judge, check, result, ms))
    checks.push(finding)
    options.onDone?.(finding)
  }
  for (const one of first) onDone(one)
  const player = new HttpPlayer(loaded, { ...options, codes })
  const rest = await playAll(due, player, options.budget, {
    ...options,
    ...(begun.over === undefined ? {} : { over: begun.over }),
    kit: api.kit,
    settings: loaded.settings,
    onDone,
    isEnough: () => whyEnough(options, checks, Date.now() - started),
  }).finally(() => player.close())
  const { played, brokenOff = begun.brokenOff, excuse = begun.excuse } = rest
  checks.unshift(...planned.flatMap(({ id }) => known.get(id) ?? []))
  const hasFailed = checks.some(({ outcome }) => outcome === 'failed')
  const hint =
    excuse === undefined
      ? hasFailed
        ? await hintFor(loaded, [...first, ...played], options.repertoire.journeys)
        : undefined
      : sentence(excuse)
  const clauses = clauseFindings(api.clauses, checks)
  const counted = { checks, clauses, counts: countOutcomes(checks), documented: documentedOf(clauses, judge.isBinding) }
  const hooks = [...first, ...played].flatMap(({ result }) =>
    result.isHookBroken === true ? [redactor.text(result.because ?? '')] : [],
  )
  const head = {
    target: { path: loaded.path, api: api.id, title: api.title, baseUrl: redactor.text(target.baseUrl) },
    startedAt: new Date(started).toISOString(),
    ms: Date.now() - started,
  }
  const baseline = baselineOf(options.baseline, { ...head, ...counted })
  return {
    ...head,
    ...(hint === undefined ? {} : { hint }),
    ...(brokenOff === undefined ? {} : { brokenOff: redactor.text(brokenOff) }),
    warnings: [
      ...recognisedWords(recognised),
      ...driftWords(player.driftMs),
      ...judge.accepted.warnings(checks),
      ...(baseline === undefined ? [] : changesWords(baseline)),
    ],
    ...(baseline === undefined ? {} : { baseline }),
    brokenHooks: [...new Set(hooks)],
    ...counted,
  }
}

function baselineOf(baseline: Baseline | undefined, report: KeptReport): Findings['baseline'] {
  if (baseline === undefined) return undefined
  const { file, report: before } = baseline
  return { file, startedAt: before.startedAt, changes: clauseChanges(before, report) }
}

function whyEnough({ failFast, time }: VerifyOptions, checks: readonly CheckFinding[], ms: number): string | undefined {
  const failed = failFast === true ? checks.find(({ outcome }) => outcome === 'failed') : undefined
  if (failed !== undefined) return `${failed.id} failed, and --fail-fast ends the run there`
  return time === undefined || ms < time
    ? undefined
    : `the run's time was over (--time ${formatDuration(time)}); --resume goes on`
}

/** What is told first stands for itself. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** By what a server was judged that its target does not say. */
function recognisedWords(told: readonly string[]): string[] {
  if (told.length === 0) return []
  const what = told.join(', ')
  return [`The server was recognised by its first answers, and judged by ${what}: say so in the target's settings.`]
}

/** A clock that is off is no breach, but worth a word. */
function driftWords(ms: number): string[] {
  if (Math.abs(ms) < 3000) return []
  const amount = formatDuration(Math.round(Math.abs(ms) / 1000) * 1000)
  return [
    `The server's clock is ${amount} ${ms > 0 ? 'ahead of' : 'behind'} this machine's; its answers were judged by its own.`,
  ]
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
