import type { SessionView, UserView } from '../../core/api.ts'
import { changeInvalid } from '../../core/errors.ts'
import type { Infer } from '../../core/infer.ts'
import { sessionView } from '../../model/sessions.ts'
import type { Settings } from './settings.ts'
import {
  block,
  factor,
  isAlive,
  isAuthenticated,
  standingOf,
  standingOfUser,
  userFacts,
  type Session,
  type User,
} from './state.ts'

/** What can be done to a user while the world runs. */
export type UserChange = Infer<typeof userChange>

export const userChange = userFacts.change

/** The user after a change. Throws ERR_CHANGE_INVALID for one that contradicts itself or the user's state. */
export function changeUser(stored: User, change: Partial<UserChange>, settings: Settings, now: number): User {
  const { pin: code, totp } = change
  for (const { message } of factor.issues({ code, totp })) throw changeInvalid('totp', message)
  const user = factor.replace({ ...block.now(stored, settings, now), ...userFacts.kept(change) }, { code, totp })
  return block.change(withState(user, change), change, settings, now, user.username)
}

/** Where the user starts again, no CAPTCHA is due either. */
function withState(user: User, { state, unblock }: Partial<UserChange>): User {
  if (state === 'expired') return { ...user, sessionEpoch: user.sessionEpoch + 1 }
  const logins = state === 'enter' || unblock === true ? { ...user.logins, failedInARow: 0 } : user.logins
  if (state === undefined) return { ...user, logins }
  const pinEpoch = state === 'enter' ? user.pinEpoch + 1 : user.pinEpoch
  return { ...user, logins, pinEpoch, state: state === 'blocked' ? 'enter' : state }
}

/** The user as requests would meet it now. */
export function viewUser(stored: User, settings: Settings, now: number): UserView {
  const user = block.now(stored, settings, now)
  return {
    username: user.username,
    state: standingOfUser(user, now),
    ...pluginOf(settings),
    ...block.view(user, settings, now),
    details: userFacts.shown(user),
  }
}

/** The session as its next request would find it. */
export function viewSession(session: Session, user: User | undefined, settings: Settings, now: number): SessionView {
  const { failures, lastSeenAt } = session
  if (!isAlive(session, user, settings, now)) return sessionView(session, 'expired', now, { failures })
  const address = session.authenticated?.address ?? ''
  const standing = standingOf(session, user, settings, now, address)
  const from = isAuthenticated(session, user, settings, address) ? { authenticatedFrom: address } : {}
  const view = sessionView(session, standing, now, { until: lastSeenAt + settings.sessionFor, failures, ...from })
  return { ...view, ...pluginOf(settings) }
}

/** Whoever asks learns no more than that the plug-in is off. */
function pluginOf({ active }: Settings): { readonly meets?: string } {
  return active ? {} : { meets: 'plug-in off' }
}
