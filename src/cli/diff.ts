import { Command } from 'commander'
import { clauseChanges, isWorse } from '../contract/telling/changes.ts'
import type { ClauseChange } from '../contract/telling/clause-change.ts'
import type { KeptReport } from '../contract/telling/kept-report.ts'
import { UnderstudyError } from '../core/errors.ts'
import { option, print, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { reportsIn } from './kept-reports.ts'
import { paint, type Line } from './shown.ts'
import { table } from './table.ts'

interface DiffFlags {
  readonly strict?: boolean
  readonly json?: boolean
}

/** What has changed for one target. */
interface Compared {
  readonly target: KeptReport['target']
  readonly before: string
  readonly after: string
  readonly changes: readonly ClauseChange[]
}

/** `understudy diff <before> <after>`: what changed from one run to another. */
export function diffCommand(shell: Shell): Command {
  return new Command('diff')
    .description(
      'tells what changed between two reports of `verify`, clause by clause; ends with 1 where something is newly broken',
    )
    .argument('<before>', 'a report, as `verify --json` or `--report json` writes it')
    .argument('<after>', 'that of a later run')
    .addOption(option('--strict', 'ends with 1 as well where something newly differs, or is not tested any more'))
    .addOption(option('--json', 'prints JSON'))
    .action(async (before: string, after: string, flags: DiffFlags) => {
      const [old, now] = [await reportsIn(shell.io, before), await reportsIn(shell.io, after)]
      const compared = pairs(old, now, before, after).map(([one, other]): Compared => ({
        target: other.target,
        before: one.startedAt,
        after: other.startedAt,
        changes: clauseChanges(one, other),
      }))
      print(shell, flags, { targets: compared }, (data) => data.targets.flatMap(words))
      const isBad = (change: ClauseChange): boolean =>
        isWorse(change) || (flags.strict === true && ['newly differs', 'newly untested'].includes(change.kind))
      if (compared.some(({ changes }) => changes.some(isBad))) shell.exitWith(exitCodes.failed)
    })
}

/** One target, or several by their files. */
function pairs(
  old: readonly KeptReport[],
  now: readonly KeptReport[],
  before: string,
  after: string,
): readonly (readonly [KeptReport, KeptReport])[] {
  return now.map((report) => {
    const isAlone = old.length === 1 && now.length === 1
    const other = isAlone ? old[0] : old.find(({ target }) => target.path === report.target.path)
    const { path, title, api } = report.target
    if (other === undefined)
      throw new UnderstudyError('ERR_USAGE', `${after} has a report of ${path}, and ${before} has none.`)
    if (other.target.api !== api)
      throw new UnderstudyError('ERR_USAGE', `${before} is of ${other.target.title}, and ${after} of ${title}.`)
    return [other, report] as const
  })
}

function words({ target, before, after, changes }: Compared, place: number): Line[] {
  const rows = changes.map(({ subject, kind, from, to, text, checks }) => [
    kind,
    subject,
    `${from} → ${to}`,
    checks.length === 0 ? text : `${text === '' ? '' : `${text} `}(${checks.join(', ')})`,
  ])
  const worse = changes.filter(isWorse).length
  const sum = `${before} to ${after}: ${worse} newly broken, ${count(changes, 'mended')} mended, ${count(changes, 'newly untested')} newly untested`
  return [
    ...(place === 0 ? [] : ['']),
    [paint('bold', target.title), ` at ${target.baseUrl}`],
    ...(rows.length === 0 ? ['nothing has changed'] : table(['WHAT', 'CLAUSE', 'OUTCOME', 'WHAT IT SAYS'], rows)),
    worse > 0 ? paint('red', sum) : sum,
  ]
}

function count(changes: readonly ClauseChange[], kind: ClauseChange['kind']): number {
  return changes.filter((change) => change.kind === kind).length
}
