import type { Seed, SeedStart } from '../../core/api.ts'
import { isAddressRange } from '../../core/address-range.ts'
import type { Issue } from '../../core/errors.ts'
import { duration, integer, list, map, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { nearestWord } from '../../core/nearest.ts'
import { alphabets, createRandom } from '../../core/random.ts'
import { crowdField, crowdNames, crowdNumber } from '../../model/crowd.ts'
import { identityByName } from '../../model/identity.ts'
import { makerFrom } from '../../model/maker.ts'
import { beginSession, wholeSecond } from '../../model/sessions.ts'
import { usualGroup } from './group.ts'
import { limits } from './wire.ts'
import { settingFields } from './settings.ts'
import {
  crowdIds,
  drawnId,
  secrets,
  sessions,
  settingsRecord,
  sids,
  userFacts,
  userIds,
  users,
  type Session,
  type User,
} from './state.ts'

/** A user as a scenario writes it. */
export type UserSpec = Infer<typeof userFacts.scenario>

/** A session that is open at the start, as a scenario writes it. */
export type SessionSpec = Infer<typeof sessionSpec>

/** The `gentics-cms` part of a scenario. */
export type Section = Infer<typeof section>

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
  users: map(object(userFacts.scenario, { about: 'a user' }), { about: 'the users, by login', default: {} }),
  sessions: list(object(sessionSpec, { about: 'a session' }), {
    about: 'sessions that are open at the start',
    default: [],
  }),
  crowd: crowdField,
}

export const identity = identityByName(userFacts.scenario, (facts) => facts)

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
  return Object.hasOwn(written, username) || crowdNumber(username, crowd) !== undefined
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
  const bySid = new Map(open.map((session) => [String(session.sid), session]))
  const shared = new Set(open.map(({ secret }) => secret))
  const isWritten = (username: string): boolean => Object.hasOwn(written, username)
  const specOf = (username: string): UserSpec | undefined => {
    if (isWritten(username)) return written[username]
    const number = crowdNumber(username, crowd)
    return number === undefined ? undefined : { ...member, id: crowdIds + number }
  }
  const userOf = (username: string): User | undefined => {
    const spec = specOf(username)
    return spec === undefined ? undefined : userFacts.make(makerFrom(start, 'gentics-cms', username, spec))
  }
  const idOf = (username: string, { id }: UserSpec): number =>
    id ?? drawnId(makerFrom(start, 'gentics-cms', username, {}).draw())
  const named = new Map(Object.entries(written).map(([username, spec]) => [idOf(username, spec), username]))
  return {
    *keys() {
      yield settingsRecord.key
      for (const username of Object.keys(written)) yield users.key(username)
      for (const { sid } of open) yield sessions.key(sid)
      for (const secret of shared) yield secrets.key(secret)
      for (const username of crowdNames(crowd, isWritten)) yield users.key(username)
    },
    get(key) {
      if (key === settingsRecord.key) return settings
      if (key === sids.key('given')) return { last: open.reduce((last, { sid }) => Math.max(last, sid), 0) }
      const [username, id, sid, secret] = [users, userIds, sessions, secrets].map((kind) => kind.idIn(key))
      if (username !== undefined) return userOf(username)
      if (id !== undefined) {
        const owner = named.get(Number(id)) ?? `crowd-${Number(id) - crowdIds}`
        return userIds.key(userOf(owner)?.id ?? 0) === key ? { username: owner } : undefined
      }
      if (sid !== undefined) return bySid.get(sid)
      return secret !== undefined && shared.has(secret) ? { ended: false } : undefined
    },
  }
}

const member: UserSpec = { state: 'active', description: '', groups: [usualGroup], seesMaintenance: false }

function seedSession({ user, sid, secret, idle }: SessionSpec, index: number, start: SeedStart): Session {
  const draw = createRandom(`${start.seed}:gentics-cms:session:${index}`)
  return {
    sid: sid ?? index + 1,
    ...beginSession({ username: user, sessionEpoch: 0 }, wholeSecond(start.now - idle)),
    secret: secret ?? draw.text(limits.secretLength, alphabets.alphanumeric),
  }
}
