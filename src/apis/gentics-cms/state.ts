import { flag, integer, list, object, text, type Field, type Fields } from '../../core/field.ts'
import type { Records } from '../../core/step.ts'
import { groupField, type Group } from './group.ts'
import type { Settings } from './settings.ts'

/** A user, under `user:<login>`. Instants in milliseconds of the server's clock. */
export type User = {
  readonly username: string
  readonly password: string
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  readonly description: string
  readonly email: string
  readonly groups: readonly Group[]
  /** False while the user is kept out of all of them. */
  readonly inGroups: boolean
  /** Whether the user may log in while there is maintenance. */
  readonly seesMaintenance: boolean
  /** Raised to end every session of the user at once. */
  readonly sessionEpoch: number
}

/** A session, under `session:<sid>`. It stays when it has ended, because a logout tells such a one from none. */
export type Session = {
  readonly sid: number
  readonly username: string
  /** Empty once the session was logged out of. */
  readonly secret: string
  readonly openedAt: number
  /** Whole seconds, so that a burst of requests changes nothing. */
  readonly lastSeenAt: number
  readonly sessionEpoch: number
  /** The round of its secret in which it was opened; the first if left out. */
  readonly round?: number
}

/** A secret that was given out, under `secret:<secret>`; ending it ends every session that shares it. */
export type Secret = {
  readonly ended: boolean
  /** Raised where a secret that had ended opens sessions again: those of before stay ended. */
  readonly round?: number
}

/** Whose an id is, under `user-id:<id>`. */
export type UserId = { readonly username: string }

/** The latest sid, under `sids:given`. */
export type Sids = { readonly last: number }

const instant = { about: 'an instant in milliseconds' }

const userFields: Fields<User> = {
  username: text({ about: 'the key' }),
  password: text({ about: 'the password', secret: true }),
  id: integer({ about: 'the number' }),
  firstName: text({ about: 'for people' }),
  lastName: text({ about: 'for people' }),
  description: text({ about: 'for people' }),
  email: text({ about: 'for people' }),
  groups: list(groupField(), { about: 'the groups' }),
  inGroups: flag({ about: 'see User' }),
  seesMaintenance: flag({ about: 'see User' }),
  sessionEpoch: integer({ about: 'see User', min: 0 }),
}

const sessionFields: Fields<Session> = {
  sid: integer({ about: 'the key' }),
  username: text({ about: 'whose' }),
  secret: text({ about: 'see Session', secret: true }),
  openedAt: integer(instant),
  lastSeenAt: integer(instant),
  sessionEpoch: integer({ about: 'see Session', min: 0 }),
  round: integer({ about: 'see Session', min: 0, optional: true }),
}

const secretFields: Fields<Secret> = {
  ended: flag({ about: 'whether all its sessions have' }),
  round: integer({ about: 'see Secret', min: 0, optional: true }),
}

/** What records look like, by kind. */
export const recordFields: {
  readonly user: Field<User>
  readonly session: Field<Session>
  readonly secret: Field<Secret>
  readonly 'user-id': Field<UserId>
  readonly sids: Field<Sids>
} = {
  user: object(userFields, { about: 'a user' }),
  session: object(sessionFields, { about: 'a session' }),
  secret: object(secretFields, { about: 'a secret' }),
  'user-id': object({ username: text({ about: 'whose' }) }, { about: 'an id' }),
  sids: object({ last: integer({ about: 'the latest', min: 0 }) }, { about: 'the sids' }),
}

export const sidsKey = 'sids:given'
export const userKey = (username: string): string => `user:${username}`
export const userIdKey = (id: number): string => `user-id:${id}`
export const sessionKey = (sid: number): string => `session:${sid}`
export const secretKey = (secret: string): string => `secret:${secret}`

export function readUser(records: Records, username: string): User | undefined {
  return records.get(userKey(username)) as User | undefined
}

export function readSession(records: Records, sid: number): Session | undefined {
  return records.get(sessionKey(sid)) as Session | undefined
}

export function readSecret(records: Records, secret: string): Secret | undefined {
  return records.get(secretKey(secret)) as Secret | undefined
}

/** Whether a secret was given out and still opens something (GC-X5). */
export function isGivenOut(records: Records, secret: string): boolean {
  return readSecret(records, secret)?.ended === false
}

/** Why a session has ended; undefined while it lives. */
export type Ending = 'logged out' | 'all logged out' | 'expired' | 'aged'

export function endingOf(session: Session, records: Records, settings: Settings, now: number): Ending | undefined {
  if (session.secret === '') return 'logged out'
  const secret = readSecret(records, session.secret)
  if (secret?.ended !== false || (session.round ?? 0) !== (secret.round ?? 0)) return 'all logged out'
  if (readUser(records, session.username)?.sessionEpoch !== session.sessionEpoch) return 'expired'
  // GC-23, GC-X4: longer than the age, in the whole seconds that the server counts.
  return wholeSecond(now) - session.lastSeenAt > settings.sessionFor ? 'aged' : undefined
}

/** The groups that the user is in (GC-17). */
export function groupsOf(user: User): readonly Group[] {
  return user.inGroups ? user.groups : []
}

export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000
}
