import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { FieldView } from '../control/field-view.ts'
import type { ShownUser } from '../control/views.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Named } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { messageOf } from '../core/thrown.ts'
import { idNamed } from './apis.ts'
import { liveCommand, option, print, show, type LiveOptions, type Shell } from './command.ts'
import { readPair, toPatch } from '../control/written-patch.ts'
import { findServer, type RunningServer } from './server.ts'
import { readUserFile } from '../control/user-file.ts'
import { usersTable } from './users-table.ts'

type PeopleOptions = LiveOptions & { readonly api?: string; readonly preview?: boolean }

/** `understudy user add|clone|remove|import`: who is there beside those of the scenario, until it is started again. */
export function peopleCommands(shell: Shell): readonly Command[] {
  const api = (): ReturnType<typeof option> => option('--api <id or file>', 'which API')
  return [
    liveCommand('add', 'another user, until the scenario is started again')
      .argument('<username>')
      .argument('[name=value...]', 'what a scenario writes of a user, such as pin=123456; the rest is made up')
      .addOption(api())
      .action((username: string, more: readonly string[], options: PeopleOptions) =>
        add(shell, options, username, more),
      ),
    liveCommand('clone', 'another user who is the same, but for the username and the id')
      .argument('<username>')
      .argument('<other>', 'the username of the other')
      .addOption(api())
      .action((username: string, other: string, options: PeopleOptions) => clone(shell, options, username, other)),
    liveCommand('remove', 'takes a user away, until the scenario is started again')
      .argument('<username>')
      .addOption(api())
      .action((username: string, options: PeopleOptions) => remove(shell, options, username)),
    liveCommand('import', 'users of a CSV file: all of them, or none')
      .argument('<csv>', 'its first line names what a scenario writes of a user: username,pin,state,…')
      .addOption(api())
      .addOption(option('--preview', 'only shows who would come, or what is wrong'))
      .action((file: string, options: PeopleOptions) => bring(shell, options, file)),
  ]
}

async function add(shell: Shell, options: PeopleOptions, username: string, more: readonly string[]): Promise<void> {
  const pairs = more.map(readPair)
  await show(
    shell,
    options,
    async (server) => {
      const { id, fields } = await apiMeant(shell, server, options)
      const users = [{ username, ...toPatch(pairs, fields) }]
      return server.request('POST /users', { body: { api: id, users } })
    },
    ({ users }) => usersTable(shell, users),
  )
}

async function clone(shell: Shell, options: PeopleOptions, username: string, other: string): Promise<void> {
  await show(
    shell,
    options,
    async (server) => {
      const params = await userMeant(shell, server, options, username)
      return server.request('POST /users/{api}/{username}/clone', { params, body: { username: other } })
    },
    (user) => usersTable(shell, [user]),
  )
}

async function remove(shell: Shell, options: PeopleOptions, username: string): Promise<void> {
  await show(
    shell,
    options,
    async (server) => {
      const params = await userMeant(shell, server, options, username)
      return server.request('DELETE /users/{api}/{username}', { params })
    },
    (user) => `${user.username} of ${user.api} was removed`,
  )
}

async function bring(shell: Shell, options: PeopleOptions, file: string): Promise<void> {
  const text = await readFile(resolve(shell.io.cwd, file), 'utf8').catch((error: unknown) => {
    throw new UnderstudyError('ERR_USAGE', `${file} was not read: ${messageOf(error)}.`)
  })
  const server = await findServer(shell.io, options)
  const { id, fields } = await apiMeant(shell, server, options)
  const { users, wrong } = readUserFile(file, text, fields)
  const preview = options.preview === true
  const told = await ask(server, { api: id, users, preview }, wrong)
  print(shell, options, told, () => [
    ...(told.users.length === 0 ? [] : usersTable(shell, told.users)),
    told.users.length === 1
      ? `1 user ${preview ? 'would be added; nothing was changed' : 'was added'}`
      : `${told.users.length} users ${preview ? 'would be added; nothing was changed' : 'were added'}`,
  ])
}

async function ask(
  server: RunningServer,
  body: { readonly api: string; readonly users: readonly JsonObject[]; readonly preview: boolean },
  wrong: (issues: UnderstudyError['issues']) => UnderstudyError,
): Promise<{ readonly users: readonly ShownUser[] }> {
  try {
    return await server.request('POST /users', { body })
  } catch (error) {
    if (error instanceof UnderstudyError && error.issues.length > 0) throw wrong(error.issues)
    throw error
  }
}

/** The API that is named, or the only one. Throws ERR_USAGE, with those there are. */
async function apiMeant(
  shell: Shell,
  server: RunningServer,
  options: PeopleOptions,
): Promise<{ readonly id: string; readonly fields: Named<FieldView> }> {
  const { apis } = await server.request('GET /apis')
  const named = await idNamed(shell.io, options.api)
  const id = named ?? (apis.length === 1 ? apis[0]?.id : undefined)
  if (id === undefined) {
    const there = apis.map((api) => api.id).join(', ')
    throw new UnderstudyError('ERR_USAGE', `Say with --api whose user that is; there are ${there}.`)
  }
  return { id, fields: apis.find((api) => api.id === id)?.fields.newUser ?? {} }
}

async function userMeant(
  shell: Shell,
  server: RunningServer,
  options: PeopleOptions,
  username: string,
): Promise<{ readonly api: string; readonly username: string }> {
  const api = await idNamed(shell.io, options.api)
  if (api !== undefined) return { api, username }
  const found = await server.request('GET /users/{username}', { params: { username } })
  return { api: found.api, username: found.username }
}
