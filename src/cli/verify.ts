import { basename, join } from 'node:path'
import { Command } from 'commander'
import { bindingOf } from '../core/clause.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Baseline } from '../contract/telling/baseline.ts'
import type { CheckFinding, Findings } from '../contract/telling/findings.ts'
import { plan, waitOfAll, type Repertoire } from '../contract/planning/plan.ts'
import { intolerable, readDemands, unmetDemands, type Demands } from '../contract/telling/verdict.ts'
import { verify } from '../contract/verify.ts'
import { print, type Shell } from './command.ts'
import { exitCodeOf, exitCodes, worstOf } from './exit-code.ts'
import { baselineFor } from './kept-reports.ts'
import { planJson, planWords } from './plan-words.ts'
import { progressOf } from './progress.ts'
import { keepFindings, latestFindings, reportsFor, writeReports } from './reports.ts'
import type { Line } from './shown.ts'
import { openTarget, repertoireFor, withTargets, type OpenTarget } from './target.ts'
import { withVerifyFlags, type VerifyFlags } from './verify-flags.ts'
import { findingsWords } from './verify-words.ts'

/** `understudy verify <target...>`: checks real servers. */
export function verifyCommand(shell: Shell): Command {
  const command = new Command('verify')
    .description('checks real servers against the contract, and locks nobody out')
    .argument('<target...>', 'target files; `understudy init target` writes one')
  return withVerifyFlags(command).action(async (paths: readonly string[], flags: VerifyFlags) => {
    const reports = reportsFor(shell.io, flags.report)
    // A mistake in any of them is told before anything is sent to one.
    const targets: CheckableTarget[] = []
    for (const path of paths) {
      const target = await openTarget(shell, path, flags)
      const repertoire = await repertoireFor(shell, target, flags.journeys, flags.race === true ? flags.rounds : 0)
      const { baseline: file } = flags
      const baseline = file === undefined ? undefined : await baselineFor(shell.io, file, target.loaded)
      targets.push({ ...target, repertoire, ...(baseline === undefined ? {} : { baseline }) })
    }
    await withTargets(shell, targets, (signal) => runAll(shell, targets, flags, reports, signal))
  })
}

/** A target, and what may be checked on it. */
interface CheckableTarget extends OpenTarget {
  readonly repertoire: Repertoire
  /** What an earlier run of it found. */
  readonly baseline?: Baseline
}

/** What came of one target. */
interface Outcome {
  readonly code: number
  /** For stdout: as data, and as words. */
  readonly data: object
  readonly words: readonly Line[]
}

async function runAll(
  shell: Shell,
  targets: readonly CheckableTarget[],
  flags: VerifyFlags,
  reports: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const outcomes: Outcome[] = []
  const waiting = [...targets.entries()]
  const [only] = targets
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, target] = next
      const directory = targets.length === 1 ? flags.reportDir : join(flags.reportDir, nameOf(target, targets))
      const { reportDir: _, ...rest } = flags
      outcomes[place] = await runOne(shell, target, { ...rest, reportDir: directory }, reports, signal).catch(
        (error: unknown) => failed(error, target, targets),
      )
    }
  }
  await Promise.all(Array.from({ length: Math.min(flags.jobs, targets.length) }, work))
  if (only !== undefined && targets.length === 1) {
    const [outcome] = outcomes as [Outcome]
    print(shell, flags, outcome.data, () => outcome.words)
  } else
    print(
      shell,
      flags,
      outcomes.map(({ data }) => data),
      () => outcomes.flatMap(({ words }, place) => (place === 0 ? words : ['', ...words])),
    )
  shell.exitWith(worstOf(outcomes.map(({ code }) => code)))
}

/** One of several targets that cannot be checked does not keep the others from being. */
function failed(error: unknown, { loaded }: OpenTarget, targets: readonly OpenTarget[]): Outcome {
  if (!(error instanceof UnderstudyError) || targets.length === 1) throw error
  const { path } = loaded
  return {
    code: exitCodeOf(error),
    data: { target: { path }, error: error.message },
    words: error.lines.map((line, place) => (place === 0 ? `${path}: ${line}` : line)),
  }
}

/** A folder for the reports of one of several targets. */
function nameOf({ loaded }: OpenTarget, targets: readonly OpenTarget[]): string {
  const name = (path: string): string => basename(path).replace(/\.(ya?ml|json)$/, '')
  const isAlone = targets.filter((other) => name(other.loaded.path) === name(loaded.path)).length === 1
  return isAlone ? name(loaded.path) : loaded.path.replaceAll(/[^\w.-]+/g, '-')
}

async function runOne(
  shell: Shell,
  { loaded, budget, repertoire, baseline }: CheckableTarget,
  flags: VerifyFlags,
  reports: readonly string[],
  signal: AbortSignal,
): Promise<Outcome> {
  const { io } = shell
  const demands = readDemands(loaded.api.clauses, flags)
  const { only = [], except = [], maxWait } = flags
  const options = { only, except, maxWait, allowWait: flags.allowWait === true }
  if (flags.forget !== undefined) budget.forget(flags.forget)
  if (flags.plan === true) {
    const planned = await plan(loaded, repertoire, budget, options)
    const waitMs = waitOfAll(loaded, planned, options)
    const isUnsafe = flags.leaveOutUnsafe !== true && planned.some(({ unsafe }) => unsafe !== undefined)
    return {
      code: isUnsafe ? exitCodes.unsafe : exitCodes.ok,
      data: planJson(planned, waitMs),
      words: planWords(planned, loaded, waitMs),
    }
  }
  const { onPlan, ...progress } = progressOf(io)
  const findings = await verify(loaded, {
    ...options,
    ...progress,
    ...(flags.time === undefined ? {} : { time: flags.time }),
    leaveOutUnsafe: flags.leaveOutUnsafe === true,
    ...(baseline === undefined ? {} : { baseline }),
    failFast: flags.failFast === true,
    known: flags.resume === true ? await knownOf(shell, loaded) : [],
    onPlan,
    repertoire,
    budget,
    signal,
  })
  await keepFindings(io, withSources(findings, flags))
  await writeReports(io, findings, reports, flags.reportDir)
  const isBinding = bindingOf(loaded.api.clauses, loaded.settings)
  const unmet = unmetDemands(findings, demands, isBinding)
  return {
    code: signal.aborted ? exitCodes.interrupted : exitCodeFor(findings, demands, unmet),
    data: { ...findings, ...(unmet.length === 0 ? {} : { unmet }) },
    words: [...findingsWords(findings), ...unmet],
  }
}

/** Where journeys and APIs were taken from, for `replay` to take them from there as well. */
function withSources(findings: Findings, { journeys, api: apis }: VerifyFlags): Findings {
  const sources = { ...(journeys === undefined ? {} : { journeys }), ...(apis === undefined ? {} : { apis }) }
  return { ...findings, target: { ...findings.target, ...sources } }
}

/** What the latest run of a target has found out: everything that was reached. */
async function knownOf({ io }: Shell, { path, target, api }: OpenTarget['loaded']): Promise<readonly CheckFinding[]> {
  const latest = await latestFindings(io, path)
  if (
    latest === undefined ||
    latest.target.api !== api.id ||
    !target.baseUrl.startsWith(new URL(latest.target.baseUrl).origin)
  )
    throw new UnderstudyError(
      'ERR_USAGE',
      `There is no run of ${path} in this directory that --resume could go on with.`,
    )
  return latest.checks.filter(({ outcome }) => outcome !== 'not reached')
}

/** Nothing checked is no success; a target that went away in the middle, or whose hooks fail, is not verified either. */
function exitCodeFor(findings: Findings, demands: Demands, unmet: readonly string[]): number {
  const { counts, brokenOff, brokenHooks, checks } = findings
  if (counts.failed > 0 || intolerable(findings, demands).length > 0) return exitCodes.failed
  if (brokenHooks.length > 0) return exitCodes.hook
  // What a server that was not to be had would have answered, nobody knows.
  if (brokenOff !== undefined || checks.some(({ unavailable }) => unavailable === true)) return exitCodes.unreachable
  if (counts.passed + counts.differs + counts.accepted === 0) return exitCodes.usage
  return unmet.length > 0 ? exitCodes.failed : exitCodes.ok
}
