import { requestCookie } from '../../core/cookie.ts'
import type { HeaderList, HttpRequest } from '../../core/http.ts'
import { remembered, repeated } from '../../core/remembered.ts'
import { alphabets } from '../../core/random.ts'
import type { Context } from '../../core/step.ts'
import type { Settings } from './settings.ts'

/** Name of the host product's session cookie. */
export const sessionCookie = 'JSESSIONID'

/** Name of the cookie that ties forms of Jira to a browser. */
const xsrfCookie = 'atlassian.xsrf.token'

const minuteMs = 60_000

/** What Jira puts on every answer below /rest; what others put there is not known. */
export function hostHeaders(username: string | undefined, { settings, now }: Context<Settings>): HeaderList {
  if (settings.product !== 'jira') return []
  return [
    'x-arequestid',
    requestId(now),
    'x-ausername',
    username === undefined ? 'anonymous' : encoded(username),
    'cache-control',
    'no-cache, no-store, no-transform',
    'x-content-type-options',
    'nosniff',
  ]
}

const encoded = remembered(encodeURIComponent)

/** The minute of the day, a count of requests, and one of those at the same time. A step does not count, so it tells the milliseconds. */
const requestId = repeated((now) => `${Math.floor(now / minuteMs) % 1440}x${now % minuteMs}x1`)

/**
 * The Set-Cookie lines that come with a new session. `lout` and `lin` tell whether the request began without a user, or
 * with one.
 */
export function sessionCookies(
  sessionId: string,
  request: HttpRequest,
  { settings, random }: Context<Settings>,
  began: 'lout' | 'lin',
): HeaderList {
  const path = settings.contextPath === '' ? '/' : settings.contextPath
  const secure = request.origin?.startsWith('https:') === true ? '; Secure' : ''
  const session = ['set-cookie', `${sessionCookie}=${sessionId}; Path=${path}${secure}; HttpOnly`]
  if (settings.product !== 'jira' || requestCookie(request.headers, xsrfCookie) !== undefined) return session
  const server = Array.from({ length: 4 }, () => random.text(4, alphabets.upperHex)).join('-')
  const token = `${server}|${random.text(40, lowerHex)}|${began}`
  return ['set-cookie', `${xsrfCookie}=${token}; Path=${path}${secure}`, ...session]
}

const lowerHex = '0123456789abcdef'
