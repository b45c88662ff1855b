import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import { messageOf } from '../core/thrown.ts'
import { interactionsWith, oneApiNamed, ours } from './apis.ts'
import { option, type Shell } from './command.ts'
import { jsonLines } from './shown.ts'

/** `understudy openapi <api>`: an API as OpenAPI 3.1, for tools that know no clauses. */
export function openapiCommand(shell: Shell): Command {
  return new Command('openapi')
    .description('prints an API as OpenAPI 3.1: operations, what they answer by which clause, schemas, examples')
    .argument('<api>', `which API: ${ours.map(({ id }) => id).join(', ')}, or the file of your own`)
    .addOption(option('--out <file>', 'writes it to this file instead'))
    .action(async (id: string, { out }: { readonly out?: string }) => {
      const document = await documentOf(shell, id)
      if (out === undefined) return shell.io.out(jsonLines(document, 2))
      const path = resolve(shell.io.cwd, out)
      await writeFile(path, `${JSON.stringify(document, null, 2)}\n`).catch((error: unknown) => {
        throw new UnderstudyError('ERR_USAGE', `${out} cannot be written: ${messageOf(error)}.`)
      })
      shell.io.err(`${out} was written`)
    })
}

async function documentOf({ io }: Shell, word: string): Promise<object> {
  const api = await oneApiNamed(io, [word])
  const { apiDocument } = await import('../contract/documents/openapi.ts')
  return apiDocument(api, await interactionsWith(api), (await api.tracing?.())?.universe)
}
