import type { Command, Option } from 'commander'
import { effectList } from '../core/effects.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { FaultSpec } from '../core/fault.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { effectFieldAt, writtenEffect, writtenValue } from '../core/written-effect.ts'
import { merge } from '../scenario/merge.ts'
import { faultFields } from '../world/fault-field.ts'
import type { FaultView } from '../world/world-faults.ts'
import { group, liveCommand, option, show, type LiveOptions, type Shell } from './command.ts'
import type { RunningServer } from './server.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

/** What commander has read: a text, or texts of what may be said several times; true for a flag. */
type Said = string | readonly string[] | boolean | undefined
type FaultOptions = LiveOptions & { readonly [name: string]: Said }

/** An option, and the part of a fault that it becomes. */
interface FaultOption {
  readonly option: Option
  readonly part: (written: Json) => JsonObject
}

/** Which answers a fault strikes, and how often. */
const limits: readonly (readonly [name: keyof FaultSpec, flags: string, about: string])[] = [
  ['user', '--user <username>', 'only requests of this user'],
  ['nth', '--nth <count>', 'only the n-th matching request'],
  ['times', '--times <count>', 'at most so many times'],
  ['probability', '--probability <share>', 'how often, from 0 to 1'],
  ['for', '--for <duration>', "ends by itself after so long, by the world's clock"],
  ['processed', '--processed', 'the server does its work before the fault strikes'],
]

function faultOptions(): readonly FaultOption[] {
  const ofEffects = effectList.flatMap(([name, { options }]) =>
    options.map(({ flags, about, at }): FaultOption => {
      const isMap = effectFieldAt(name, at)?.kind === 'map'
      return {
        option: isMap ? severally(flags, `${about}; repeatable`) : option(flags, about),
        part: (written) => writtenEffect(name, at, written),
      }
    }),
  )
  const ofLimits = limits.map(([name, flags, about]): FaultOption => ({
    option: option(flags, about),
    part: (written) => ({ [name]: writtenValue(faultFields[name], written) }),
  }))
  return [...ofEffects, ...ofLimits]
}

/** Not taken apart at commas, as other options are: a header may have some in it. */
function severally(flags: string, about: string): Option {
  return option(flags, about).argParser((value: string, earlier: readonly string[] | undefined) => [
    ...(earlier ?? []),
    value,
  ])
}

/** `understudy fault …`: answers that go wrong. */
export function faultCommand(shell: Shell): Command {
  return group('fault', 'faults: answers that go wrong', [
    adding(shell, 'add', 'puts a fault in force', {}),
    adding(shell, 'next', 'what happens to the next answer, and only to that unless --times says more', { times: 1 }),
    liveCommand('list', 'the faults in force').action((given: LiveOptions) =>
      show(
        shell,
        given,
        (server) => server.request('GET /faults'),
        (data) => faults(data.faults),
      ),
    ),
    liveCommand('clear', 'takes a fault off, or all')
      .argument('[id]', 'such as f1; all if left out')
      .action((id: string | undefined, given: LiveOptions) =>
        show(
          shell,
          given,
          (server) =>
            id === undefined
              ? server.request('DELETE /faults')
              : server.request('DELETE /faults/{id}', { params: { id } }),
          ({ cleared }) => `${cleared} cleared`,
        ),
      ),
  ])
}

/** A command that puts a fault in force; `usual` is what holds where nothing else is said. */
function adding(shell: Shell, name: string, about: string, usual: Pick<FaultSpec, 'times'>): Command {
  const options = faultOptions()
  const command = liveCommand(name, about).argument('<operation>', 'such as secure-login.auth, secure-login.* or *')
  for (const each of options) command.addOption(each.option)
  return command.action((on: string, given: FaultOptions) =>
    show(
      shell,
      given,
      async (server) => {
        const fault = { ...usual, ...toFault(on, given, options) }
        // A misspelt name would wait for ever.
        const whose = name === 'next' ? await userMeant(server, on, given['user']) : {}
        return server.request('POST /faults', { body: { ...fault, ...whose } })
      },
      (fault) => faults([fault]),
    ),
  )
}

/** The user by the name that requests of the API are noted with. Throws as the server does for one that it does not have. */
async function userMeant(server: RunningServer, on: string, said: Said): Promise<{ readonly user?: string }> {
  const [api, operation] = on.split('.')
  if (typeof said !== 'string' || api === undefined || operation === undefined) return {}
  const { username } = await server.request('GET /users/{api}/{username}', { params: { api, username: said } })
  return { user: username }
}

/** What of it is no fault the server says, but that it does nothing, whose words are options here. Throws ERR_USAGE. */
function toFault(
  on: string,
  given: FaultOptions,
  options: readonly FaultOption[],
): JsonObject & { readonly on: string } {
  const parts = options.flatMap((each) => {
    const said = given[each.option.attributeName()]
    return said === undefined ? [] : [said].flat().map(each.part)
  })
  const fault = { ...parts.reduce<JsonObject>(merge, {}), on }
  if (effectList.some(([name]) => name in fault)) return fault
  const flags = effectList.flatMap(([, effect]) => effect.options.map((each) => each.flags.split(' ')[0]))
  throw new UnderstudyError('ERR_USAGE', `The fault does nothing; say what happens: ${flags.join(', ')}.`)
}

function faults(list: readonly FaultView[]): Line[] {
  if (list.length === 0) return ['no faults']
  const rows = list.map(({ id, what, seen, struck, until = '' }) => [id, what, String(seen), String(struck), until])
  return table(['ID', 'WHAT', 'SEEN', 'STRUCK', 'UNTIL'], rows)
}
