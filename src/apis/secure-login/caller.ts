import { requestCookie } from '../../core/cookie.ts'
import { headerValue, type HttpRequest } from '../../core/http.ts'
import { alphabets } from '../../core/random.ts'
import type { Change, Context, Outcome, Records, Reply } from '../../core/step.ts'
import * as replies from './replies.ts'
import type { Settings } from './settings.ts'
import { isAlive, readUser, sessionKey, userKey, type Session, type User } from './state.ts'

/** Name of the host product's session cookie. */
export const sessionCookie = 'JSESSIONID'

/** Who sent a request: the session, its user, and what merely having asked changes. */
export interface Caller {
  readonly sessionId: string
  readonly session: Session
  readonly user: User
  /** The session did not exist before this request, so the reply has to set its cookie. */
  readonly isNew: boolean
  readonly changes: readonly Change[]
}

/** The caller, or the reply for one that is not known (SL-01, SL-02, SL-U1, SL-H5). */
export function identify(records: Records, request: HttpRequest, context: Context<Settings>): Caller | Reply {
  const { settings, now } = context
  const id = requestCookie(request.headers, sessionCookie)
  const session = id === undefined ? undefined : (records.get(sessionKey(id)) as Session | undefined)
  const user = session === undefined ? undefined : readUser(records, session.username)
  const alive = session !== undefined && isAlive(session, user, settings, now)

  const basic = basicCredentials(request)
  if (basic !== undefined) {
    const claimed = readUser(records, basic.username)
    if (claimed === undefined || claimed.password !== basic.password) return replies.basicRejected
    if (!alive || session.username !== claimed.username) return openSession(claimed, context)
  }
  if (alive) return resumeSession(id as string, session, user as User, now)
  if (settings.withoutSession === 'defaultUser' && settings.defaultUser !== undefined) {
    const stand = readUser(records, settings.defaultUser)
    if (stand !== undefined) return openSession(stand, context)
  }
  if (id === undefined) return replies.noSession
  return session === undefined ? replies.sessionUnknown : replies.sessionExpired
}

function resumeSession(sessionId: string, session: Session, user: User, now: number): Caller {
  const lastSeenAt = wholeSecond(now)
  if (lastSeenAt === session.lastSeenAt) return { sessionId, session, user, isNew: false, changes: [] }
  const seen = { ...session, lastSeenAt }
  return { sessionId, session: seen, user, isNew: false, changes: [{ key: sessionKey(sessionId), value: seen }] }
}

/** A new session of a user whose first factor is known to be right. */
export function openSession(user: User, context: Context<Settings>): Caller {
  const sessionId = context.random.text(32, alphabets.upperHex)
  const session: Session = {
    username: user.username,
    openedAt: context.now,
    lastSeenAt: wholeSecond(context.now),
    sessionEpoch: user.sessionEpoch,
    failures: 0,
    authenticated: null,
  }
  const signedIn: User = { ...user, logins: { ...user.logins, count: user.logins.count + 1, lastAt: context.now } }
  const changes = [
    { key: sessionKey(sessionId), value: session },
    { key: userKey(user.username), value: signedIn },
  ]
  return { sessionId, session, user: signedIn, isNew: true, changes }
}

/** The outcome for a known caller: its own changes first, and the cookie of a session that is new. */
export function reply(
  caller: Caller,
  answer: Reply,
  context: Context<Settings>,
  changes: readonly Change[] = [],
): Outcome {
  return {
    reply: caller.isNew ? withSessionCookie(answer, caller.sessionId, context.settings) : answer,
    changes: changes.length === 0 ? caller.changes : [...caller.changes, ...changes],
    user: caller.user.username,
  }
}

/** The outcome for bad input: nothing changes, not even when the session was last seen. */
export function refuse(answer: Reply, caller?: Caller): Outcome {
  return { reply: answer, changes: [], ...(caller === undefined ? {} : { user: caller.user.username }) }
}

function withSessionCookie(answer: Reply, sessionId: string, settings: Settings): Reply {
  const path = settings.contextPath === '' ? '/' : settings.contextPath
  const cookie = `${sessionCookie}=${sessionId}; Path=${path}; HttpOnly`
  return { ...answer, headers: [...answer.headers, 'set-cookie', cookie] }
}

/** The credentials of an Authorization: Basic header, right or not. */
export function basicCredentials(request: HttpRequest): { username: string; password: string } | undefined {
  const value = headerValue(request.headers, 'authorization')
  const encoded = value === undefined ? null : /^basic\s+([A-Za-z0-9+/=_-]*)\s*$/i.exec(value)
  if (encoded === null) return undefined
  const text = decodeBase64(encoded[1] as string)
  const colon = text.indexOf(':')
  // Without a colon these are no credentials of anybody; they are wrong rather than absent.
  return { username: text.slice(0, Math.max(colon, 0)), password: text.slice(colon + 1) }
}

function decodeBase64(encoded: string): string {
  try {
    const bytes = Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0))
    return new TextDecoder().decode(bytes)
  } catch {
    return ''
  }
}

function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000
}
