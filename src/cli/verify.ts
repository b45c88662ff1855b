import { Command } from 'commander'
import type { Findings } from '../contract/findings.ts'
import { plan, type Repertoire } from '../contract/plan.ts'
import type { PlannedCheck } from '../contract/planned-check.ts'
import { formats } from '../contract/report/report.ts'
import { verify } from '../contract/verify.ts'
import { option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { planWords } from './plan-words.ts'
import { progressOf } from './progress.ts'
import { reportsFor, writeReports } from './reports.ts'
import { pick, repertoireFor, withTarget, type OpenTarget } from './target.ts'
import { findingsWords } from './verify-words.ts'

type VerifyFlags = {
  readonly plan?: boolean
  readonly only?: string
  readonly pact?: readonly string[]
  readonly allowWait?: boolean
  readonly leaveOutUnsafe?: boolean
  readonly forget?: string
  readonly strict?: boolean
  readonly report?: string
  readonly reportDir: string
  readonly json?: boolean
}

/** `understudy verify <target>`: checks a real server. */
export function verifyCommand(shell: Shell): Command {
  return new Command('verify')
    .description('checks a real server against the contract, and locks nobody out')
    .argument('<target>', 'a target file; `understudy init target` writes one')
    .addOption(option('--plan', 'prints every request and what it does to the accounts, and sends nothing'))
    .addOption(option('--only <text>', 'only the checks whose id has this in it'))
    .addOption(option('--pact <files...>', 'pacts to verify, instead of those of the reference client'))
    .addOption(
      option(
        '--allow-wait',
        "waits in real time, such as for a block to end, where the server's clock cannot be moved",
      ),
    )
    .addOption(option('--leave-out-unsafe', 'leaves out what could lock an account, instead of refusing to start'))
    .addOption(
      option('--forget <username>', 'forgets the wrong codes an account was sent: somebody has cleared its count'),
    )
    .addOption(
      option('--strict', 'fails where the server differs from a guess of this project, too (clauses with an X)'),
    )
    .addOption(option('--report <formats>', `writes reports: ${Object.keys(formats).join(',')}`))
    .addOption(option('--report-dir <directory>', 'where they are written').default('reports'))
    .addOption(option('--json', 'prints the findings as JSON'))
    .action(async (path: string, flags: VerifyFlags) => {
      const reports = reportsFor(shell.io, flags.report)
      await withTarget(shell, path, (target) => run(shell, target, flags, reports))
    })
}

async function run(shell: Shell, target: OpenTarget, flags: VerifyFlags, reports: readonly string[]): Promise<void> {
  const { io } = shell
  const { loaded, budget, signal } = target
  const repertoire = only(flags.only, await repertoireFor(shell, loaded, flags.pact))
  const options = { allowWait: flags.allowWait === true, leaveOutUnsafe: flags.leaveOutUnsafe === true }
  if (flags.forget !== undefined) budget.forget(flags.forget)
  if (flags.plan === true) {
    const planned = await plan(loaded, repertoire, budget, options)
    print(shell, flags, planJson(planned), () => planWords(planned, loaded))
    if (!options.leaveOutUnsafe && planned.some(({ unsafe }) => unsafe !== undefined)) shell.exitWith(exitCodes.unsafe)
    return
  }
  const findings = await verify(loaded, {
    ...options,
    ...progressOf(io),
    repertoire,
    budget,
    signal,
  })
  await writeReports(io, findings, reports, flags.reportDir)
  print(shell, flags, findings, () => findingsWords(findings))
  shell.exitWith(signal.aborted ? exitCodes.interrupted : exitCodeFor(findings, flags.strict === true))
}

function planJson(planned: readonly PlannedCheck[]): { readonly checks: readonly object[] } {
  return {
    checks: planned.map(({ id, title, kind, exchanges, attempts, leftOut, unsafe }) => ({
      id,
      title,
      kind,
      requests: exchanges.map(({ sent: { method, path }, meaning: { clause } }) => ({ method, path, clause })),
      attempts: Object.fromEntries(attempts),
      leftOut,
      unsafe,
    })),
  }
}

/** Nothing checked is no success; a target that went away in the middle is not verified either. */
function exitCodeFor({ counts, brokenOff }: Findings, isStrict: boolean): number {
  if (counts.failed > 0 || (isStrict && counts.differs > 0)) return exitCodes.failed
  if (brokenOff !== undefined) return exitCodes.unreachable
  return counts.passed + counts.differs === 0 ? exitCodes.usage : exitCodes.ok
}

/** The checks whose id has a text in it; all without one. */
function only(text: string | undefined, all: Repertoire): Repertoire {
  if (text === undefined) return all
  const refusal = (meant: string): string => `No check has "${text}" in its id.${meant} --plan lists them.`
  return pick(all, (id) => id.includes(text), text, refusal)
}
