import { choice, flag, integer, list, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { kind, single } from '../../core/kind.ts'
import type { Random } from '../../core/random.ts'
import type { Records } from '../../core/step.ts'
import { fact, factIn, factTable } from '../../model/fact.ts'
import { idleTime, isOwnedBy, sessionFields } from '../../model/sessions.ts'
import { limits } from './wire.ts'
import { groupField, groupSpec, toGroup, usualGroup, type Group, type GroupSpec } from './group.ts'
import type { Settings } from './settings.ts'

/** The ids of a crowd come after this, so that a number tells the member. */
export const crowdIds = 1_000_000

/** The id of a user who is given none. */
export function drawnId(random: Random): number {
  const first = 10_000
  return first + random.below(crowdIds - first)
}

const stateMeanings = {
  active: 'in the groups that the scenario names',
  'no-groups': 'kept out of all groups, and so of the CMS',
} as const

/** What there is to know of a user: what a scenario may say, what can be changed, what is recorded, what is shown. */
export const userFacts = factTable({
  username: factIn(
    {
      record: text({ about: 'the key' }),
      param: text({ about: 'who; made if the scenario has no such user', default: 'node' }),
    },
    { made: ({ name }) => name },
  ),
  state: factIn({
    scenario: choice(['active', 'no-groups'], {
      about: 'whether the user is in groups at the start',
      meanings: stateMeanings,
      default: 'active',
    }),
    change: choice(['active', 'no-groups', 'expired'], {
      about: 'what the user is from now on',
      meanings: { ...stateMeanings, expired: 'every session of the user has ended' },
    }),
    param: choice(['active', 'no-groups'], { about: 'whether the user is in groups', default: 'active' }),
  }),
  password: fact(text({ about: 'the password', secret: true }), ['scenario?', 'change', 'record', 'param', 'shown'], {
    blank: 'the login',
    given: 'node',
    made: ({ name }) => name,
  }),
  id: fact(
    integer({ about: 'number of the user', min: 1, max: limits.greatestSid }),
    ['scenario?', 'record', 'shown'],
    { blank: 'by seed', made: ({ draw }) => drawnId(draw()) },
  ),
  firstName: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().firstName,
  }),
  lastName: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().lastName,
  }),
  description: fact(text({ about: 'a note on the user', default: '' }), ['scenario', 'record'], { made: '' }),
  email: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().email,
  }),
  groups: factIn(
    {
      scenario: list(groupSpec(), { about: 'the groups that the user is in', default: [usualGroup] }),
      record: list(groupField(), { about: 'the groups' }),
    },
    {
      shown: true,
      made: [toGroup(usualGroup)],
      kept: (groups: readonly GroupSpec[]) => (groups.length === 0 ? [usualGroup] : groups).map(toGroup),
    },
  ),
  inGroups: factIn(
    { record: flag({ about: 'false while the user is kept out of all of them' }) },
    {
      made: ({ spec: { state, groups } }) => state !== 'no-groups' && !(Array.isArray(groups) && groups.length === 0),
    },
  ),
  seesMaintenance: fact(
    flag({ about: 'whether the user may log in while there is maintenance', default: false }),
    ['scenario', 'change', 'record', 'param', 'shown'],
    { given: false, made: false },
  ),
  sessionEpoch: fact(integer({ about: 'raised to end every session of the user at once', min: 0 }), ['record'], {
    made: 0,
  }),
})

/** A user, under `user:<login>`. Instants in milliseconds of the server's clock. */
export type User = Infer<typeof userFacts.record>

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
export const users = kind('user', userFacts.record)
/** By sid. */
export const sessions = kind('session', ownSessionFields)
/** What was given out, by itself; ending it ends every session that shares it. */
export const secrets = kind('secret', secretFields)
/** Whose an id is, by that number. */
export const userIds = kind('user-id', userIdFields, 'an id')
/** The latest sid; the only one is `given`. */
export const sids = kind('sids', sidsFields, 'the sids')

export const settingsRecord = single<Settings>('settings')

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
