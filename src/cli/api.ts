import { Argument, type Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { group, liveCommand, show, type LiveOptions, type Shell } from './command.ts'
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
          (server) => server.call('PATCH', `/apis/${encodeURIComponent(id)}`, toPatch(pairs)),
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

function words(apis: readonly JsonObject[]): string {
  return apis
    .map((api) => {
      const settings = Object.entries(api['settings'] as JsonObject).map(([name, value]) => [
        `  ${name}`,
        String(value),
      ])
      return `${String(api['id'])} (${String(api['title'])})\n${table(['', ''], settings).replace(/^\n/, '')}`
    })
    .join('\n\n')
}

function toPatch(pairs: readonly string[]): JsonObject {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 1)
        throw new UnderstudyError('ERR_USAGE', `"${pair}" is no setting; write name=value, such as active=false.`)
      return [pair.slice(0, equals), toValue(pair.slice(equals + 1))]
    }),
  )
}

function toValue(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text
}
