import { cookiePairs } from '../core/cookie.ts'
import { headerValue, headerValues, type HeaderList } from '../core/http.ts'
import { worldHeader } from '../world/worlds.ts'

/** Cookies by world and name. */
export type Cookies = { readonly [world: string]: { readonly [name: string]: string } }

/**
 * Remembers the cookies of mocked answers, as a browser would: browsers drop HttpOnly cookies of mocked answers, MSW 3
 * in Node keeps none, and MSW 2 keeps them for the whole process. One jar belongs to one set of handlers, and holds
 * the worlds apart.
 */
export class CookieJar {
  readonly #worlds = new Map<string, Map<string, string>>()
  #listener: () => void = () => undefined

  /** Calls back when a cookie came or went. */
  listen(listener: () => void): void {
    this.#listener = listener
  }

  /** Everything in it, as plain data. */
  all(): Cookies {
    return Object.fromEntries([...this.#worlds].map(([world, cookies]) => [world, Object.fromEntries(cookies)]))
  }

  /** Holds these instead. */
  load(all: Cookies): void {
    this.#worlds.clear()
    for (const [world, cookies] of Object.entries(all)) this.#worlds.set(world, new Map(Object.entries(cookies)))
  }

  /** The Cookie line for a request that may send credentials and brings no cookie itself. */
  cookieFor(request: Request): string | undefined {
    if (!sendsCredentials(request) || request.headers.has('cookie')) return undefined
    const cookies = new Map([...pageCookies(request), ...this.#cookies(request)])
    return cookies.size === 0 ? undefined : [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Takes the cookies of an answer. */
  store(request: Request, headers: HeaderList): void {
    if (headerValue(headers, 'set-cookie') === undefined || !sendsCredentials(request)) return
    const cookies = this.#cookies(request)
    for (const line of headerValues(headers, 'set-cookie')) {
      const pair = cookiePairs(line)[0]
      if (pair === undefined) continue
      if (isOver(line)) cookies.delete(pair[0])
      else cookies.set(pair[0], pair[1])
    }
    this.#listener()
  }

  #cookies(request: Request): Map<string, string> {
    const name = request.headers.get(worldHeader) ?? pageCookies(request).get(worldHeader) ?? ''
    const cookies = this.#worlds.get(name) ?? new Map<string, string>()
    this.#worlds.set(name, cookies)
    return cookies
  }
}

function isOver(line: string): boolean {
  return /;\s*max-age=(0|-\d+)\b/i.test(line) || /;\s*expires=[^;]*\b1970\b/i.test(line)
}

/** What the page itself has set: a browser keeps those, and would send them, but does not show them to MSW. */
function pageCookies(request: Request): Map<string, string> {
  const isPages = typeof document !== 'undefined' && isSameOrigin(request)
  return new Map(isPages ? cookiePairs(document.cookie) : [])
}

function isSameOrigin(request: Request): boolean {
  return location.origin === new URL(request.url).origin
}

/** What the Fetch standard says of credentials; outside a page there is no other origin. */
function sendsCredentials(request: Request): boolean {
  if (request.credentials === 'include') return true
  if (request.credentials === 'omit') return false
  return typeof location === 'undefined' || isSameOrigin(request)
}
