import type { UserView } from '../../core/api.ts'
import { changeInvalid } from '../../core/errors.ts'
import type { Infer } from '../../core/infer.ts'
import type { Settings } from './settings.ts'
import { factor, lock, userIdOf, type User } from './state.ts'
import { userFacts } from './user-facts.ts'

/** What can be done to a user while the world runs. */
export type UserChange = Infer<typeof userChange>

export const userChange = userFacts.change

/** The user after a change. Throws ERR_CHANGE_INVALID for one that contradicts itself or the user's state. */
export function changeUser(stored: User, change: Partial<UserChange>, settings: Settings, now: number): User {
  for (const { message } of factor.issues(change)) throw changeInvalid('totp', message)
  const user = withState(
    withSecret({ ...lock.now(stored, settings, now), ...userFacts.kept(change) }, change),
    change.state,
  )
  if (change.failures !== undefined && user.secondFactor !== 'set-up') {
    const message = `${idOf(user)} has no second factor that could fail; give a code or a secret as well.`
    throw changeInvalid('failures', message)
  }
  return lock.change(user, change, settings, now, idOf(user))
}

/** A user who gets a code has a second factor. */
function withSecret(user: User, { code, totp, twoFactor }: Partial<UserChange>): User {
  const next: User = {
    ...factor.replace(user, { code, totp }),
    ...(code === undefined && totp === undefined ? {} : { secondFactor: 'set-up' }),
  }
  if (twoFactor === undefined) return next
  if (!twoFactor) return lock.lift({ ...next, secondFactor: 'none' })
  return { ...next, secondFactor: setUp(next, 'twoFactor') }
}

function withState(user: User, state: UserChange['state'] | undefined): User {
  switch (state) {
    case undefined:
      return user
    case 'active':
      return {
        ...user,
        apiAccess: true,
        ...(user.secondFactor === 'missing' ? { secondFactor: factor.isSetUp(user) ? 'set-up' : 'none' } : {}),
      }
    case 'two-factor-required':
      return { ...user, apiAccess: true, secondFactor: 'missing' }
    case 'no-api-access':
      return { ...user, apiAccess: false }
    case 'locked':
      return { ...user, apiAccess: true, secondFactor: setUp(user, 'state') }
  }
}

function setUp(user: User, member: string): 'set-up' {
  if (factor.isSetUp(user)) return 'set-up'
  throw changeInvalid(member, `${idOf(user)} has no second factor; give a code or a secret as well.`)
}

/** What tells the user from every other. */
export function idOf({ account, username }: User): string {
  return userIdOf(account, username)
}

/** The user as requests would meet it now. */
export function viewUser(stored: User, settings: Settings, now: number): UserView {
  const user = lock.now(stored, settings, now)
  const isSetUp = user.secondFactor === 'set-up'
  return {
    username: idOf(user),
    state: standingOf(user),
    ...(isSetUp ? lock.view(user, settings, now) : {}),
    details: userFacts.shown(isSetUp ? user : factor.without(user)),
  }
}

/** What a user is whose lock, if it ran out, was taken off. */
export function standingOf(user: User): UserChange['state'] {
  if (!user.apiAccess) return 'no-api-access'
  if (user.secondFactor === 'missing') return 'two-factor-required'
  return user.secondFactor === 'set-up' && user.lock !== null ? 'locked' : 'active'
}
