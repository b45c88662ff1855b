import { cookiePairs } from '../core/cookie.ts'
import { CookieJar, type Cookie } from '../core/cookie-jar.ts'
import { headerValue, headerValues, type HeaderList } from '../core/http.ts'
import { worldHeader } from '../core/world-header.ts'

/** Cookies by world. */
export type CookiesByWorld = { readonly [world: string]: readonly Cookie[] }

/**
 * Remembers the cookies of mocked answers, as a browser would: browsers drop HttpOnly cookies of mocked answers, MSW 3
 * in Node keeps none, and MSW 2 keeps them for the whole process. There is one for each set of handlers, and it holds
 * the worlds apart.
 */
export class CookieStore {
  readonly #worlds = new Map<string, CookieJar>()
  #listener: () => void = () => undefined

  /** Calls back when a cookie came or went. */
  listen(listener: () => void): void {
    this.#listener = listener
  }

  /** Everything in it, as plain data. */
  all(): CookiesByWorld {
    return Object.fromEntries([...this.#worlds].map(([world, jar]) => [world, jar.all]))
  }

  /** Holds these instead. */
  load(all: CookiesByWorld): void {
    this.#worlds.clear()
    // An earlier version kept names and values, without where they belong.
    for (const [world, cookies] of Object.entries(all))
      if (Array.isArray(cookies)) this.#worlds.set(world, new CookieJar(clock, cookies as readonly Cookie[]))
  }

  /** The Cookie line for a request that may send credentials and brings no cookie itself. */
  cookieFor(request: Request): string | undefined {
    if (!sendsCredentials(request) || request.headers.has('cookie')) return undefined
    const kept = this.#jarOf(request)?.for(request.url) ?? []
    const names = new Set(kept.map(({ name }) => name))
    const pairs = kept.map(({ name, value }) => `${name}=${value}`)
    for (const [name, value] of pageCookies(request)) if (!names.has(name)) pairs.push(`${name}=${value}`)
    return pairs.length === 0 ? undefined : pairs.join('; ')
  }

  /** Takes the cookies of an answer. */
  store(request: Request, headers: HeaderList): void {
    const lines = headerValues(headers, 'set-cookie')
    if (lines.length === 0 || !sendsCredentials(request)) return
    const date = Date.parse(headerValue(headers, 'date') ?? '')
    const jar = this.#jarOf(request) ?? new CookieJar(clock)
    jar.take(lines, request.url, Number.isNaN(date) ? undefined : date)
    this.#worlds.set(worldOf(request), jar)
    this.#listener()
  }

  #jarOf(request: Request): CookieJar | undefined {
    return this.#worlds.size === 0 ? undefined : this.#worlds.get(worldOf(request))
  }
}

/** Looked up at each call: fake timers replace it. */
const clock = (): number => Date.now()

function worldOf(request: Request): string {
  return request.headers.get(worldHeader) ?? pageCookies(request).get(worldHeader) ?? ''
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
  return typeof location === 'undefined' || isReactNative() || isSameOrigin(request)
}

/** Expo has a location there, which is its dev server's; React Native sends cookies to any origin. */
function isReactNative(): boolean {
  return typeof navigator !== 'undefined' && navigator.product === 'ReactNative'
}
