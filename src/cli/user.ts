import type { Command } from 'commander'
import type { FieldView } from '../control/field-view.ts'
import type { ShownUser } from '../control/views.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Named } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { idNamed, ours } from './apis.ts'
import { group, liveCommand, option, show, type LiveOptions, type Shell } from './command.ts'
import { peopleCommands } from './people.ts'
import { readPair, toPatch, type WrittenPair } from '../control/written-patch.ts'
import type { RunningServer } from './server.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'
import { shownText, usersTable } from './users-table.ts'

type UserOptions = LiveOptions & {
  readonly api?: string
  readonly for?: string
  readonly until?: string
  readonly failures?: string
  readonly pin?: string
  readonly password?: string
}

type ListOptions = UserOptions & { readonly limit: string; readonly state?: string; readonly match?: string }

/** `understudy user …`: look at users, and force states on them while the app runs. */
export function userCommand(shell: Shell): Command {
  const api = (): ReturnType<typeof option> =>
    option('--api <id or file>', 'which API; found by the username if left out')
  return group('user', 'users and their states', [
    liveCommand('list', 'the users, with the states that requests would meet now')
      .addOption(option('--api <id or file>', 'only of this API'))
      .addOption(option('--state <state>', 'only in this state'))
      .addOption(option('--match <words>', 'only with each of these words in the username, a name or an address'))
      .addOption(option('--limit <count>', 'at most so many of each API').default('100'))
      .action((options: ListOptions) => list(shell, options)),
    liveCommand('show', 'one user, with the code that an authenticator app would show now')
      .argument('<username>')
      .addOption(api())
      .action((username: string, options: UserOptions) => one(shell, options, username)),
    liveCommand('set', 'forces a state on a user, at once and for open sessions too')
      .argument('<username>')
      .argument(
        '[state or name=value...]',
        'further usernames; a state such as blocked, of which expired ends every session; other facts, such as pin=123456',
      )
      .addOption(api())
      .addOption(option('--for <duration>', 'how long, such as 30m'))
      .addOption(option('--until <instant>', 'until when, such as 2026-01-15T09:30:00Z or +30m'))
      .addOption(option('--failures <count>', 'wrong codes counted so far'))
      .addOption(option('--pin <digits>', 'another fixed PIN'))
      .addOption(option('--password <text>', 'another password'))
      .addHelpText('after', () => `\n${settableByApi().join('\n')}`)
      .action((username: string, words: readonly string[], options: UserOptions) => {
        const names = words.filter((word) => !word.includes('='))
        const pairs = words.filter((word) => word.includes('='))
        return set(shell, options, [username, ...names], toChange(pairs, options, names.length > 0))
      }),
    ...peopleCommands(shell),
    liveCommand('unblock', 'ends a block and clears the failures')
      .argument('<username>')
      .addOption(api())
      .action((username: string, options: UserOptions) =>
        set(shell, options, [username], { facts: { unblock: true }, pairs: [] }),
      ),
  ])
}

/** What can be set on a user of each API of ours; `GET /apis` tells the same of others. */
function settableByApi(): string[] {
  return ours.flatMap(({ id, title, userChange: { state, unblock: _unblock, ...facts } }) => [
    `${title} (--api ${id}):`,
    `  states: ${state?.kind === 'choice' ? state.choices.join(', ') : 'none'}`,
    `  facts:  ${Object.keys(facts).join(', ')}`,
  ])
}

/** What is to be set: facts as they are sent, and others that the server has to say how to read. */
interface Change {
  readonly facts: JsonObject
  readonly pairs: readonly WrittenPair[]
}

function toChange(written: readonly string[], options: UserOptions, hasMore: boolean): Change {
  const { for: duration, until, failures, pin, password } = options
  const count = failures !== undefined && /^\d+$/.test(failures) ? Number(failures) : failures
  const given = Object.entries({ for: duration, until, failures: count, pin, password })
  const facts = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  const pairs = written.map(readPair)
  if (hasMore || pairs.length > 0 || Object.keys(facts).length > 0) return { facts, pairs }
  throw new UnderstudyError('ERR_USAGE', 'Nothing to set: name a state, or give --failures, --pin or --password.')
}

/** What can be set on a user, as the server describes it: of one API, or of all. */
async function factsOf(server: RunningServer, only: string | undefined): Promise<Named<FieldView>> {
  const { apis } = await server.request('GET /apis')
  const meant = apis.filter(({ id }) => only === undefined || id === only)
  return Object.fromEntries(meant.flatMap(({ fields }) => Object.entries(fields.user)))
}

async function list(shell: Shell, options: ListOptions): Promise<void> {
  const { limit, state, match: search } = options
  const api = await idNamed(shell.io, options.api)
  return show(
    shell,
    options,
    (server) => server.request('GET /users', { query: { limit, api, state, search } }),
    ({ users, total, unseen = 0 }) => [
      ...(total === 0 ? [nobody(state, search)] : usersTable(shell, users)),
      ...(total > users.length ? [`… and ${total - users.length} more; --limit shows them`] : []),
      ...(unseen > 0 ? [`${unseen} of a crowd whom nobody has met were not looked at; --match finds usernames`] : []),
    ],
  )
}

/** What there is none of. */
function nobody(state: string | undefined, search: string | undefined): string {
  const words = search === undefined ? '' : ` with "${search}" in the username, a name or an address`
  if (state === undefined && search === undefined) return 'no users'
  return `no user${words}${state === undefined ? '' : ` is ${state}`}`
}

async function one(shell: Shell, options: UserOptions, username: string): Promise<void> {
  const api = await idNamed(shell.io, options.api)
  return show(
    shell,
    options,
    (server) =>
      api === undefined
        ? server.request('GET /users/{username}', { params: { username } })
        : server.request('GET /users/{api}/{username}', { params: { api, username } }),
    details,
  )
}

async function set(shell: Shell, options: UserOptions, words: readonly string[], change: Change): Promise<void> {
  const api = await idNamed(shell.io, options.api)
  return show(
    shell,
    options,
    async (server): Promise<ShownUser | { readonly users: readonly ShownUser[] }> => {
      const { usernames, state } = await meantBy(server, words, change)
      const others = change.pairs.length === 0 ? {} : toPatch(change.pairs, await factsOf(server, api))
      const body = { ...(state === undefined ? {} : { state }), ...change.facts, ...others }
      const [username = ''] = usernames
      if (usernames.length > 1)
        return server.request('PUT /users', {
          body: { users: usernames, change: body, ...(api === undefined ? {} : { api }) },
        })
      return api === undefined
        ? server.request('PUT /users/{username}', { params: { username }, body })
        : server.request('PUT /users/{api}/{username}', { params: { api, username }, body })
    },
    (told) => usersTable(shell, isSeveral(told) ? told.users : [told]),
  )
}

function isSeveral(told: ShownUser | { readonly users: readonly ShownUser[] }): told is {
  readonly users: readonly ShownUser[]
} {
  return Array.isArray(told['users'])
}

/** What is said of a state, and so of nobody who is given none. */
const ofStates = ['for', 'until']

/** The last of several words is a state, unless other facts are given and there is no such state. */
async function meantBy(
  server: RunningServer,
  words: readonly string[],
  { facts, pairs }: Change,
): Promise<{ readonly usernames: readonly string[]; readonly state?: string }> {
  const state = words.at(-1)
  if (words.length === 1 || state === undefined) return { usernames: words }
  const isForState = Object.keys(facts).some((name) => ofStates.includes(name))
  if (!isForState && (Object.keys(facts).length > 0 || pairs.length > 0)) {
    const { apis } = await server.request('GET /apis')
    if (!apis.some(({ fields }) => fields.states.includes(state))) return { usernames: words }
  }
  return { usernames: words.slice(0, -1), state }
}

function details(user: JsonObject): Line[] {
  const rows = Object.entries(user).map(([name, value]) => [name, shownText(value)])
  return table(undefined, rows)
}
