import type { Identity, Seed, SeedStart } from '../../core/api.ts'
import { isAddressRange } from '../../core/address-range.ts'
import type { Issue } from '../../core/errors.ts'
import { choice, duration, flag, integer, list, map, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { isJsonObject, type Json } from '../../core/json.ts'
import { nearestWord } from '../../core/nearest.ts'
import { alphabets, createRandom } from '../../core/random.ts'
import { beginSession, wholeSecond } from '../../model/sessions.ts'
import { groupSpec, toGroup, type GroupSpec } from './group.ts'
import { limits } from './contract.ts'
import { settingFields } from './settings.ts'
import { secrets, sessions, sids, userIds, users, type Session, type User } from './state.ts'

/** A user as a scenario writes it. */
export type UserSpec = Infer<typeof userSpec>

/** A session that is open at the start, as a scenario writes it. */
export type SessionSpec = Infer<typeof sessionSpec>

/** The `gentics-cms` part of a scenario. */
export type Section = Infer<typeof section>

/** Where a scenario says nothing of groups: everybody is in one, or nobody could log in. */
const usualGroup: GroupSpec = { name: 'Editors', description: '' }

const userSpec = {
  state: choice(['active', 'no-groups'], {
    about: 'no-groups: kept out of all groups, and so of the CMS',
    default: 'active',
  }),
  password: text({ about: 'the login if blank', secret: true, optional: true }),
  id: integer({ about: 'number of the user; by seed if blank', optional: true, min: 1, max: limits.greatestSid }),
  firstName: text({ about: 'made up by seed if blank', optional: true }),
  lastName: text({ about: 'made up by seed if blank', optional: true }),
  description: text({ about: 'a note on the user', default: '' }),
  email: text({ about: 'made up by seed if blank', optional: true }),
  groups: list(groupSpec(), { about: 'the groups that the user is in', default: [usualGroup] }),
  seesMaintenance: flag({ about: 'whether the user may log in while there is maintenance', default: false }),
}

const sessionSpec = {
  user: text({ about: 'whose it is' }),
  sid: integer({
    about: 'its number; by its place in the list if blank',
    optional: true,
    min: 1,
    max: limits.greatestSid,
  }),
  secret: text({
    about: 'its secret, which several may share; by seed if blank',
    pattern: /^[0-9A-Za-z]{15}$/,
    shape: 'fifteen letters and digits',
    secret: true,
    optional: true,
  }),
  idle: duration({ about: 'for how long it has been idle', default: 0, min: 0 }),
}

export const section = {
  ...settingFields,
  users: map(object(userSpec, { about: 'a user' }), { about: 'the users, by login', default: {} }),
  sessions: list(object(sessionSpec, { about: 'a session' }), {
    about: 'sessions that are open at the start',
    default: [],
  }),
  crowd: integer({
    about: 'so many further users crowd-1, crowd-2, …, made when first met',
    default: 0,
    min: 0,
    max: 10_000_000,
  }),
}

export const identity: Identity = {
  fields: userSpec,
  add: (given, people) => {
    const written = given['users'] ?? {}
    if (!isJsonObject(written)) return given
    const added = people.map(({ username, facts, spec }) => {
      const told = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
      return [username, { ...told, ...spec }] as const
    })
    return { ...given, users: Object.fromEntries([...Object.entries(written), ...added]) }
  },
}

const crowdPrefix = 'crowd-'
/** The numbers of a crowd, so that a number tells the member. */
const crowdIds = 1_000_000

/** What is wrong with a section although each member fits by itself. */
export function* sectionIssues(given: Section): Iterable<Issue> {
  for (const [index, range] of (given.allowFrom ?? []).entries()) {
    if (isAddressRange(range)) continue
    yield { path: ['allowFrom', index], message: `"${range}" is no address, and no range such as 10.0.0.0/8.` }
  }
  const byId = new Map<number, string>()
  for (const [username, { id }] of Object.entries(given.users)) {
    if (id === undefined) continue
    const other = byId.get(id)
    if (other !== undefined) yield { path: ['users', username, 'id'], message: `${id} is the id of ${other} already.` }
    byId.set(id, username)
  }
  const taken = new Set<number>()
  for (const [index, { user, sid = index + 1 }] of given.sessions.entries()) {
    if (!isUser(user, given)) yield unknownUser(['sessions', index, 'user'], user, given)
    if (taken.has(sid)) yield { path: ['sessions', index, 'sid'], message: `There is a session ${sid} already.` }
    taken.add(sid)
  }
}

function isUser(username: string, { users: written, crowd }: Section): boolean {
  return Object.hasOwn(written, username) || memberNumber(username, crowd) !== undefined
}

function unknownUser(path: Issue['path'], username: string, { users: written }: Section): Issue {
  const nearest = nearestWord(username, Object.keys(written))
  const message = `"${username}" is not one of the users.`
  return { path, message, ...(nearest === undefined ? {} : { nearest }) }
}

/** The records at the start: the settings, the users written down, the crowd, and the sessions. */
export function seed(given: Section, start: SeedStart): Seed {
  const { users: written, sessions: specs, crowd, ...settings } = given
  const open = specs.map((spec, index) => seedSession(spec, index, start))
  const bySid = new Map(open.map((session) => [sessions.key(session.sid), session]))
  const shared = new Set(open.map(({ secret }) => secret))
  const idOf = (username: string): number => written[username]?.id ?? drawnId(username, start)
  const named = new Map(Object.keys(written).map((username) => [idOf(username), username]))
  const userOf = (username: string): User | undefined => {
    const spec = Object.hasOwn(written, username) ? written[username] : undefined
    if (spec !== undefined) return seedUser(username, spec, idOf(username), start)
    const number = memberNumber(username, crowd)
    return number === undefined ? undefined : seedUser(username, member, crowdIds + number, start)
  }
  return {
    *keys() {
      yield 'settings'
      for (const username of Object.keys(written)) yield users.key(username)
      for (const { sid } of open) yield sessions.key(sid)
      for (const secret of shared) yield secrets.key(secret)
      for (let number = 1; number <= crowd; number++) {
        const username = `${crowdPrefix}${number}`
        if (!Object.hasOwn(written, username)) yield users.key(username)
      }
    },
    get(key) {
      if (key === 'settings') return settings
      if (key === sids.key('given')) return { last: open.reduce((last, { sid }) => Math.max(last, sid), 0) }
      const colon = key.indexOf(':')
      const [kind, id] = [key.slice(0, colon), key.slice(colon + 1)]
      switch (kind) {
        case 'user':
          return userOf(id)
        case 'user-id': {
          const username = named.get(Number(id)) ?? `${crowdPrefix}${Number(id) - crowdIds}`
          return userIds.key(userOf(username)?.id ?? 0) === key ? { username } : undefined
        }
        case 'session':
          return bySid.get(key)
        case 'secret':
          return shared.has(id) ? { ended: false } : undefined
        default:
          return undefined
      }
    },
  }
}

const member: UserSpec = { state: 'active', description: '', groups: [usualGroup], seesMaintenance: false }

function memberNumber(username: string, size: number): number | undefined {
  if (!username.startsWith(crowdPrefix)) return undefined
  const digits = username.slice(crowdPrefix.length)
  return /^[1-9][0-9]*$/.test(digits) && Number(digits) <= size ? Number(digits) : undefined
}

/** Blanks are drawn by the scenario's seed and the login, so that one user's blanks never depend on another's. */
function drawnId(username: string, start: SeedStart): number {
  return 10_000 + createRandom(`${start.seed}:gentics-cms:${username}`).below(crowdIds - 10_000)
}

function seedUser(username: string, spec: UserSpec, id: number, start: SeedStart): User {
  const { state, password = username, description, groups, seesMaintenance } = spec
  return {
    username,
    password,
    id,
    ...nameOf(username, spec, start),
    description,
    groups: (groups.length === 0 ? [usualGroup] : groups).map(toGroup),
    inGroups: state === 'active' && groups.length > 0,
    seesMaintenance,
    sessionEpoch: 0,
  }
}

function seedSession({ user, sid, secret, idle }: SessionSpec, index: number, start: SeedStart): Session {
  const draw = createRandom(`${start.seed}:gentics-cms:session:${index}`)
  return {
    sid: sid ?? index + 1,
    ...beginSession({ username: user, sessionEpoch: 0 }, wholeSecond(start.now - idle)),
    secret: secret ?? draw.text(limits.secretLength, alphabets.alphanumeric),
  }
}

function nameOf(username: string, spec: UserSpec, start: SeedStart): Pick<User, 'firstName' | 'lastName' | 'email'> {
  const { firstName, lastName, email } = spec
  if (firstName !== undefined && lastName !== undefined && email !== undefined) return { firstName, lastName, email }
  const person: Json = start.answer({ kind: 'person', seed: `${start.seed}:${username}` })
  const made = isJsonObject(person) ? person : {}
  return {
    firstName: firstName ?? String(made['firstName']),
    lastName: lastName ?? String(made['lastName']),
    email: email ?? String(made['email']),
  }
}
