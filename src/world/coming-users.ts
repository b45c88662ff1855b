import type { AnyApi, UserView } from '../core/api.ts'
import { check } from '../core/check.ts'
import { Draft } from '../core/draft.ts'
import { unusable, type Issue, type UnderstudyError } from '../core/errors.ts'
import { object } from '../core/field.ts'
import { asObject, isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import { spellFields } from '../core/spell-fields.ts'
import type { Stage } from './stage.ts'

/** Users who come into a world while it runs, and are gone from it when the scenario is started again. */
export interface ComingUsers {
  readonly made: Made
  readonly views: readonly UserView[]
  /** Puts them into the world, all of them at once. */
  readonly come: () => void
}

/**
 * Reads further users of an API, each written as a scenario writes one, with the `username` among the members. Throws
 * ERR_CHANGE_INVALID with everything that is wrong with any of them; the first step of a path is `users`, the second which.
 */
export function readUsers(stage: Stage, api: AnyApi, given: readonly JsonObject[]): ComingUsers {
  const issues = [...nameIssues(given)]
  if (issues.length > 0) throw wrongUsers(issues)
  const { section, before, isList } = sectionWith(stage, api, given)
  const { value, issues: wrong } = check(object(api.section, { about: 'a section' }), section)
  const place = ({ path: [first, which, ...rest], ...issue }: Issue): readonly Issue[] => {
    const index = isList ? Number(which) - before : given.findIndex(({ username }) => username === which)
    return first === 'users' && index >= 0 ? [{ ...issue, path: ['users', index, ...rest] }] : []
  }
  const mine = (value === undefined ? [...wrong] : [...api.sectionIssues(value)]).flatMap(place)
  if (mine.length > 0 || value === undefined) throw wrongUsers(mine.length > 0 ? mine : wrong)
  const made = recordsOf(stage, api, value, before, given)
  const there = made.flatMap(([key, record], index) =>
    stage.store.get(`${api.id}/${key}`) === undefined
      ? []
      : [{ path: ['users', index, 'username'], message: `${nameOf(stage, api, record)} is there already.` }],
  )
  if (there.length > 0) throw wrongUsers(there)
  return {
    made,
    views: made.map(([, record]) => viewOf(stage, api, record)),
    come: () => put(stage, api, made),
  }
}

/** Takes a user away. Those who are signed in are nobody's any more. */
export function removeUser(stage: Stage, api: AnyApi, key: string): void {
  const record = asObject(stage.store.get(key))
  const name = nameOf(stage, api, record)
  const draft = draftOf(stage, api)
  draft.put(key.slice(api.id.length + 1), undefined)
  draft.commit(api.userKin?.(record, draft, false) ?? [])
  stage.store.commit(draft.changes, `${api.id}/`)
  stage.tell(`${api.title}: ${name} was removed`)
}

/** Puts another user beside one: the same but for what tells them apart. */
export function cloneUser(stage: Stage, api: AnyApi, key: string, username: string): UserView {
  const original = asObject(stage.store.get(key))
  const { account } = original
  const spec = { username, ...(typeof account === 'string' ? { account } : {}), ...neededBy(api, original) }
  const { made } = readUsers(stage, api, [spec])
  const [[itsKey, fresh] = ['', {}]] = made
  const own = Object.fromEntries(['username', 'id'].flatMap((name) => (name in fresh ? [[name, fresh[name]]] : [])))
  const record = { ...original, ...own }
  put(stage, api, [[itsKey, record]])
  return viewOf(stage, api, record)
}

/** What a user cannot be written without. */
function neededBy(api: AnyApi, original: JsonObject): JsonObject {
  const { users } = api.section
  const item = users?.kind === 'map' || users?.kind === 'list' ? users.item : undefined
  const fields = item?.kind === 'object' ? Object.entries(item.fields) : []
  const needed = fields.filter(([, field]) => field.optional !== true && field.default === undefined)
  return Object.fromEntries(
    needed.flatMap(([name]) => (name !== 'username' && original[name] !== undefined ? [[name, original[name]]] : [])),
  )
}

type Made = readonly (readonly [key: string, record: JsonObject])[]

/** The records of those who come, in their order. */
function recordsOf(stage: Stage, api: AnyApi, section: JsonObject, before: number, given: readonly JsonObject[]): Made {
  const seed = api.seed(section, { now: stage.now(), seed: stage.setup.seed, answer: stage.answers.now })
  const isList = api.section['users']?.kind === 'list'
  const keys = [...seed.keys()].filter((key) => key.startsWith('user:'))
  return given.map(({ username }, index) => {
    const key = isList ? (keys[before + index] as string) : `user:${String(username)}`
    return [key, asObject(seed.get(key))] as const
  })
}

function put(stage: Stage, api: AnyApi, made: Made): void {
  const draft = draftOf(stage, api)
  for (const [key, record] of made) {
    draft.put(key, record)
    draft.commit(api.userKin?.(record, draft, true) ?? [])
  }
  stage.store.commit(draft.changes, `${api.id}/`)
  const names = made.map(([, record]) => nameOf(stage, api, record))
  const told =
    names.length > 3 ? `${names.length} users were` : `${names.join(', ')} ${names.length === 1 ? 'was' : 'were'}`
  stage.tell(`${api.title}: ${told} added`)
}

function draftOf(stage: Stage, api: AnyApi): Draft {
  return new Draft({ get: (key) => stage.store.get(`${api.id}/${key}`) })
}

/** The section as written, with the settings that are in force, and with those who come behind those who are there. */
function sectionWith(
  stage: Stage,
  api: AnyApi,
  given: readonly JsonObject[],
): { readonly section: JsonObject; readonly before: number; readonly isList: boolean } {
  const section = { ...asObject(stage.setup.source[api.id] ?? {}), ...spellFields(api.settings, stage.settings(api)) }
  const written = section['users']
  if (api.section['users']?.kind === 'list') {
    const others = (Array.isArray(written) ? written : []).filter((each: Json) => !isOneOf(given, each))
    return { section: { ...section, users: [...others, ...given] }, before: others.length, isList: true }
  }
  const coming = given.map(({ username, ...spec }) => [String(username), spec] as const)
  const users = Object.fromEntries([...Object.entries(asObject(written ?? {})), ...coming])
  return { section: { ...section, users }, before: 0, isList: false }
}

function isOneOf(given: readonly JsonObject[], each: Json): boolean {
  if (!isJsonObject(each)) return false
  return given.some(({ username, account }) => each['username'] === username && each['account'] === account)
}

function* nameIssues(given: readonly JsonObject[]): Iterable<Issue> {
  const seen = new Set<string>()
  for (const [index, user] of given.entries()) {
    const path = ['users', index, 'username']
    if (!isJsonObject(user)) {
      yield { path: ['users', index], message: 'is not a map with a username and other members.' }
      continue
    }
    const { username, account } = user
    if (typeof username !== 'string' || username === '') yield { path, message: 'is missing: who it is' }
    if (username === '__proto__') yield { path, message: 'Nobody can be called so.' }
    const id = `${JSON.stringify(account)} ${String(username)}`
    if (seen.has(id)) yield { path, message: `"${String(username)}" is there twice.` }
    seen.add(id)
  }
}

function viewOf(stage: Stage, api: AnyApi, record: JsonObject): UserView {
  return api.viewUser(record, stage.settings(api), stage.now())
}

function nameOf(stage: Stage, api: AnyApi, record: JsonObject): string {
  return viewOf(stage, api, record).username
}

function wrongUsers(issues: readonly Issue[]): UnderstudyError {
  return unusable('ERR_CHANGE_INVALID', 'The users', issues)
}
