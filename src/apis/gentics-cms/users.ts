import type { SessionView, UserView } from '../../core/api.ts'
import { choice, flag, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { Records } from '../../core/step.ts'
import { sessionView, wholeSecond } from '../../model/sessions.ts'
import type { Settings } from './settings.ts'
import { endingOf, groupsOf, type Session, type User } from './state.ts'

/** What can be done to a user while the world runs. */
export type UserChange = Infer<typeof userChange>

export const userChange = {
  state: choice(['active', 'no-groups', 'expired'], {
    about: 'no-groups: kept out of all groups, and so of the CMS; expired: every session of the user has ended',
  }),
  password: text({ about: 'the password', secret: true }),
  seesMaintenance: flag({ about: 'whether the user may log in while there is maintenance' }),
}

/** The user after a change. */
export function changeUser(user: User, { state, password, seesMaintenance }: Partial<UserChange>): User {
  return {
    ...user,
    ...(password === undefined ? {} : { password }),
    ...(seesMaintenance === undefined ? {} : { seesMaintenance }),
    ...(state === 'active' || state === 'no-groups' ? { inGroups: state === 'active' } : {}),
    ...(state === 'expired' ? { sessionEpoch: user.sessionEpoch + 1 } : {}),
  }
}

/** The user as requests would meet it now. */
export function viewUser(user: User): UserView {
  const { username, password, id, firstName, lastName, email, seesMaintenance } = user
  const groups = groupsOf(user).map(({ name }) => name)
  return {
    username,
    state: groups.length === 0 ? 'no-groups' : 'active',
    details: { password, id, firstName, lastName, email, groups, seesMaintenance },
  }
}

/** The session as its next request would find it. */
export function viewSession(session: Session, records: Records, settings: Settings, now: number): SessionView {
  const ending = endingOf(session, records, settings, now)
  // GC-X4: the first second in which it no longer lives.
  const until = session.lastSeenAt + wholeSecond(settings.sessionFor) + 1000
  return sessionView(session, ending ?? 'live', now, ending === undefined ? { until } : {})
}
