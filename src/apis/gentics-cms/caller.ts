import type { HttpRequest } from '../../core/http.ts'
import { alphabets } from '../../core/random.ts'
import type { Change, Context, Records } from '../../core/step.ts'
import { beginSession, carriedId, useSession } from '../../model/sessions.ts'
import { limits, secretCookie } from './wire.ts'
import type { Settings } from './settings.ts'
import { endingOf, isGivenOut, secrets, sessions, sids, users, type Ending, type Session, type User } from './state.ts'
import { isSecret, type Token } from './token.ts'

/** A session that goes on, and whose it is. */
export interface LiveSession {
  readonly kind: 'live'
  readonly session: Session
  readonly user: User
}

/** What became of a request's claim to a session. */
export type SessionLookup =
  | { readonly kind: 'unknown'; readonly because: string }
  | { readonly kind: 'rejected'; readonly because: string; readonly ending?: Ending; readonly username: string }
  | LiveSession

/** The secret that the request's cookie carries. */
export function cookieSecret(request: HttpRequest): string | undefined {
  const value = carriedId(request, { cookie: secretCookie })
  return value === '' ? undefined : value
}

/** The session that a token claims, where one of these secrets is its own (GC-16, GC-X9). */
export function claimSession(
  records: Records,
  token: Token | undefined,
  cookie: string | undefined,
  { settings, now }: Pick<Context<Settings>, 'settings' | 'now'>,
): SessionLookup {
  if (token === undefined) return { kind: 'unknown', because: 'the request names no session' }
  const session = sessions.get(records, token.sid)
  if (session === undefined) return { kind: 'unknown', because: `there is no session ${token.sid}` }
  const { username } = session
  const ending = endingOf(session, records, settings, now)
  if (ending !== undefined)
    return { kind: 'rejected', because: `session ${token.sid} ${endings[ending]}`, ending, username }
  const user = users.get(records, username)
  const carried = [token.secret, cookie].filter((secret) => secret !== undefined)
  if (user !== undefined && carried.includes(session.secret)) return { kind: 'live', session, user }
  const because =
    carried.length === 0 ? 'the request carries no secret' : `the secret is not that of session ${token.sid}`
  return { kind: 'rejected', because, username }
}

/** Whether what a request claims was a session, and was left alone for too long. */
export function isAged(claim: SessionLookup): boolean {
  return claim.kind === 'rejected' && claim.ending === 'aged'
}

/** Of whom an outcome is, by the session that a request claimed. */
export function whose(claim: SessionLookup): { readonly user?: string } {
  if (claim.kind === 'live') return { user: claim.user.username }
  return claim.kind === 'rejected' ? { user: claim.username } : {}
}

const endings: Readonly<Record<Ending, string>> = {
  'logged out': 'was logged out of',
  'all logged out': 'ended when all sessions with its secret were logged out of',
  expired: 'was ended from outside',
  aged: 'was idle for too long',
}

/** A session that a login opens or goes on with. */
export interface OpenedSession {
  readonly session: Session
  readonly isNew: boolean
  /** The secret did not exist before, so the reply has to set its cookie. */
  readonly isNewSecret: boolean
  readonly changes: readonly Change[]
}

/** A session of a user who is known to be who they say. `sid` is the one that the request would like to go on with. */
export function openSession(
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
  user: User,
  sid: number,
): OpenedSession {
  const { now } = context
  const cookie = cookieSecret(request)
  const shared = cookie !== undefined && isSecret(cookie) && isGivenOut(records, cookie) ? cookie : undefined
  const claim = shared === undefined ? undefined : claimSession(records, { sid }, shared, context)
  const present = claim?.kind === 'live' ? claim.session : undefined
  const session: Session = {
    sid: present?.sid ?? nextSid(records),
    ...beginSession(user, now),
    ...(present === undefined ? {} : { openedAt: present.openedAt }),
    secret: shared ?? context.random.text(limits.secretLength, alphabets.alphanumeric),
  }
  const changes: Change[] = [sessions.put(session.sid, session)]
  if (present === undefined) changes.push(sids.put('given', { last: session.sid }))
  if (shared === undefined) changes.push(secrets.put(session.secret, { ended: false }))
  return { session, isNew: present === undefined, isNewSecret: shared === undefined, changes }
}

/** The number of the next session. */
export function nextSid(records: Records): number {
  let sid = (sids.get(records, 'given')?.last ?? 0) + 1
  // An edited scenario may have put a session there.
  while (sessions.get(records, sid) !== undefined) sid++
  return sid
}

/** The session, used just now; nothing changes within a second. */
export function touch(session: Session, now: number): readonly Change[] {
  const used = useSession(session, now)
  return used === session ? [] : [sessions.put(session.sid, used)]
}
