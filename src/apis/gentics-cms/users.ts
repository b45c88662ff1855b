import type { SessionView, UserView } from '../../core/api.ts'
import type { Infer } from '../../core/infer.ts'
import type { Records } from '../../core/step.ts'
import { sessionView, wholeSecond } from '../../model/sessions.ts'
import { isKeptOut } from './login.ts'
import type { Settings } from './settings.ts'
import { endingOf, groupsOf, userFacts, type Session, type User } from './state.ts'

/** What can be done to a user while the world runs. */
export type UserChange = Infer<typeof userChange>

export const userChange = userFacts.change

/** The user after a change. */
export function changeUser(user: User, change: Partial<UserChange>): User {
  const { state } = change
  return {
    ...user,
    ...userFacts.kept(change),
    ...(state === 'active' || state === 'no-groups' ? { inGroups: state === 'active' } : {}),
    ...(state === 'expired' ? { sessionEpoch: user.sessionEpoch + 1 } : {}),
  }
}

/** The user as requests would meet it now. */
export function viewUser(user: User, settings: Settings): UserView {
  const groups = groupsOf(user).map(({ name }) => name)
  return {
    username: user.username,
    state: groups.length === 0 ? 'no-groups' : 'active',
    // GC-17 comes before GC-18.
    ...(groups.length > 0 && isKeptOut(user, settings) ? { meets: 'maintenance' } : {}),
    details: { ...userFacts.shown(user), groups },
  }
}

/** The session as its next request would find it. */
export function viewSession(session: Session, records: Records, settings: Settings, now: number): SessionView {
  const ending = endingOf(session, records, settings, now)
  // GC-X4: the first second in which it no longer lives.
  const until = session.lastSeenAt + wholeSecond(settings.sessionFor) + 1000
  return sessionView(session, ending ?? 'live', now, ending === undefined ? { until } : {})
}
