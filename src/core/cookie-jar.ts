import { cookieEnd, readSetCookie, type SetCookie } from './cookie.ts'
import { isLoopback } from './loopback.ts'

/** A cookie with where it belongs, as plain data. */
export type Cookie = {
  readonly name: string
  readonly value: string
  /** The host that it is sent to, and those below it unless it is for the host only. */
  readonly host: string
  readonly hostOnly: boolean
  readonly path: string
  readonly secure: boolean
  /** Milliseconds; null for one that lasts as long as the jar. */
  readonly endsAt: number | null
  /** Put in by hand: nobody has said where it belongs, and a server that sets one of its name knows better. */
  readonly given?: true
}

/** A cookie that was not taken, and why. */
export interface RefusedCookie {
  readonly name: string
  readonly because: string
}

/**
 * Keeps cookies as a browser does: each goes back to the host and below the path that it is for, until it ends, and a
 * `Secure` one over HTTPS or on this machine only. `SameSite` is read and not applied: without a page there is no site.
 * Public suffixes are not known: one label alone (`Domain=com`) is refused, `Domain=co.uk` is not.
 */
export class CookieJar {
  readonly #now: () => number
  #cookies: readonly Cookie[]

  /** `now` is the clock by which cookies end, in milliseconds. */
  constructor(now: () => number, cookies: readonly Cookie[] = []) {
    this.#now = now
    this.#cookies = cookies
  }

  /** All of them, in the order in which they came. */
  get all(): readonly Cookie[] {
    return this.#cookies
  }

  /**
   * Takes what an answer from `url` sets, and takes away what it ends. `serverNow` is the server's time, by which it
   * reckons ends, where that is another. Gives back what was refused.
   */
  take(lines: readonly string[], url: string, serverNow?: number): RefusedCookie[] {
    const refused: RefusedCookie[] = []
    for (const line of lines) {
      const now = this.#now()
      const cookie = acceptCookie(line, url, now, serverNow)
      if (cookie === undefined) continue
      if ('because' in cookie) refused.push(cookie)
      else this.#keep(cookie, now)
    }
    return refused
  }

  /** Puts a cookie for a URL's host in, whatever the path. */
  put(name: string, value: string, url: string): void {
    const host = new URL(url).hostname
    this.#keep({ name, value, host, hostOnly: true, path: '/', secure: false, endsAt: null, given: true }, -Infinity)
  }

  /** The `Cookie` line of a request: the longest paths first, then the oldest. Undefined where there is none. */
  lineFor(url: string): string | undefined {
    const cookies = this.for(url)
    return cookies.length === 0 ? undefined : cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  /** The cookies that a request brings along, in the order in which it does. */
  for(url: string): readonly Cookie[] {
    if (this.#cookies.length === 0) return this.#cookies
    const now = this.#now()
    const place = new URL(url)
    return this.#cookies
      .filter((cookie) => (cookie.endsAt ?? Infinity) > now && belongsTo(cookie, place))
      .sort((one, other) => other.path.length - one.path.length)
  }

  /** The value of a cookie of that name, wherever it belongs: the latest. */
  value(name: string): string | undefined {
    return this.#cookies.findLast((cookie) => cookie.name === name)?.value
  }

  /** Takes all cookies of that name away. */
  delete(name: string): void {
    this.#cookies = this.#cookies.filter((cookie) => cookie.name !== name)
  }

  #keep(cookie: Cookie, now: number): void {
    const isOver = (cookie.endsAt ?? Infinity) <= now
    const kept: Cookie[] = []
    let isReplaced = false
    for (const other of this.#cookies) {
      if (isSame(other, cookie)) {
        // What is set again keeps its place in the order.
        if (!isOver) kept.push(cookie)
        isReplaced = true
      } else if (other.given !== true || other.name !== cookie.name || other.host !== cookie.host) kept.push(other)
    }
    if (!isReplaced && !isOver) kept.push(cookie)
    this.#cookies = kept
  }
}

/** A `Set-Cookie` line of an answer from `url` as a cookie; why a browser would not keep it; undefined if it is none. */
function acceptCookie(
  line: string,
  url: string,
  now: number,
  serverNow: number = now,
): Cookie | RefusedCookie | undefined {
  const set = readSetCookie(line)
  if (set === undefined) return undefined
  const place = new URL(url)
  const secure = set.attributes.has('secure')
  if (secure && !isTrustworthy(place))
    return refusal(set, `is Secure, and ${place.origin} is neither HTTPS nor this machine`)
  const domain = domainOf(set)
  const host = place.hostname
  if (domain !== undefined && domain !== host && (!isBelow(host, domain) || !domain.includes('.')))
    return refusal(set, `is for ${domain}, where ${host} does not belong`)
  const prefix = brokenPrefix(set, domain)
  if (prefix !== undefined) return refusal(set, prefix)
  const end = cookieEnd(set, serverNow)
  return {
    name: set.name,
    value: set.value,
    host: domain ?? host,
    hostOnly: domain === undefined,
    path: pathOf(set, place),
    secure,
    endsAt: end === undefined ? null : end - serverNow + now,
  }
}

/** Whether a request to a place brings a cookie along. */
function belongsTo(cookie: Cookie, place: URL): boolean {
  const { hostname, pathname } = place
  if (cookie.host !== hostname && (cookie.hostOnly || !isBelow(hostname, cookie.host))) return false
  if (cookie.secure && !isTrustworthy(place)) return false
  if (!pathname.startsWith(cookie.path)) return false
  return pathname.length === cookie.path.length || cookie.path.endsWith('/') || pathname[cookie.path.length] === '/'
}

function isSame(one: Cookie, other: Cookie): boolean {
  return (
    one.name === other.name && one.path === other.path && one.host === other.host && one.hostOnly === other.hostOnly
  )
}

/** HTTPS; and HTTP on this machine, where nobody else listens. Browsers see it so. */
function isTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname)
}

/** Whether a name lies below a domain; an address lies below nothing. */
function isBelow(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`) && !/^[\d.]+$|:/.test(host)
}

/** What `Domain` says; a dot before it means nothing. */
function domainOf({ attributes }: SetCookie): string | undefined {
  return attributes.get('domain')?.replace(/^\./, '').toLowerCase()
}

/** What `Path` says; otherwise the path of the request as far as its last slash. */
function pathOf({ attributes }: SetCookie, { pathname }: URL): string {
  const path = attributes.get('path') ?? ''
  return path.startsWith('/') ? path : pathname.slice(0, pathname.lastIndexOf('/')) || '/'
}

/** What the prefix of a name promises, where the line does not keep it. */
function brokenPrefix({ name, attributes }: SetCookie, domain: string | undefined): string | undefined {
  const prefix = /^__(secure|host)-/i.exec(name)?.[1]?.toLowerCase()
  if (prefix === undefined) return undefined
  if (!attributes.has('secure')) return 'is not Secure, as its name says'
  if (prefix === 'host' && (domain !== undefined || attributes.get('path') !== '/'))
    return 'is not for its host alone (no Domain) and Path=/, as its name says'
  return undefined
}

function refusal({ name }: SetCookie, what: string): RefusedCookie {
  return { name, because: `the cookie ${name} ${what}` }
}
