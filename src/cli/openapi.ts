import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import type { PactInteraction } from '../contract/comparing/own-pact.ts'
import { checkedApi } from '../contract/target/checked-api.ts'
import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { messageOf } from '../core/thrown.ts'
import { interactionsWith, oneApiNamed, ours } from './apis.ts'
import { option, type Shell } from './command.ts'
import { jsonLines } from './shown.ts'
import { writtenSettings } from './written-settings.ts'

/** `understudy openapi <api>`: an API as OpenAPI 3.1, for tools that know no clauses. */
export function openapiCommand(shell: Shell): Command {
  return new Command('openapi')
    .description('prints an API as OpenAPI 3.1: operations, what they answer by which clause, schemas, examples')
    .argument('<api>', `which API: ${ours.map(({ id }) => id).join(', ')}, or the file of your own`)
    .argument(
      '[name=value...]',
      'settings, such as dialect=observed: its examples are what a mock that has them answers',
    )
    .addOption(option('--out <file>', 'writes it to this file instead'))
    .action(async (id: string, pairs: readonly string[], { out }: { readonly out?: string }) => {
      const document = await documentOf(shell, id, pairs)
      if (out === undefined) return shell.io.out(jsonLines(document, 2))
      const path = resolve(shell.io.cwd, out)
      await writeFile(path, `${JSON.stringify(document, null, 2)}\n`).catch((error: unknown) => {
        throw new UnderstudyError('ERR_USAGE', `${out} cannot be written: ${messageOf(error)}.`)
      })
      shell.io.err(`${out} was written`)
    })
}

async function documentOf({ io }: Shell, word: string, pairs: readonly string[]): Promise<object> {
  const api = await oneApiNamed(io, [word])
  const given = writtenSettings(api, pairs)
  const { apiDocument } = await import('../contract/documents/openapi.ts')
  const examples = await examplesOf(api, given)
  // The universe is of all settings; what was played is of these.
  const isOfThese = Object.keys(given).length > 0 && examples.length > 0
  return apiDocument(api, examples, isOfThese ? undefined : (await api.tracing?.())?.universe, given)
}

/** The pact is of the defaults; with other settings, what is answered to journeys. */
async function examplesOf(api: AnyApi, given: JsonObject): Promise<readonly PactInteraction[]> {
  if (Object.keys(given).length === 0) return interactionsWith(api)
  const checked = await checkedApi(api)
  if (checked === undefined) return []
  const { playedInteractions } = await import('../contract/documents/played-interactions.ts')
  return playedInteractions(checked, { ...checked.kit.trial.settings, ...given })
}
