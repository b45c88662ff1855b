import { isCookieOver, readSetCookie } from '../../core/cookie.ts'
import { headerValues } from '../../core/http.ts'
import type { Answered } from '../comparing/answered.ts'

/** The names of the cookies that an answer sets, but for those that it takes away. */
export function cookiesSet({ headers, at }: Pick<Answered, 'headers' | 'at'>): string[] {
  return headerValues(headers, 'set-cookie').flatMap((written) => {
    const cookie = readSetCookie(written)
    return cookie === undefined || isCookieOver(cookie, at) ? [] : [cookie.name]
  })
}
