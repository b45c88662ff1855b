import { Argument, type Command } from 'commander'
import * as registry from '../apis/registry.ts'
import type { FieldMap } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { group, liveCommand, show, type LiveOptions, type Shell } from './command.ts'
import { toPatch } from './patch.ts'
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
        show(
          shell,
          options,
          (server) => server.call('PATCH', `/apis/${encodeURIComponent(id)}`, toPatch(pairs, settingsOf(id))),
          (api) => words([api]),
        ),
      ),
  ])
}

function showApis(shell: Shell, options: LiveOptions, id: string | undefined): Promise<void> {
  return show(
    shell,
    options,
    async (server) => {
      const { apis } = await server.call('GET', '/state')
      const all = apis as readonly JsonObject[]
      if (id === undefined) return { apis: all }
      const wanted = all.find((api) => api['id'] === id)
      // Asking the server for it tells the nearest name.
      return { apis: [wanted ?? (await server.call('PATCH', `/apis/${encodeURIComponent(id)}`, {}))] }
    },
    ({ apis }) => words(apis as readonly JsonObject[]),
  )
}

function settingsOf(id: string): FieldMap {
  return Object.values(registry).find((api) => api.id === id)?.settings ?? {}
}

function words(apis: readonly JsonObject[]): Line[] {
  return apis.flatMap((api, index) => {
    const settings = Object.entries(api['settings'] as JsonObject).map(([name, value]) => [
      `  ${name}`,
      isPlain(value) ? String(value) : JSON.stringify(value),
    ])
    return [
      ...(index === 0 ? [] : ['']),
      `${String(api['id'])} (${String(api['title'])})`,
      ...table(undefined, settings),
    ]
  })
}

/** Whether a value is written without JSON: a list with commas. */
function isPlain(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.every(isPlain) : typeof value !== 'object' || value === null
}
