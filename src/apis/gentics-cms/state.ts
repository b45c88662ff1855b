import { flag, integer, list, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { kind } from '../../core/kind.ts'
import type { Records } from '../../core/step.ts'
import { idleTime, isOwnedBy, sessionFields } from '../../model/sessions.ts'
import { groupField, type Group } from './group.ts'
import type { Settings } from './settings.ts'

const userFields = {
  username: text({ about: 'the key' }),
  password: text({ about: 'the password', secret: true }),
  id: integer({ about: 'the number' }),
  firstName: text({ about: 'for people' }),
  lastName: text({ about: 'for people' }),
  description: text({ about: 'for people' }),
  email: text({ about: 'for people' }),
  groups: list(groupField(), { about: 'the groups' }),
  inGroups: flag({ about: 'false while the user is kept out of all of them' }),
  seesMaintenance: flag({ about: 'whether the user may log in while there is maintenance' }),
  sessionEpoch: integer({ about: 'raised to end every session of the user at once', min: 0 }),
}

/** A user, under `user:<login>`. Instants in milliseconds of the server's clock. */
export type User = Infer<typeof userFields>

const ownSessionFields = {
  sid: integer({ about: 'the key' }),
  ...sessionFields,
  secret: text({ about: 'empty once the session was logged out of', secret: true }),
  round: integer({
    about: 'the round of its secret in which it was opened; the first if left out',
    min: 0,
    optional: true,
  }),
}

/** A session, under `session:<sid>`. It stays when it has ended, because a logout tells such a one from none. */
export type Session = Infer<typeof ownSessionFields>

const secretFields = {
  ended: flag({ about: 'whether all its sessions have' }),
  /** Those of before stay ended. */
  round: integer({ about: 'raised where a secret that had ended opens sessions again', min: 0, optional: true }),
}

const userIdFields = { username: text({ about: 'whose' }) }

const sidsFields = { last: integer({ about: 'the latest', min: 0 }) }

/** By login. */
export const users = kind('user', userFields)
/** By sid. */
export const sessions = kind('session', ownSessionFields)
/** What was given out, by itself; ending it ends every session that shares it. */
export const secrets = kind('secret', secretFields)
/** Whose an id is, by that number. */
export const userIds = kind('user-id', userIdFields, 'an id')
/** The latest sid; the only one is `given`. */
export const sids = kind('sids', sidsFields, 'the sids')

/** Whether a secret was given out and still opens something (GC-X5). */
export function isGivenOut(records: Records, secret: string): boolean {
  return secrets.get(records, secret)?.ended === false
}

/** Why a session has ended; undefined while it lives. */
export type Ending = 'logged out' | 'all logged out' | 'expired' | 'aged'

export function endingOf(session: Session, records: Records, settings: Settings, now: number): Ending | undefined {
  if (session.secret === '') return 'logged out'
  const secret = secrets.get(records, session.secret)
  if (secret?.ended !== false || (session.round ?? 0) !== (secret.round ?? 0)) return 'all logged out'
  if (!isOwnedBy(session, users.get(records, session.username))) return 'expired'
  // GC-23, GC-X4: longer than the age, in the whole seconds that the server counts.
  return idleTime(session, now) > settings.sessionFor ? 'aged' : undefined
}

/** The groups that the user is in (GC-17). */
export function groupsOf(user: User): readonly Group[] {
  return user.inGroups ? user.groups : []
}
