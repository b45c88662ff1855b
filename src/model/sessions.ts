import type { SessionView } from '../core/api.ts'
import { requestCookie } from '../core/cookie.ts'
import { formatDuration } from '../core/duration.ts'
import { integer, text } from '../core/field.ts'
import { headerValue, type HttpRequest } from '../core/http.ts'
import type { Infer } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import type { JsonObject } from '../core/json.ts'

const instant = { about: 'an instant in milliseconds' }

/** What the record of every session has, beside what an API adds. */
export const sessionFields = {
  username: text({ about: 'whose' }),
  openedAt: integer(instant),
  /** Whole seconds, so that a burst of requests changes nothing. */
  lastSeenAt: integer(instant),
  sessionEpoch: integer({ about: "the user's when it was opened", min: 0 }),
}

/** A session, as far as it is one everywhere. */
export type BasicSession = Infer<typeof sessionFields>

/** Whoever may have sessions. Raising the epoch ends all of them at once. */
export interface SessionOwner {
  readonly username: string
  readonly sessionEpoch: number
}

/** A session of somebody that begins at an instant. */
export function beginSession({ username, sessionEpoch }: SessionOwner, now: number): BasicSession {
  return { username, openedAt: now, lastSeenAt: wholeSecond(now), sessionEpoch }
}

/** The session as it is once it was used; the very same within a second. */
export function useSession<Session extends BasicSession>(session: Session, now: number): Session {
  const lastSeenAt = wholeSecond(now)
  return lastSeenAt === session.lastSeenAt ? session : { ...session, lastSeenAt }
}

/** Whether the user is there, and has not had every session ended since. */
export function isOwnedBy<Owner extends SessionOwner>(session: BasicSession, user: Owner | undefined): user is Owner {
  return user?.sessionEpoch === session.sessionEpoch
}

/** For how long nobody has used it, in the whole seconds that are kept. */
export function idleTime({ lastSeenAt }: BasicSession, now: number): number {
  return Math.max(0, wholeSecond(now) - lastSeenAt)
}

export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000
}

/** The session as people see it. `until` is left out for one that has ended. */
export function sessionView(
  session: BasicSession,
  state: string,
  now: number,
  { until, ...details }: JsonObject & { readonly until?: number },
): SessionView {
  const { username, openedAt, lastSeenAt } = session
  const alive = until === undefined ? {} : { until }
  const idle = until === undefined ? {} : { idleFor: formatDuration(idleTime(session, now)) }
  const seen = { openedAt: toIso(openedAt), lastSeenAt: toIso(lastSeenAt) }
  return { username, state, ...alive, details: { ...seen, ...details, ...idle } }
}

/** Where a request carries the id of a session: in a cookie, in a header, or as a bearer token (RFC 6750). */
export type Carrier = { readonly cookie: string } | { readonly header: string } | 'bearer'

/** The id that a request carries, known or not. */
export function carriedId({ headers }: HttpRequest, carrier: Carrier): string | undefined {
  if (carrier === 'bearer') {
    return /^bearer +([\w.~+/-]+=*) *$/i.exec(headerValue(headers, 'authorization') ?? '')?.[1]
  }
  return 'cookie' in carrier ? requestCookie(headers, carrier.cookie) : headerValue(headers, carrier.header)
}
