import type { Command } from 'commander'
import * as registry from '../apis/registry.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { AnyField, FieldMap } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { group, liveCommand, option, print, show, type LiveOptions, type Shell } from './command.ts'
import { findServer, type RunningServer } from './server.ts'
import { toPatch } from './patch.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

/** What can be set on a user, and the states that can be forced, of all APIs. */
const facts: FieldMap = Object.assign({}, ...Object.values(registry).map(({ userChange }) => userChange))
const states = [...new Set(Object.values(registry).flatMap(({ userChange }) => choicesOf(userChange.state)))].join(', ')

function choicesOf(field: AnyField): readonly string[] {
  return field.kind === 'choice' ? field.choices : []
}

type UserOptions = LiveOptions & {
  readonly api?: string
  readonly for?: string
  readonly until?: string
  readonly failures?: string
  readonly pin?: string
  readonly password?: string
}

/** `understudy user …`: look at users, and force states on them while the app runs. */
export function userCommand(shell: Shell): Command {
  const api = (): ReturnType<typeof option> => option('--api <id>', 'which API; found by the username if left out')
  return group('user', 'users and their states', [
    liveCommand('list', 'the users, with the states that requests would meet now')
      .addOption(option('--api <id>', 'only of this API'))
      .addOption(option('--limit <count>', 'at most so many').default('100'))
      .action((options: UserOptions & { limit: string }) => list(shell, options)),
    liveCommand('show', 'one user, with the code that an authenticator app would show now')
      .argument('<username>')
      .addOption(api())
      .action((username: string, options: UserOptions) => one(shell, options, username, 'GET')),
    liveCommand('set', 'forces a state on a user, at once and for open sessions too')
      .argument('<username>')
      .argument('[state]', `${states}; expired ends every session of the user`)
      .argument('[name=value...]', 'other facts, such as pin=123456')
      .addOption(api())
      .addOption(option('--for <duration>', 'how long, such as 30m'))
      .addOption(option('--until <instant>', 'until when, such as 2026-01-15T09:30:00Z or +30m'))
      .addOption(option('--failures <count>', 'wrong codes counted so far'))
      .addOption(option('--pin <digits>', 'another fixed PIN'))
      .addOption(option('--password <text>', 'another password'))
      .action((username: string, state: string | undefined, more: readonly string[], options: UserOptions) =>
        one(shell, options, username, 'PUT', toChange(state, more, options)),
      ),
    liveCommand('unblock', 'ends a block and clears the failures')
      .argument('<username>')
      .addOption(api())
      .action((username: string, options: UserOptions) => one(shell, options, username, 'PUT', { unblock: true })),
  ])
}

function toChange(word: string | undefined, more: readonly string[], options: UserOptions): JsonObject {
  // The state may be left out, and then the first fact stands in its place.
  const isFact = word?.includes('=') === true
  const [state, pairs] = isFact ? [undefined, [word, ...more]] : [word, more]
  const { for: duration, until, failures, pin, password } = options
  const count = failures !== undefined && /^\d+$/.test(failures) ? Number(failures) : failures
  const given = Object.entries({ state, for: duration, until, failures: count, pin, password })
  const change = { ...Object.fromEntries(given.filter(([, value]) => value !== undefined)), ...toPatch(pairs, facts) }
  if (Object.keys(change).length > 0) return change
  throw new UnderstudyError('ERR_USAGE', 'Nothing to set: name a state, or give --failures, --pin or --password.')
}

function list(shell: Shell, options: UserOptions & { limit: string }): Promise<void> {
  const query = new URLSearchParams({
    limit: options.limit,
    ...(options.api === undefined ? {} : { api: options.api }),
  })
  return show(
    shell,
    options,
    (server) => server.call('GET', `/users?${query}`),
    (data) => {
      const users = data['users'] as readonly JsonObject[]
      const more = Number(data['total']) - users.length
      return [...usersTable(users), ...(more > 0 ? [`… and ${more} more; --limit shows them`] : [])]
    },
  )
}

async function one(
  shell: Shell,
  options: UserOptions,
  username: string,
  method: 'GET' | 'PUT',
  body?: JsonObject,
): Promise<void> {
  const server = await findServer(shell.io, options)
  const api = options.api ?? (await apiOf(server, username))
  const user = await server.call(method, `/users/${encodeURIComponent(api)}/${encodeURIComponent(username)}`, body)
  print(shell, options, user, (data) => (method === 'PUT' ? usersTable([data]) : details(data)))
}

/** The one API that has such a user. With none or several, the caller is told. */
async function apiOf(server: RunningServer, username: string): Promise<string> {
  const { apis } = await server.call('GET', '/state')
  const ids = (apis as readonly JsonObject[]).map(({ id }) => String(id))
  const found: string[] = []
  let refusal: unknown
  for (const id of ids) {
    try {
      await server.call('GET', `/users/${id}/${encodeURIComponent(username)}`)
      found.push(id)
    } catch (error) {
      if (!(error instanceof UnderstudyError)) throw error
      // Asked again, that API says which users of the name it has.
      if (error.code === 'ERR_USER_AMBIGUOUS') found.push(id)
      else if (error.code === 'ERR_USAGE') refusal ??= error
      else throw error
    }
  }
  if (found.length > 1)
    throw new UnderstudyError('ERR_USAGE', `${username} is a user of ${found.join(' and ')}; say which with --api.`)
  const [only] = found
  if (only === undefined) throw refusal
  return only
}

/** Users as a table: what one needs to sign in with, and where they stand. */
export function usersTable(users: readonly JsonObject[]): Line[] {
  const rows = users.map((user) => [
    text(user['api']),
    text(user['username']),
    text(user['state']),
    user['failures'] === undefined ? '' : `${text(user['failures'])}/${text(user['limit'])}`,
    user['until'] === undefined ? '' : `${text(user['until'])} (${text(user['remaining'])})`,
    text(user['password']),
    text(user['pin'] ?? user['code'] ?? (user['totp'] === undefined ? '' : 'time-based')),
  ])
  return table(['API', 'USER', 'STATE', 'FAILURES', 'UNTIL', 'PASSWORD', 'PIN'], rows)
}

function details(user: JsonObject): Line[] {
  const rows = Object.entries(user).map(([name, value]) => [name, text(value)])
  return table(undefined, rows)
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
