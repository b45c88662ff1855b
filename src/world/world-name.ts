import { requestCookie } from '../core/cookie.ts'
import { UnderstudyError } from '../core/errors.ts'
import { headerValue, type HeaderList } from '../core/http.ts'
import { worldHeader } from '../core/world-header.ts'

/** The world of requests that ask for none. */
export const mainName = 'main'
const namePattern = /^[\w.-]{1,64}$/

/** The name of the world that a request asks for by header or cookie. */
export function nameOfWorld(headers: HeaderList): string | undefined {
  return headerValue(headers, worldHeader) ?? requestCookie(headers, worldHeader)
}

/** Throws ERR_WORLD_INVALID for a name that is none. */
export function checkName(name: string): void {
  if (namePattern.test(name)) return
  throw new UnderstudyError(
    'ERR_WORLD_INVALID',
    `${JSON.stringify(name.slice(0, 80))} is no name for a world: up to 64 letters, digits, dots, hyphens and underscores.`,
  )
}
