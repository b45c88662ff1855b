import { requestCookie } from '../../core/cookie.ts'
import { headerValue, headerValues, type HttpRequest } from '../../core/http.ts'
import type { Kit } from '../../core/kit.ts'
import type { Answered } from '../comparing/answered.ts'

/** A request that somebody sent to a real server, and what that answered. */
export interface SeenExchange {
  readonly request: HttpRequest
  readonly answer: Answered
  /** When its head came, by the clock here; the answer tells the time by the server's. */
  readonly cameAt?: number
}

/** Cookies that tell a session, by name. */
export function cookiesOfSessions({ login, volatile }: Pick<Kit, 'login' | 'volatile'>): ReadonlySet<string> {
  const marked = Object.keys(volatile).flatMap((path) => (path.startsWith('cookie.') ? [path.slice(7)] : []))
  return new Set([...marked, ...(login === undefined ? [] : [login.cookie])])
}

/** The sessions that a request carries, alive or not. */
export function sessionsCarried(kit: Kit, { headers }: Pick<HttpRequest, 'headers'>): string[] {
  const inCookies = [...cookiesOfSessions(kit)].flatMap((name) => requestCookie(headers, name) ?? [])
  const header = kit.sessionHeader === undefined ? undefined : headerValue(headers, kit.sessionHeader)
  return header === undefined ? inCookies : [...inCookies, withoutScheme(header)]
}

/** What a header carries, without `Bearer`. */
export function withoutScheme(value: string): string {
  return value.replace(/^bearer +/i, '').trim()
}

/** The session that an answer sets. */
export function cookieSet(headers: readonly string[], name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  for (const line of headerValues(headers, 'set-cookie')) {
    const [pair = ''] = line.split(';')
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1).trim() || undefined
  }
  return undefined
}
