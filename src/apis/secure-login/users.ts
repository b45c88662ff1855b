import type { SessionView, UserView } from '../../core/api.ts'
import { formatDuration } from '../../core/duration.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { choice, duration, flag, integer, moment, momentAt, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { toIso } from '../../core/instant.ts'
import type { JsonObject } from '../../core/json.ts'
import { totpSecret } from '../../core/totp-secret.ts'
import type { Settings } from './settings.ts'
import {
  afterExpiry,
  blockEnd,
  isAlive,
  isAuthenticated,
  isBlocked,
  shownEnd,
  standingOf,
  standingOfUser,
  type Session,
  type User,
} from './state.ts'

/** What can be done to a user while the world runs. */
export type UserChange = Infer<typeof userChange>

/** Digits only: anything else could never be entered (SL-09). */
export const pinPattern: RegExp = /^[0-9]{1,32}$/

export const userChange = {
  state: choice(['enter', 'bypass', 'onboarding', 'blocked', 'expired'], {
    about: 'enter: every session must enter the PIN; expired: every session of the user has ended',
  }),
  for: duration({ about: 'how long a block lasts; blockFor if blank', min: 1 }),
  until: moment({ about: 'when a block ends, instead of `for`' }),
  failures: integer({ about: 'wrong PINs counted so far; below blockAfter', min: 0 }),
  unblock: flag({ about: 'ends a block and clears the failures, those of the first factor too' }),
  pin: text({ about: 'a fixed PIN', pattern: pinPattern, shape: 'made of digits only', secret: true }),
  totp: object(
    { secret: totpSecret({ about: 'secret of an authenticator app' }) },
    { about: 'time-based PINs instead of a fixed one' },
  ),
  password: text({ about: "the first factor's password", secret: true }),
}

/** The user after a change. Throws ERR_CHANGE_INVALID for one that contradicts itself or the user's state. */
export function changeUser(stored: User, change: Partial<UserChange>, settings: Settings, now: number): User {
  const user = afterExpiry(stored, settings, now)
  const blocks = change.state === 'blocked'
  if (!blocks && (change.for !== undefined || change.until !== undefined)) {
    throw invalid('for', '`for` and `until` say how long a block lasts; they go with state blocked.')
  }
  if (change.for !== undefined && change.until !== undefined) {
    throw invalid('until', 'Either `for` or `until` says how long a block lasts, not both.')
  }
  if (change.pin !== undefined && change.totp !== undefined) {
    throw invalid('totp', 'A user has either a fixed PIN or time-based ones, not both.')
  }
  let next: User = withCredentials(user, change)
  if (change.unblock === true) next = { ...next, ...cleared(next) }
  if (change.state !== undefined) next = withState(next, change, settings, now)
  return change.failures === undefined ? next : withFailures(next, change.failures, settings, now)
}

function withCredentials(user: User, { pin, totp, password }: Partial<UserChange>): User {
  const { pin: oldPin, totp: oldTotp, ...rest } = user
  const factor =
    pin !== undefined
      ? { pin }
      : totp !== undefined
        ? { totp }
        : { ...(oldPin === undefined ? {} : { pin: oldPin }), ...(oldTotp === undefined ? {} : { totp: oldTotp }) }
  return { ...rest, ...factor, ...(password === undefined ? {} : { password }) }
}

function withState(user: User, change: Partial<UserChange>, settings: Settings, now: number): User {
  switch (change.state) {
    case 'enter':
      return { ...user, ...cleared(user), state: 'enter', pinEpoch: user.pinEpoch + 1 }
    case 'bypass':
    case 'onboarding':
      return { ...user, state: change.state, failures: 0, blockedUntilAt: null }
    case 'expired':
      return { ...user, sessionEpoch: user.sessionEpoch + 1 }
    default:
      return {
        ...user,
        state: 'enter',
        failures: settings.blockAfter,
        blockedUntilAt: requestedEnd(change, settings, now),
      }
  }
}

/** Nothing is held against the user any more, and no CAPTCHA is due. */
function cleared({ logins }: User): Pick<User, 'failures' | 'blockedUntilAt' | 'logins'> {
  return { failures: 0, blockedUntilAt: null, logins: { ...logins, failedInARow: 0 } }
}

function requestedEnd({ for: forMs, until }: Partial<UserChange>, settings: Settings, now: number): number {
  if (until === undefined) return blockEnd(now, { ...settings, blockFor: forMs ?? settings.blockFor })
  const at = momentAt(until, now)
  if (at > now) return shownEnd(at)
  throw invalid('until', `${toIso(at)} is not in the future: the server's clock shows ${toIso(now)}.`)
}

function withFailures(user: User, failures: number, settings: Settings, now: number): User {
  if (isBlocked(user, now)) {
    throw invalid(
      'failures',
      `${user.username} is blocked; say state enter as well, to start again with ${failures} failures.`,
    )
  }
  if (failures >= settings.blockAfter) {
    throw invalid(
      'failures',
      `${failures} is not below the limit (blockAfter: ${settings.blockAfter}); say state blocked instead.`,
    )
  }
  return { ...user, failures }
}

function invalid(member: string, message: string): UnderstudyError {
  return new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [member], message }])
}

/** The user as requests would meet it now. */
export function viewUser(stored: User, settings: Settings, now: number): UserView {
  const user = afterExpiry(stored, settings, now)
  const blocked = isBlocked(user, now)
  return {
    username: user.username,
    state: standingOfUser(user, now),
    failures: user.failures,
    limit: settings.blockAfter,
    ...(blocked ? { until: user.blockedUntilAt } : {}),
    details: {
      password: user.password,
      ...(user.totp === undefined ? { pin: user.pin } : { totp: user.totp }),
      displayName: user.displayName,
      emailAddress: user.emailAddress,
    },
  }
}

/** The session as its next request would find it. */
export function viewSession(session: Session, user: User | undefined, settings: Settings, now: number): SessionView {
  const ends = session.lastSeenAt + settings.sessionFor
  const alive = isAlive(session, user, settings, now)
  const address = session.authenticated?.address
  const standing = alive && user !== undefined ? standingOf(session, user, settings, now, address ?? '') : 'expired'
  const authenticated = alive && user !== undefined && isAuthenticated(session, user, settings, address ?? '')
  const details: JsonObject = {
    openedAt: toIso(session.openedAt),
    lastSeenAt: toIso(session.lastSeenAt),
    failures: session.failures,
    ...(authenticated ? { authenticatedFrom: address } : {}),
    ...(alive ? { idleFor: formatDuration(Math.max(0, Math.floor((now - session.lastSeenAt) / 1000) * 1000)) } : {}),
  }
  return { username: session.username, state: standing, ...(alive ? { until: ends } : {}), details }
}
