import { choice, flag, integer, nullable, object, text } from '../../core/field.ts'
import type { HttpRequest } from '../../core/http.ts'
import type { Infer } from '../../core/infer.ts'
import { kind, single } from '../../core/kind.ts'
import { alphabets } from '../../core/random.ts'
import { fact, factIn, factTable } from '../../model/fact.ts'
import { totpFact, userFactor, type UserFactor } from '../../model/factor.ts'
import { lockoutFacts } from '../../model/lockout-facts.ts'
import { lockout, type UserLockout } from '../../model/lockout.ts'
import { fullName } from '../../model/maker.ts'
import { beginSession, carriedId, isOwnedBy, sessionFields } from '../../model/sessions.ts'
import { sessionCookie } from './host-headers.ts'
import type { Settings } from './settings.ts'

const instant = { about: 'an instant in milliseconds' }

const loginFields = {
  count: integer({ about: 'right ones', min: 0 }),
  failed: integer({ about: 'wrong ones', min: 0 }),
  // State files of older versions have none of those with a default.
  failedInARow: integer({ about: 'wrong ones since the last right one: what a CAPTCHA goes by', min: 0, default: 0 }),
  previousAt: nullable(integer(instant), { default: null }),
  lastFailedAt: nullable(integer(instant), { default: null }),
  lastAt: nullable(integer(instant)),
}

/** What the host product keeps of the first factor of a user. */
export type Logins = Infer<typeof loginFields>

/** Of a user who was never here. */
const noLogins: Logins = {
  count: 0,
  failed: 0,
  failedInARow: 0,
  lastAt: null,
  previousAt: null,
  lastFailedAt: null,
}

/** Digits only: anything else could never be entered (SL-09). */
const digits = { pattern: /^[0-9]{1,32}$/, shape: 'made of digits only', secret: true } as const

const stateMeanings = {
  enter: 'every session must enter the PIN',
  bypass: 'no PIN is asked for',
  onboarding: 'the second factor has yet to be set up, in the host product',
  blocked: 'no PIN is taken until the block ends',
} as const

/** What there is to know of a user: what a scenario may say, what can be changed, what is recorded, what is shown. */
export const userFacts = factTable({
  username: factIn(
    {
      record: text({ about: 'the key' }),
      param: text({ about: 'who; made if the scenario has no such user', default: 'alice' }),
    },
    { made: ({ name }) => name },
  ),
  state: factIn(
    {
      scenario: choice(['enter', 'bypass', 'onboarding', 'blocked'], {
        about: 'what /user answers at the start',
        meanings: stateMeanings,
        default: 'enter',
      }),
      change: choice(['enter', 'bypass', 'onboarding', 'blocked', 'expired'], {
        about: 'what the user is from now on',
        meanings: { ...stateMeanings, expired: 'every session of the user has ended' },
      }),
      record: choice(['enter', 'bypass', 'onboarding'], { about: 'what the user is when not blocked' }),
    },
    { made: 'enter', kept: (state: string) => (state === 'blocked' ? 'enter' : state) },
  ),
  ...lockoutFacts({ counts: 'wrong PINs', noun: 'block', after: 'blockAfter', for: 'blockFor' }),
  unblock: factIn({ change: flag({ about: 'ends a block and clears the failures, those of the first factor too' }) }),
  password: fact(
    text({ about: "the first factor's password", secret: true }),
    ['scenario?', 'change', 'record', 'param?', 'shown'],
    {
      blank: 'the username',
      made: ({ name }) => name,
    },
  ),
  pin: fact(text({ about: 'a fixed PIN', ...digits }), ['scenario?', 'change', 'record?', 'param', 'shown'], {
    blank: 'six digits by seed',
    given: '910817',
    made: ({ spec, draw }) => (spec['totp'] === undefined ? draw().text(6, alphabets.digits) : undefined),
  }),
  totp: totpFact('PINs'),
  displayName: fact(text({ about: 'the name for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => fullName(person()),
  }),
  emailAddress: fact(text({ about: 'the address for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().email,
  }),
  blockedUntilAt: fact(
    nullable(integer({ about: 'when a block ends, in milliseconds; past or null means not blocked' })),
    ['record'],
    { made: null },
  ),
  logins: fact(object(loginFields, { about: 'of the first factor' }), ['record'], { made: noLogins }),
  sessionEpoch: fact(integer({ about: 'raised to end every session of the user at once', min: 0 }), ['record'], {
    made: 0,
  }),
  pinEpoch: fact(
    integer({ about: 'raised to make every session of the user enter the PIN again', min: 0 }),
    ['record'],
    {
      made: 0,
    },
  ),
})

/** A user, under `user:<username>`. Instants in milliseconds of the server's clock. */
export type User = Infer<typeof userFacts.record>

const hostSessionFields = {
  ...sessionFields,
  failures: integer({ about: 'wrong PINs, where they are counted per session', min: 0 }),
  authenticated: nullable(
    object(
      { address: text({ about: 'from where' }), pinEpoch: integer({ about: "the user's at that time", min: 0 }) },
      { about: 'where and when the second factor was passed' },
    ),
  ),
}

/** An HTTP session of the host product, under `session:<id>`. */
export type Session = Infer<typeof hostSessionFields>

export const users = kind('user', userFacts.record)
export const sessions = kind('session', hostSessionFields)
export const settingsRecord = single<Settings>('settings')

/** The PIN, or the app that shows PINs (SL-U19). */
export const factor: UserFactor<User> = userFactor<User>({
  word: 'PIN',
  read: ({ pin, totp }) => ({ code: pin, totp }),
  write: ({ pin: _pin, totp: _totp, ...user }, { code, totp }) => ({
    ...user,
    ...(code === undefined ? {} : { pin: code }),
    ...(totp === undefined ? {} : { totp }),
  }),
})

/** What wrong PINs come to (SL-14, SL-U6); at `until` itself a block is over (SL-U15), which is a whole second (SL-X4). */
export const block: UserLockout<Settings, User> = lockout<Settings, User>({
  policy: ({ blockAfter, blockFor, failuresAfterBlock }) => ({
    after: blockAfter,
    for: blockFor,
    afterLock: failuresAfterBlock,
    wholeSeconds: true,
  }),
  read: ({ failures, blockedUntilAt }) => ({
    failures,
    lock: blockedUntilAt === null ? null : { until: blockedUntilAt },
  }),
  write: (user, { failures, lock }) => ({ ...user, failures, blockedUntilAt: lock?.until ?? null }),
  noun: 'block',
  after: 'blockAfter',
  locked: 'blocked',
  free: 'enter',
  lifting: ['enter', 'bypass', 'onboarding'],
})

/** The id of the session that a request carries. */
export function sessionId(request: HttpRequest): string | undefined {
  return carriedId(request, { cookie: sessionCookie })
}

/** A session that begins now, in which no PIN was entered. */
export function newSession(user: User, now: number): Session {
  return { ...beginSession(user, now), failures: 0, authenticated: null }
}

/** Whether the session can still be used (SL-02). */
export function isAlive(session: Session, user: User | undefined, settings: Settings, now: number): user is User {
  return isOwnedBy(session, user) && now < session.lastSeenAt + settings.sessionFor
}

/** Whether the second factor was passed, and still counts at this address (SL-16, SL-U14). */
export function isAuthenticated(session: Session, user: User, settings: Settings, address: string): boolean {
  if (session.authenticated === null || session.authenticated.pinEpoch !== user.pinEpoch) return false
  return !settings.bindSessionToIp || session.authenticated.address === address
}

/** What a user is in a session that is alive. */
export type Standing = 'enter' | 'authenticated' | 'bypass' | 'onboarding' | 'blocked'

/** What the session is told, and shows wherever it is shown: `/user` says bypass where it is authenticated (SL-U3). */
export function standingOf(session: Session, user: User, settings: Settings, now: number, address: string): Standing {
  const own = standingOfUser(user, now)
  return own === 'enter' && isAuthenticated(session, user, settings, address) ? 'authenticated' : own
}

/** What somebody is in a session in which no PIN was entered. */
export function standingOfUser(user: User, now: number): Exclude<Standing, 'authenticated'> {
  if (user.state === 'onboarding') return 'onboarding'
  return block.isLocked(user, now) ? 'blocked' : user.state
}
