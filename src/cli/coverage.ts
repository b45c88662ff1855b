import { Command } from 'commander'
import { coverageOf, type ApiCoverage, type Coverage, type Covered, type GroupCoverage } from '../contract/coverage.ts'
import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { table } from './table.ts'
import { apisOf, readTracesOf, withTraceOptions, type Read, type TraceReaderOptions } from './traces.ts'

type CoverageOptions = TraceReaderOptions & { readonly min?: string; readonly all?: boolean }

/** `understudy coverage`: what of the contracts the traced tests met. */
export function coverageCommand(shell: Shell): Command {
  return withTraceOptions(new Command('coverage'))
    .description('which clauses, states, transitions and statuses traced tests met at the mock')
    .addOption(option('--min <percent>', 'ends with 1 where less was met'))
    .addOption(option('--all', 'counts what is assumed, and the products around the contracts, as well'))
    .action((options: CoverageOptions) => cover(shell, options))
}

async function cover(shell: Shell, options: CoverageOptions): Promise<void> {
  const min = readPercent(options.min)
  const read = await readTracesOf(shell, options)
  const apis = await Promise.all(apisOf(options, read.lines).map(withUniverse))
  const covered = apis.filter((each) => each !== undefined)
  const coverage = coverageOf(read.lines, covered, options.all === true)
  if (coverage.requests === 0) throw nothingAsked(apisOf(options, read.lines))
  print(shell, options, { files: read.files, ...coverage }, words)
  shell.exitWith(judge(shell, coverage, min, read))
}

function judge({ io }: Shell, { met, total }: Coverage, min: number | undefined, { commandCode }: Read): number {
  const isEnough = min === undefined || met * 100 >= min * total
  if (!isEnough) io.err(`${met} of ${total} were met, less than the ${min} % that --min asks for`)
  if (commandCode === 0) return isEnough ? exitCodes.ok : exitCodes.failed
  io.err(`the command ended with ${commandCode}`)
  return commandCode
}

function readPercent(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const percent = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && percent <= 100) return percent
  throw new UnderstudyError('ERR_USAGE', `--min takes a number from 0 to 100, not "${text}".`)
}

async function withUniverse(api: AnyApi): Promise<Covered | undefined> {
  const tracing = await api.tracing?.()
  return tracing === undefined ? undefined : { api, universe: tracing.universe }
}

function nothingAsked(apis: readonly AnyApi[]): UnderstudyError {
  const which = apis.length === 0 ? 'any API' : apis.map(({ title }) => title).join(' and ')
  return new UnderstudyError('ERR_USAGE', `The traces have no request to ${which}, so nothing was checked.`)
}

function words(coverage: Coverage & { readonly files: number }): string {
  const { apis, files, requests, met, total, percent } = coverage
  const rows = apis.flatMap((api) => rowsOf(api))
  const from = `${count(requests, 'request')} in ${count(files, 'trace')}`
  return [
    table(['API', 'WHAT', 'MET', 'OF', '%'], [...rows, ['all', '', ...cells({ met, total, percent })]]),
    ...apis.flatMap(missing),
    `\n${from}`,
  ].join('\n')
}

function rowsOf({ id, groups, ...whole }: ApiCoverage): string[][] {
  const parts = groups.map((group) => [id, group.counts ? group.name : `(${group.name})`, ...cells(group)])
  return [...parts, [id, 'in all', ...cells(whole)]]
}

function cells({ met, total, percent }: Pick<GroupCoverage, 'met' | 'total' | 'percent'>): string[] {
  return [String(met), String(total), percent.toFixed(1)]
}

function missing({ title, groups }: ApiCoverage): string[] {
  const lines = groups
    .filter(({ counts }) => counts)
    .flatMap(({ name, missing: all }) =>
      all.map(({ id, text, way }) => `  ${name.replace(/e?s$/, '')} ${id}${text === undefined ? '' : `: ${text}`}\n    ${way}`),
    )
  return lines.length === 0 ? [] : [`\n${title}: not met, each with a line that meets it:`, ...lines]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
