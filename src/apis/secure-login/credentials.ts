import { decodeUtf8Loosely } from '../../core/utf8.ts'
import { headerValue, type HttpRequest } from '../../core/http.ts'
import type { Change, Records } from '../../core/step.ts'
import type { Settings } from './settings.ts'
import { users, type User } from './state.ts'

/** A name with a password, right or not. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

/** What the host makes of credentials (SL-H2, SL-U20). */
export type FirstFactor =
  | { readonly verdict: 'right'; readonly user: User }
  | { readonly verdict: 'wrong' | 'captcha'; readonly because: string; readonly user?: User }

/**
 * Looks at the first factor. With too many failures in a row the host wants a CAPTCHA, and takes no password, not even
 * the right one, until somebody has signed in at its own page.
 */
export function checkCredentials(records: Records, given: Credentials, settings: Settings): FirstFactor {
  const user = users.get(records, given.username)
  if (user === undefined) return { verdict: 'wrong', because: 'there is no such user' }
  const { captchaAfter } = settings
  if (captchaAfter !== undefined && captchaAfter !== null && user.logins.failedInARow >= captchaAfter) {
    const because = `after ${user.logins.failedInARow} failed logins a CAPTCHA is due, whatever the password`
    return { verdict: 'captcha', because, user }
  }
  return user.password === given.password
    ? { verdict: 'right', user }
    : { verdict: 'wrong', because: 'the password is wrong', user }
}

/** The change by which a failed login is counted. */
export function countedFailure({ user }: { readonly user?: User }, now: number): readonly Change[] {
  if (user === undefined) return []
  const { failed, failedInARow } = user.logins
  const logins = { ...user.logins, failed: failed + 1, failedInARow: failedInARow + 1, lastFailedAt: now }
  return [users.put(user.username, { ...user, logins })]
}

/** The credentials of an Authorization: Basic header, right or not. */
export function basicCredentials(request: HttpRequest): Credentials | undefined {
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
    return decodeUtf8Loosely(bytes)
  } catch {
    return ''
  }
}
