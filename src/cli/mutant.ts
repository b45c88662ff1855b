import { Command } from 'commander'
import type { AnyApi } from '../core/api.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { inWords } from '../core/json.ts'
import type { AnyMutant } from '../core/mutant.ts'
import { nearestWord } from '../core/nearest.ts'
import { allMutants } from '../scenario/mutants.ts'
import { apiOption, apisNamed } from './apis.ts'
import { group, option, print, type Shell } from './command.ts'
import { table } from './table.ts'

interface ListOptions {
  readonly api?: readonly string[]
  readonly clause?: string
  readonly json?: boolean
}

/** `understudy mutant …`: the ways in which a server may get a clause wrong. */
export function mutantCommand(shell: Shell): Command {
  return group('mutant', 'servers that get a clause wrong', [
    new Command('list')
      .description('every mutant; `understudy serve --mutant <id>` plays one')
      .addOption(apiOption('those of this API: an id, or a file that exports yours; repeatable'))
      .addOption(option('--clause <id>', 'those of one clause, such as SL-12'))
      .addOption(option('--json', 'prints JSON'))
      .action((options: ListOptions) => list(shell, options)),
  ])
}

async function list(shell: Shell, options: ListOptions): Promise<void> {
  const { meant: apis } = await apisNamed(shell.io, options.api)
  requireClause(apis, options.clause)
  const found = (await allMutants(apis)).filter(({ mutant }) => (options.clause ?? mutant.clause) === mutant.clause)
  const mutants = found.map(({ api, mutant: { id, clause, title, isMechanical = false, under } }) => ({
    api: api.id,
    id,
    clause,
    title,
    isMechanical,
    ...(under === undefined ? {} : { under }),
  }))
  print(shell, options, { mutants }, (data) =>
    table(
      ['MUTANT', 'WHAT IT DOES', 'UNDER'],
      data.mutants.map(({ id, title, under }) => [id, title, told(under)]),
    ),
  )
}

function requireClause(apis: readonly AnyApi[], id: string | undefined): void {
  const ids = apis.flatMap(({ clauses }) => clauses.map((clause) => clause.id))
  if (id === undefined || ids.includes(id)) return
  throw new UnderstudyError('ERR_USAGE', `There is no clause "${id}".${didYouMean(nearestWord(id, ids))}`)
}

/** A mutant in one line. */
export function describeMutant({ id, title, under }: AnyMutant): string {
  return under === undefined ? `${id}: ${title}` : `${id}: ${title} (with ${told(under)})`
}

function told(under: AnyMutant['under']): string {
  return Object.entries(under ?? {})
    .map(([name, value]) => `${name}: ${inWords(value ?? null)}`)
    .join(', ')
}
