import type { UserView } from '../../core/api.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { choice, duration, flag, integer, moment, momentAt, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { toIso } from '../../core/instant.ts'
import type { JsonObject } from '../../core/json.ts'
import { totpSecret } from '../../core/totp-secret.ts'
import type { Settings } from './settings.ts'
import { afterExpiry, hasSecret, newLock, userIdOf, type User } from './state.ts'

/** What can be done to a user while the world runs. */
export type UserChange = Infer<typeof userChange>

/** What stands in a parameter must not be blank (SP-X5). */
export const codePattern: RegExp = /^.+$/s

export const userChange = {
  state: choice(['active', 'locked', 'two-factor-required', 'no-api-access'], {
    about: 'active: unlocked and with API access; two-factor-required: required, but not set up any more',
  }),
  for: duration({ about: 'how long a lock lasts; lockFor if blank', min: 1 }),
  until: moment({ about: 'when a lock ends, instead of `for`' }),
  failures: integer({ about: 'wrong codes counted so far; below lockAfter', min: 0 }),
  unblock: flag({ about: 'ends a lock and clears the failures' }),
  code: text({ about: 'a fixed two-factor code', pattern: codePattern, shape: 'a code', secret: true }),
  totp: object(
    { secret: totpSecret({ about: 'secret of an authenticator app' }) },
    { about: 'time-based codes instead of a fixed one' },
  ),
  twoFactor: flag({ about: 'whether a code is asked for; it takes a code or a secret' }),
  password: text({ about: 'the password', pattern: codePattern, shape: 'a password', secret: true }),
  apiAccess: flag({ about: 'whether an administrator enabled it' }),
  activated: flag({ about: 'whether the invitation was accepted' }),
}

/** The user after a change. Throws ERR_CHANGE_INVALID for one that contradicts itself or the user's state. */
export function changeUser(stored: User, change: Partial<UserChange>, settings: Settings, now: number): User {
  const locks = change.state === 'locked'
  if (!locks && (change.for !== undefined || change.until !== undefined)) {
    throw invalid('for', '`for` and `until` say how long a lock lasts; they go with state locked.')
  }
  if (change.for !== undefined && change.until !== undefined) {
    throw invalid('until', 'Either `for` or `until` says how long a lock lasts, not both.')
  }
  if (change.code !== undefined && change.totp !== undefined) {
    throw invalid('totp', 'A user has either a fixed code or time-based ones, not both.')
  }
  let next = withFacts(withSecret(afterExpiry(stored, now), change), change)
  if (change.unblock === true) next = { ...next, failures: 0, lock: null }
  if (change.state !== undefined) next = withState(next, change, settings, now)
  return change.failures === undefined ? next : withFailures(next, change.failures, settings)
}

/** A user who gets a code has a second factor. */
function withSecret(user: User, { code, totp, twoFactor }: Partial<UserChange>): User {
  const { code: oldCode, totp: oldTotp, ...rest } = user
  const isNew = code !== undefined || totp !== undefined
  const secret = isNew
    ? { ...(code === undefined ? {} : { code }), ...(totp === undefined ? {} : { totp }) }
    : { ...(oldCode === undefined ? {} : { code: oldCode }), ...(oldTotp === undefined ? {} : { totp: oldTotp }) }
  const next: User = { ...rest, ...secret, secondFactor: isNew ? 'set-up' : user.secondFactor }
  if (twoFactor === undefined) return next
  if (!twoFactor) return { ...next, secondFactor: 'none', failures: 0, lock: null }
  return { ...next, secondFactor: setUp(next, 'twoFactor') }
}

function withFacts(user: User, { password, apiAccess, activated }: Partial<UserChange>): User {
  return {
    ...user,
    ...(password === undefined ? {} : { password }),
    ...(apiAccess === undefined ? {} : { apiAccess }),
    ...(activated === undefined ? {} : { activated }),
  }
}

function withState(user: User, change: Partial<UserChange>, settings: Settings, now: number): User {
  const unlocked: User = { ...user, apiAccess: true, failures: 0, lock: null }
  switch (change.state) {
    case 'active':
      return user.secondFactor === 'missing'
        ? { ...unlocked, secondFactor: hasSecret(user) ? 'set-up' : 'none' }
        : unlocked
    case 'two-factor-required':
      return { ...unlocked, secondFactor: 'missing' }
    case 'no-api-access':
      return { ...user, apiAccess: false }
    default:
      return {
        ...unlocked,
        secondFactor: setUp(user, 'state'),
        failures: settings.lockAfter,
        lock: requestedLock(change, settings, now),
      }
  }
}

function setUp(user: User, member: string): 'set-up' {
  if (hasSecret(user)) return 'set-up'
  throw invalid(member, `${idOf(user)} has no second factor; give a code or a secret as well.`)
}

function requestedLock({ for: forMs, until }: Partial<UserChange>, settings: Settings, now: number): User['lock'] {
  if (until === undefined) return newLock(now, forMs ?? settings.lockFor)
  const untilAt = momentAt(until, now)
  if (untilAt > now) return { untilAt }
  throw invalid('until', `${toIso(untilAt)} is not in the future: the server's clock shows ${toIso(now)}.`)
}

function withFailures(user: User, failures: number, { lockAfter }: Settings): User {
  if (user.secondFactor !== 'set-up') {
    throw invalid('failures', `${idOf(user)} has no second factor that could fail; give a code or a secret as well.`)
  }
  if (user.lock !== null) {
    throw invalid(
      'failures',
      `${idOf(user)} is locked; say state active as well, to start again with ${failures} failures.`,
    )
  }
  if (failures >= lockAfter) {
    throw invalid('failures', `${failures} is not below the limit (lockAfter: ${lockAfter}); say state locked instead.`)
  }
  return { ...user, failures }
}

function invalid(member: string, message: string): UnderstudyError {
  return new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [member], message }])
}

/** What tells the user from every other. */
export function idOf({ account, username }: User): string {
  return userIdOf(account, username)
}

/** The user as requests would meet it now. */
export function viewUser(stored: User, settings: Settings, now: number): UserView {
  const user = afterExpiry(stored, now)
  const isSetUp = user.secondFactor === 'set-up'
  const until = user.lock?.untilAt ?? null
  return {
    username: idOf(user),
    state: stateOf(user),
    ...(isSetUp ? { failures: user.failures, limit: settings.lockAfter } : {}),
    ...(isSetUp && until !== null ? { until } : {}),
    details: {
      password: user.password,
      ...(isSetUp ? secretOf(user) : {}),
      id: user.id,
      firstName: user.firstName,
      lastName: user.lastName,
      emailAddress: user.emailAddress,
      activated: user.activated,
      apiToken: user.apiToken,
    },
  }
}

function stateOf(user: User): UserChange['state'] {
  if (!user.apiAccess) return 'no-api-access'
  if (user.secondFactor === 'missing') return 'two-factor-required'
  return user.secondFactor === 'set-up' && user.lock !== null ? 'locked' : 'active'
}

function secretOf({ code, totp }: User): JsonObject {
  return totp === undefined ? { code } : { totp }
}
