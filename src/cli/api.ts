import { Argument, type Command } from 'commander'
import type { ControlAnswer } from '../control/client.ts'
import type { FieldView } from '../control/field-view.ts'
import type { Named } from '../core/field.ts'
import type { Json } from '../core/json.ts'
import { group, liveCommand, show, type LiveOptions, type Shell } from './command.ts'
import { readPair, toPatch, type WrittenPair } from '../control/written-patch.ts'
import type { RunningServer } from './server.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

/** `understudy api …`: settings of the APIs, such as switching the plug-in off. */
export function apiCommand(shell: Shell): Command {
  return group('api', 'the APIs and their settings', [
    liveCommand('show', 'the APIs with their settings')
      .argument('[id]', 'only this API')
      .action((id: string | undefined, options: LiveOptions) => showApis(shell, options, id)),
    liveCommand('set', 'changes settings at once: active=false blockFor=10m')
      .argument('<id>', 'which API')
      .addArgument(new Argument('<name=value...>', 'settings'))
      .action((id: string, pairs: readonly string[], options: LiveOptions) =>
        set(shell, options, id, pairs.map(readPair)),
      ),
    liveCommand('reset', 'puts settings back to what the scenario says; `show` tells which differ')
      .argument('<id>', 'which API')
      .argument('[setting...]', 'such as blockFor; all if left out')
      .action((id: string, names: readonly string[], options: LiveOptions) => reset(shell, options, id, names)),
  ])
}

async function set(shell: Shell, options: LiveOptions, id: string, pairs: readonly WrittenPair[]): Promise<void> {
  await show(
    shell,
    options,
    async (server) => {
      const body = toPatch(pairs, await settingsOf(server, id))
      return server.request('PATCH /apis/{api}', { params: { api: id }, body })
    },
    (api) => words([api]),
  )
}

async function reset(shell: Shell, options: LiveOptions, id: string, names: readonly string[]): Promise<void> {
  await show(
    shell,
    options,
    (server) => {
      const body = names.length === 0 ? {} : { settings: names }
      return server.request('POST /apis/{api}/reset', { params: { api: id }, body })
    },
    (api) => words([api]),
  )
}

function showApis(shell: Shell, options: LiveOptions, id: string | undefined): Promise<void> {
  return show(
    shell,
    options,
    async (server) => {
      return { apis: id === undefined ? (await server.request('GET /state')).apis : [await oneApi(server, id)] }
    },
    ({ apis }) => words(apis),
  )
}

async function oneApi(server: RunningServer, id: string): Promise<ShownApi> {
  const { apis } = await server.request('GET /state')
  // Asking the server for it tells the nearest name.
  return apis.find((api) => api.id === id) ?? server.request('PATCH /apis/{api}', { params: { api: id }, body: {} })
}

/** What can be set, as the server describes it; it may serve APIs that this package does not have. */
async function settingsOf(server: RunningServer, id: string): Promise<Named<FieldView>> {
  const { apis } = await server.request('GET /apis')
  return apis.find((api) => api.id === id)?.fields.settings ?? {}
}

type ShownApi = ControlAnswer<'PATCH /apis/{api}'>

function words(apis: readonly ShownApi[]): Line[] {
  return apis.flatMap((api, index) => {
    // One that is blank by now is listed, too.
    const names = new Set([...Object.keys(api.settings), ...Object.keys(api.changed)])
    const settings = [...names].map((name) => {
      const before = api.changed[name]
      const note = before === undefined ? '' : `  (scenario: ${written(before)})`
      return [`  ${name}`, written(api.settings[name]) + note]
    })
    return [...(index === 0 ? [] : ['']), `${api.id} (${api.title})`, ...table(undefined, settings)]
  })
}

function written(value: Json | undefined): string {
  if (value === undefined || value === null) return 'blank'
  return isPlain(value) ? String(value) : JSON.stringify(value)
}

/** Whether a value is written without JSON: a list with commas. */
function isPlain(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.every(isPlain) : typeof value !== 'object' || value === null
}
