import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import * as registry from '../apis/registry.ts'
import { AttemptLedger } from '../contract/ledger.ts'
import { Budget } from '../contract/budget.ts'
import type { Findings } from '../contract/findings.ts'
import type { Interaction } from '../contract/pact-file.ts'
import { loadPact } from '../contract/pact-file.ts'
import { plan, type Repertoire } from '../contract/plan.ts'
import { formats } from '../contract/report/report.ts'
import { toMarkdown } from '../contract/report/markdown.ts'
import { loadTarget, type LoadedTarget } from '../contract/target.ts'
import { verify } from '../contract/verify.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { findingsWords, planWords, progress } from './verify-words.ts'

/** Where wrong codes are remembered, and the latest findings. */
export const attemptsFile: string = join('.understudy', 'attempts.json')
export const findingsFile: string = join('.understudy', 'verify.json')

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
    .addOption(option('--report <formats>', `writes reports: ${Object.keys(formats).join(', ')}`))
    .addOption(option('--report-dir <directory>', 'where they are written').default('reports'))
    .addOption(option('--json', 'prints the findings as JSON'))
    .action((path: string, flags: VerifyFlags) => run(shell, path, flags))
}

async function run(shell: Shell, path: string, flags: VerifyFlags): Promise<void> {
  const { io } = shell
  const wanted = formatsOf(shell, flags.report)
  const loaded = await loadTarget(path, io.cwd, io.env, Object.values(registry))
  const repertoire = await repertoireFor(shell, loaded, flags)
  const ledgerFile = join(io.cwd, attemptsFile)
  const budget = new Budget(loaded, new AttemptLedger(ledgerFile), io.now)
  if (flags.forget !== undefined) budget.forget(flags.forget)
  if (flags.plan === true) {
    const planned = await plan(loaded, repertoire, budget, { allowWait: flags.allowWait === true })
    print(shell, flags, planJson(planned), () => planWords(planned, loaded))
    return
  }
  const interrupt = new AbortController()
  const unsubscribe = io.onSignal(() => interrupt.abort())
  const shown = progress(io)
  try {
    const findings = await verify(loaded, {
      repertoire,
      ledgerFile,
      allowWait: flags.allowWait === true,
      leaveOutUnsafe: flags.leaveOutUnsafe === true,
      onStart: shown.start,
      onDone: shown.done,
      onWait: shown.wait,
      signal: interrupt.signal,
    })
    shown.end()
    await writeReports(shell, findings, wanted, flags.reportDir)
    print(shell, flags, findings, () => findingsWords(findings, io.color.out))
    shell.exitWith(interrupt.signal.aborted ? exitCodes.interrupted : exitCodeFor(findings, flags.strict === true))
  } finally {
    shown.end()
    unsubscribe()
  }
}

function planJson(planned: Awaited<ReturnType<typeof plan>>): { readonly checks: readonly object[] } {
  return {
    checks: planned.map(({ id, title, kind, exchanges, attempts, leftOut, unsafe }) => ({
      id,
      title,
      kind,
      requests: exchanges.map(({ sent, meaning }) => ({
        method: sent.method,
        path: sent.path,
        clause: meaning.clause,
      })),
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

/** What is to be checked: pacts and journeys, as far as `--only` lets them. */
export async function repertoireFor(
  shell: Shell,
  { api }: LoadedTarget,
  { only, pact }: Pick<VerifyFlags, 'only' | 'pact'>,
): Promise<Repertoire> {
  const files = pact ?? [fileURLToPath(new URL(`../../pacts/auth-understudy-client-${api.id}.json`, import.meta.url))]
  const interactions: Interaction[] = []
  for (const file of files) interactions.push(...(await loadPact(file, shell.io.cwd, api.id)).interactions)
  const all = { interactions, journeys: api.kit.journeys }
  if (only === undefined) return all
  const isWanted = ({ id }: { readonly id: string }): boolean => id.includes(only)
  const some = { interactions: interactions.filter(isWanted), journeys: api.kit.journeys.filter(isWanted) }
  if (some.interactions.length + some.journeys.length > 0) return some
  const ids = [...all.interactions, ...all.journeys].map(({ id }) => id)
  throw new UnderstudyError(
    'ERR_USAGE',
    `No check has "${only}" in its id.${didYouMean(nearestWord(only, ids))} --plan lists them.`,
  )
}

function formatsOf({ io }: Shell, report: string | undefined): readonly string[] {
  const wanted = (report ?? '').split(',').filter((format) => format !== '')
  const unknown = wanted.find((format) => !Object.hasOwn(formats, format))
  if (unknown !== undefined) {
    const names = Object.keys(formats)
    const nearest = didYouMean(nearestWord(unknown, names))
    throw new UnderstudyError('ERR_USAGE', `"${unknown}" is no report; there are ${names.join(', ')}.${nearest}`)
  }
  return io.env['GITHUB_ACTIONS'] === 'true' && !wanted.includes('github') ? [...wanted, 'github'] : wanted
}

async function writeReports(
  { io }: Shell,
  findings: Findings,
  wanted: readonly string[],
  directory: string,
): Promise<void> {
  await write(join(io.cwd, findingsFile), `${JSON.stringify(findings, null, 2)}\n`)
  for (const format of wanted) {
    const { file, content } = formats[format]?.(findings) ?? { file: '', content: '' }
    if (format === 'github') await annotate({ io }, findings, content)
    else {
      const path = resolve(io.cwd, directory, file)
      await write(path, content)
      io.err(`wrote ${path}`)
    }
  }
}

/** GitHub reads annotations from the output of a step, and its summary from a file. */
async function annotate({ io }: Pick<Shell, 'io'>, findings: Findings, annotations: string): Promise<void> {
  io.err(annotations.trimEnd())
  const file = io.env['GITHUB_STEP_SUMMARY']
  if (file !== undefined) await appendFile(file, toMarkdown(findings))
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** What the latest run found, or undefined. */
export async function latestFindings({ io }: Shell): Promise<Findings | undefined> {
  const text = await readFile(join(io.cwd, findingsFile), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Findings)
}
