import { Command } from 'commander'
import * as registry from '../apis/registry.ts'
import type { Findings } from '../contract/findings.ts'
import type { PactDocument } from '../contract/pacts/document.ts'
import { pactsIn } from '../contract/pacts/pact-files.ts'
import { verifyPacts } from '../contract/pacts/verify-pacts.ts'
import { formats } from '../contract/report/report.ts'
import type { LoadedTarget } from '../contract/target.ts'
import { UnderstudyError } from '../core/errors.ts'
import { ledgerOption, option, print, repeatable, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { progressOf } from './progress.ts'
import { reportsFor, writeReports } from './reports.ts'
import { openTarget, withTargets } from './target.ts'
import { pactWords } from './pact-words.ts'

/** What `understudy pact verify` is told beside its sources. */
interface PactFlags {
  readonly target: string
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  readonly allowNotPlayed?: boolean
  readonly leaveOutUnsafe?: boolean
  readonly ledger?: string
  readonly report?: string
  readonly reportDir: string
  readonly json?: boolean
}

/** `understudy pact verify <source...>`: has Pact's own verifier verify consumers' pacts. */
export function pactVerifyCommand(shell: Shell): Command {
  return new Command('verify')
    .description("has Pact's own verifier verify consumers' pacts of any version, on the mock and on a real server")
    .argument('<source...>', 'files, folders or globs of pacts')
    .addOption(option('--target <file>', 'the target file of the server').makeOptionMandatory())
    .addOption(repeatable('--only <check>', 'only these interactions: a glob or a part of an id; repeatable'))
    .addOption(repeatable('--except <check>', 'all but these; repeatable'))
    .addOption(option('--allow-not-played', 'does not fail where interactions could not be played'))
    .addOption(option('--leave-out-unsafe', 'leaves out what could lock an account, instead of refusing to start'))
    .addOption(ledgerOption())
    .addOption(option('--report <formats>', `writes reports: ${Object.keys(formats).join(',')}`))
    .addOption(option('--report-dir <directory>', 'where they are written').default('reports'))
    .addOption(option('--json', 'prints the findings as JSON'))
    .action((sources: readonly string[], flags: PactFlags) => run(shell, sources, flags))
}

async function run(shell: Shell, sources: readonly string[], flags: PactFlags): Promise<void> {
  const { io } = shell
  const reports = reportsFor(io, flags.report)
  const target = await openTarget(shell, flags.target, flags.ledger)
  await withTargets(shell, [target], async (signal) => {
    const { loaded, budget } = target
    const all: PactDocument[] = []
    for (const source of sources) all.push(...(await pactsIn(source, io.cwd)))
    const documents = forTarget(all, loaded, io.err)
    const { onStart, onDone, onWait } = progressOf(io)
    const findings = await verifyPacts(loaded, documents, {
      only: flags.only ?? [],
      except: flags.except ?? [],
      leaveOutUnsafe: flags.leaveOutUnsafe === true,
      cwd: io.cwd,
      budget,
      signal,
      onStart,
      onDone,
      onWait,
    })
    await writeReports(io, findings, reports, flags.reportDir)
    print(shell, flags, findings, pactWords)
    shell.exitWith(signal.aborted ? exitCodes.interrupted : exitCodeFor(findings, flags))
  })
}

/** Pacts with another API of ours are none with this target. Throws ERR_USAGE where no others are left. */
function forTarget(
  all: readonly PactDocument[],
  { api, path }: LoadedTarget,
  err: (line: string) => void,
): readonly PactDocument[] {
  const others = Object.keys(ids).filter((id) => id !== api.id)
  const documents = all.filter(({ provider }) => !others.includes(provider))
  const told = all
    .filter(({ provider }) => others.includes(provider))
    .map(({ where, provider }) => `${where} is a pact with ${provider}, and ${path} is a target of ${api.id}`)
  if (documents.length === 0)
    throw new UnderstudyError(
      'ERR_USAGE',
      told.length === 0 ? 'There is no pact to verify.' : told.map((line) => `${line}.`),
    )
  for (const line of told) err(`left out: ${line}.`)
  if (documents.every(({ interactions }) => interactions.length === 0))
    throw new UnderstudyError('ERR_USAGE', `${documents[0]?.where} has no interactions, so nothing could be verified.`)
  return documents
}

const ids = Object.fromEntries(Object.values(registry).map(({ id }) => [id, true]))

/** What was not played is not verified: that fails, unless it is allowed. */
function exitCodeFor({ counts, brokenHooks, brokenOff, checks }: Findings, { allowNotPlayed }: PactFlags): number {
  if (counts.failed > 0) return exitCodes.failed
  if (brokenHooks.length > 0) return exitCodes.hook
  if (brokenOff !== undefined || checks.some(({ unavailable }) => unavailable === true)) return exitCodes.unreachable
  if (counts.notReached > 0 && allowNotPlayed !== true) return exitCodes.failed
  return counts.passed + counts.accepted === 0 ? exitCodes.usage : exitCodes.ok
}
