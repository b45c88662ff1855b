import type { Command } from 'commander'
import type { JsonObject } from '../core/json.ts'
import { group, liveCommand, option, show, type LiveOptions, type Shell } from './command.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

type FaultOptions = LiveOptions & { readonly [name: string]: string | boolean | undefined }

/** `understudy fault …`: answers that go wrong. */
export function faultCommand(shell: Shell): Command {
  return group('fault', 'faults: answers that go wrong', [
    liveCommand('add', 'puts a fault in force')
      .argument('<operation>', 'such as secure-login.auth, secure-login.* or *')
      .addOption(option('--status <code>', 'answers this status instead'))
      .addOption(option('--body <text>', 'with this body; goes with --status'))
      .addOption(option('--delay <duration>', 'waits so long before the answer, in real time'))
      .addOption(option('--break <how>', 'reset, truncate or malformed'))
      .addOption(option('--omit <member>', 'leaves this member out of the JSON body'))
      .addOption(option('--drop-cookie', 'leaves every Set-Cookie out'))
      .addOption(option('--user <username>', 'only requests of this user'))
      .addOption(option('--nth <count>', 'only the n-th matching request'))
      .addOption(option('--times <count>', 'at most so many times'))
      .addOption(option('--probability <share>', 'how often, from 0 to 1'))
      .addOption(option('--for <duration>', "ends by itself after so long, by the world's clock"))
      .addOption(option('--processed', 'the server does its work before the fault strikes'))
      .action((on: string, options: FaultOptions) =>
        show(
          shell,
          options,
          (server) => server.call('POST', '/faults', toFault(on, options)),
          (fault) => faults([fault]),
        ),
      ),
    liveCommand('list', 'the faults in force').action((options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => server.call('GET', '/faults'),
        (data) => faults(data['faults'] as readonly JsonObject[]),
      ),
    ),
    liveCommand('clear', 'takes a fault off, or all')
      .argument('[id]', 'such as f1; all if left out')
      .action((id: string | undefined, options: LiveOptions) =>
        show(
          shell,
          options,
          (server) => server.call('DELETE', id === undefined ? '/faults' : `/faults/${encodeURIComponent(id)}`),
          ({ cleared }) => `${String(cleared)} cleared`,
        ),
      ),
  ])
}

function toFault(on: string, options: FaultOptions): JsonObject {
  const { status, body, delay, omit, dropCookie, user, nth, times, probability, processed } = options
  const reply = status === undefined && body === undefined ? undefined : given({ status: numeric(status), body })
  const fault = { on, reply, delay, break: options['break'], omit, dropCookie, user, for: options['for'], processed }
  return given({ ...fault, nth: numeric(nth), times: numeric(times), probability: numeric(probability) })
}

/** A number where it is one; anything else is left for the server to refuse. */
function numeric(value: string | boolean | undefined): string | number | boolean | undefined {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
}

function given(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function faults(list: readonly JsonObject[]): Line[] {
  if (list.length === 0) return ['no faults']
  const rows = list.map(({ id, what, seen, struck, until }) => [
    String(id),
    String(what),
    String(seen),
    String(struck),
    String(until ?? ''),
  ])
  return table(['ID', 'WHAT', 'SEEN', 'STRUCK', 'UNTIL'], rows)
}
