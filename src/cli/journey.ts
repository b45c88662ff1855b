import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { arazzoOf, UntellableError, Workflow } from '../contract/documents/arazzo.ts'
import { hurlOf } from '../contract/documents/hurl.ts'
import { scriptOf } from '../contract/documents/journey-script.ts'
import type { JourneyScript } from '../contract/documents/script.ts'
import { ownJourneys } from '../contract/journeys/own-journeys.ts'
import { checkedApi, type CheckedApi } from '../contract/target/checked-api.ts'
import { select } from '../contract/target/check-selection.ts'
import { readSettings } from '../contract/target/settings.ts'
import { UnderstudyError } from '../core/errors.ts'
import { messageOf } from '../core/thrown.ts'
import { apiOption, oneApiNamed, ours } from './apis.ts'
import { group, option, print, repeatable, type Shell } from './command.ts'

type ExportFlags = {
  readonly as: 'arazzo' | 'hurl'
  readonly api?: readonly string[]
  readonly only?: readonly string[]
  readonly journeys?: readonly string[]
  readonly out: string
  readonly openapi?: string
  readonly json?: boolean
}

/** `understudy journey …`: journeys for other tools. */
export function journeyCommand(shell: Shell): Command {
  return group('journey', 'journeys for other tools', [
    new Command('export')
      .description('writes journeys as Arazzo 1.0, or as files of Hurl that play them on a mock')
      .addOption(option('--as <format>', 'arazzo or hurl').choices(['arazzo', 'hurl']).makeOptionMandatory())
      .addOption(
        apiOption(`which API: ${ours.map(({ id }) => id).join(', ')}, or the file of your own (default: secure-login)`),
      )
      .addOption(
        repeatable('--only <journey>', 'only these: an id, a glob such as "journey.*", or a part of an id; repeatable'),
      )
      .addOption(repeatable('--journeys <files>', "journeys of one's own too: a folder, a file or a glob; repeatable"))
      .addOption(option('--out <directory>', 'where they are written').default('journeys-out'))
      .addOption(option('--openapi <url>', 'of arazzo: where the OpenAPI of the API is (default: <api>.openapi.json)'))
      .addOption(option('--json', 'prints what was written, and left out, as JSON'))
      .action((flags: ExportFlags) => run(shell, flags)),
  ])
}

interface Outcome {
  readonly written: readonly string[]
  readonly leftOut: readonly { readonly id: string; readonly because: string }[]
}

async function run(shell: Shell, flags: ExportFlags): Promise<void> {
  const { io } = shell
  const api = await apiFor(shell, flags)
  const own = await ownJourneys(
    (flags.journeys ?? []).map((source) => ({ source, cwd: io.cwd })),
    { api, settings: readSettings(api, api.kit.trial.settings), apis: [...ours.map(({ id }) => id), api.id] },
  )
  const all = [...api.kit.journeys, ...own].map((journey) => ({ ...journey, clauses: [] }))
  if (all.length === 0)
    throw new UnderstudyError('ERR_USAGE', `${api.title} has no journeys but those that you name with --journeys.`)
  const scripts: JourneyScript[] = []
  const leftOut: { id: string; because: string }[] = []
  for (const journey of select(all, { only: flags.only ?? [] })) {
    const script = await scriptOf(api, journey)
    const because = typeof script === 'string' ? script : flags.as === 'arazzo' ? untellable(script) : undefined
    if (typeof script === 'string' || because !== undefined) leftOut.push({ id: journey.id, because: because ?? '' })
    else scripts.push(script)
  }
  const [first] = leftOut
  if (scripts.length === 0 && first !== undefined)
    throw new UnderstudyError('ERR_USAGE', `Nothing was written: ${first.id} cannot be told, because ${first.because}.`)
  const sources = { api: flags.openapi ?? `${api.id}.openapi.json`, control: 'understudy.openapi.json' }
  const files =
    flags.as === 'hurl'
      ? scripts.map((script) => [`${script.journey.id}.hurl`, hurlOf(script)] as const)
      : [[`${api.id}.arazzo.json`, `${JSON.stringify(arazzoOf(api, scripts, sources), null, 2)}\n`] as const]
  const written: string[] = []
  for (const [name, text] of files)
    written.push(await write(shell, join(flags.out, name.replaceAll(/[^\w.-]/g, '-')), text))
  for (const { id, because } of leftOut) io.err(`left out: ${id}: ${because}`)
  print(shell, flags, { written, leftOut } satisfies Outcome, () => [...written])
}

async function apiFor({ io }: Shell, { api: named = ['secure-login'] }: ExportFlags): Promise<CheckedApi> {
  const found = await oneApiNamed(io, named)
  const api = await checkedApi(found)
  if (api !== undefined) return api
  throw new UnderstudyError(
    'ERR_USAGE',
    `${found.title} can be played, and not checked: it has no loadKit, so no journeys.`,
  )
}

function untellable(script: JourneyScript): string | undefined {
  try {
    new Workflow(script).written()
    return undefined
  } catch (error) {
    if (error instanceof UntellableError) return error.message
    throw error
  }
}

async function write({ io }: Shell, file: string, text: string): Promise<string> {
  const path = resolve(io.cwd, file)
  try {
    await mkdir(resolve(path, '..'), { recursive: true })
    await writeFile(path, text)
  } catch (error) {
    throw new UnderstudyError('ERR_USAGE', `${file} cannot be written: ${messageOf(error)}.`)
  }
  return relative(io.cwd, path)
}
