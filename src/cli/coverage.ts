import { Command } from 'commander'
import {
  coverageOf,
  idsOf,
  type ApiCoverage,
  type Coverage,
  type Covered,
  type GroupCoverage,
} from '../contract/coverage/coverage.ts'
import type { AnyApi } from '../core/api.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { loadLints } from '../world/linter.ts'
import type { TraceLine } from '../world/trace.ts'
import type { LintView } from '../world/views.ts'
import { option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import type { LintLevel } from '../core/lint.ts'
import { judgeLints, lintOption } from './lint.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'
import { readTracesOf, withTraceOptions, type Read, type TraceReaderOptions } from './traces.ts'

type CoverageOptions = TraceReaderOptions & {
  readonly min?: string
  readonly all?: boolean
  readonly ignore?: readonly string[]
  readonly lint: LintLevel
}

/** `understudy coverage`: what of the contracts the traced tests met. */
export function coverageCommand(shell: Shell): Command {
  return withTraceOptions(new Command('coverage'))
    .description('which clauses, states, transitions and statuses traced tests met at the mock')
    .addOption(option('--min <percent>', 'ends with 1 where less was met'))
    .addOption(option('--all', 'counts what is assumed, and the products around the contracts, as well'))
    .addOption(
      option('--ignore <id...>', 'what you do not depend on: clauses, states, statuses, or operations with theirs'),
    )
    .addOption(lintOption('warn'))
    .action((options: CoverageOptions) => cover(shell, options))
}

async function cover(shell: Shell, options: CoverageOptions): Promise<void> {
  const min = readPercent(options.min)
  const read = await readTracesOf(shell, options)
  const apis = await Promise.all(read.apis.map(withUniverse))
  const covered = apis.filter((each) => each !== undefined)
  const ignored = readIgnored(options.ignore ?? [], covered)
  const coverage = coverageOf(read.lines, covered, { all: options.all === true, ignored })
  if (coverage.requests === 0) throw nothingAsked(read.apis)
  const lints = await lintsIn(read.lines, read.apis)
  print(shell, options, { files: read.files, ...coverage, lints }, words)
  shell.exitWith(judgeLints(shell, options.lint, lints, judge(shell, coverage, min, read)))
}

function judge({ io }: Shell, { met, total }: Coverage, min: number | undefined, { commandCode }: Read): number {
  const isEnough = min === undefined || met * 100 >= min * total
  if (!isEnough) io.err(`${met} of ${total} were met, less than the ${min} % that --min asks for`)
  if (commandCode === 0) return isEnough ? exitCodes.ok : exitCodes.failed
  io.err(`the command ended with ${commandCode}`)
  return commandCode
}

/** What the tested client did against the rules of the APIs, each rule once for each request. */
async function lintsIn(
  lines: readonly TraceLine[],
  apis: readonly AnyApi[],
): Promise<readonly Omit<LintView, 'request' | 'user'>[]> {
  const known = await loadLints(apis)
  return lines.flatMap(({ api = '', lints = [] }) =>
    lints.flatMap(({ id, clause }) => {
      const lint = known.get(api)?.find((each) => each.id === id && each.clause === clause)
      return lint === undefined ? [] : [{ id, api, clause, sentence: lint.sentence, mend: lint.mend }]
    }),
  )
}

function readPercent(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const percent = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && percent <= 100) return percent
  throw new UnderstudyError('ERR_USAGE', `--min takes a number from 0 to 100, not "${text}".`)
}

function readIgnored(ignored: readonly string[], covered: readonly Covered[]): readonly string[] {
  const ids = covered.flatMap(idsOf)
  for (const id of ignored) {
    if (ids.includes(id)) continue
    const message = `--ignore takes clauses, states, transitions, statuses and operations; "${id}" is none.`
    throw new UnderstudyError('ERR_USAGE', message + didYouMean(nearestWord(id, ids)))
  }
  return ignored
}

async function withUniverse(api: AnyApi): Promise<Covered | undefined> {
  const tracing = await api.tracing?.()
  return tracing === undefined ? undefined : { api, universe: tracing.universe }
}

function nothingAsked(apis: readonly AnyApi[]): UnderstudyError {
  const which = apis.length === 0 ? 'any API' : apis.map(({ title }) => title).join(' and ')
  return new UnderstudyError('ERR_USAGE', `The traces have no request to ${which}, so nothing was checked.`)
}

function words(coverage: Coverage & { readonly files: number }): Line[] {
  const { apis, files, requests, met, total, percent } = coverage
  const rows = apis.flatMap((api) => rowsOf(api))
  const from = `${count(requests, 'request')} in ${count(files, 'trace')}`
  return [
    ...table(['API', 'WHAT', 'MET', 'OF', '%'], [...rows, ['all', '', ...cells({ met, total, percent })]]),
    ...apis.flatMap(missing),
    '',
    from,
  ]
}

function rowsOf({ id, groups, ...whole }: ApiCoverage): string[][] {
  const parts = groups.map((group) => [id, group.counts ? group.name : `(${group.name})`, ...cells(group)])
  return [...parts, [id, 'in all', ...cells(whole)]]
}

function cells({ met, total, percent }: Pick<GroupCoverage, 'met' | 'total' | 'percent'>): string[] {
  return [String(met), String(total), percent.toFixed(1)]
}

const singular = { clauses: 'clause', states: 'state', transitions: 'transition', statuses: 'status' }

/** What is met with a clause that is missing as well needs no way of its own. */
function missing({ title, groups, apart }: ApiCoverage): string[] {
  const all = groups
    .filter(({ counts }) => counts)
    .flatMap(({ name, missing: items }) => items.map((item) => ({ ...item, kind: nameOf(name) })))
  const lines = all.flatMap(({ kind, id, text, way, with: clause }) => {
    const what = `  ${kind} ${id}${text === undefined ? '' : `: ${text}`}`
    const isTold = clause !== undefined && all.some((other) => other.id === clause)
    if (isTold) return [`${what} (with ${clause})`]
    return way === '' ? [what] : [what, `    ${way}`]
  })
  const uncounted = `${title}: ${count(apart.length, 'clause')} cannot be met by requests; --json tells why`
  return [
    ...(lines.length === 0 ? [] : ['', `${title}: not met, each with a line that meets it:`, ...lines]),
    ...(apart.length === 0 ? [] : ['', uncounted]),
  ]
}

function nameOf(group: GroupCoverage['name']): string {
  return group in singular ? singular[group as keyof typeof singular] : group
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
