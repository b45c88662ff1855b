import { fromCookieDate } from './cookie-date.ts'
import { isHeader, type HeaderList } from './http.ts'

/** Words that are attributes of a Set-Cookie line. Some hosts send them back as if they were cookies. */
export const cookieAttributes: ReadonlySet<string> = new Set([
  'path',
  'domain',
  'expires',
  'max-age',
  'secure',
  'httponly',
  'samesite',
  'partitioned',
])

/**
 * Reads one cookie from a request's headers: the first of that name over all `Cookie` lines, quotes removed.
 * Parsed here and not by the host, because hosts differ: MSW 2 in Node repeats cookies and adds their attributes.
 */
export function requestCookie(headers: HeaderList, name: string): string | undefined {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (!isHeader(headers[index] as string, 'cookie')) continue
    const value = cookieIn(headers[index + 1] as string, name)
    if (value !== undefined) return value
  }
  return undefined
}

/** Looks, and takes nothing apart: every request is asked for cookies that few have. */
function cookieIn(line: string, name: string): string | undefined {
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    const start = line.lastIndexOf(';', at) + 1
    const equals = line.indexOf('=', start)
    if (equals < 0) return undefined
    if (line.slice(start, equals).trim() !== name) continue
    const end = line.indexOf(';', equals)
    const value = line.slice(equals + 1, end < 0 ? undefined : end).trim()
    return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
  }
  return undefined
}

/** The `[name, value]` pairs of a Cookie line, attribute names left out. */
export function cookiePairs(line: string): [name: string, value: string][] {
  return line
    .split(';')
    .map((part): [string, string] => {
      const equals = part.indexOf('=')
      return equals < 0 ? [part.trim(), ''] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()]
    })
    .filter(([name]) => name !== '' && !cookieAttributes.has(name.toLowerCase()))
}

/** A `Set-Cookie` line, taken apart. */
export interface SetCookie {
  readonly name: string
  /** As it was written, quotes and all: it goes back like this. */
  readonly value: string
  /** What stands behind it, names in lower case. Where one is repeated, the last that means something counts. */
  readonly attributes: ReadonlyMap<string, string>
}

/** Browsers keep no cookie whose name and value are longer together, and skip longer attributes. */
const [longestPair, longestAttribute] = [4096, 1024]

/** What no name, value or attribute has in it. */
// oxlint-disable-next-line no-control-regex
const control = /[\0-\x08\x0a-\x1f\x7f]/

/** Reads a `Set-Cookie` line as browsers do (RFC 6265, 5.2). Undefined where it sets no cookie. */
export function readSetCookie(line: string): SetCookie | undefined {
  const [pair = '', ...rest] = line.split(';')
  const equals = pair.indexOf('=')
  const [name, value] = [pair.slice(0, Math.max(equals, 0)).trim(), pair.slice(equals + 1).trim()]
  if (name === '' || name.length + value.length > longestPair || control.test(line)) return undefined
  const attributes = new Map<string, string>()
  for (const part of rest) {
    const at = part.indexOf('=')
    const [attribute, said] = (at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]).map((text) =>
      text.trim(),
    ) as [string, string]
    const known = attribute.toLowerCase()
    if (known !== '' && said.length <= longestAttribute && meansSomething(known, said)) attributes.set(known, said)
  }
  return { name, value, attributes }
}

/** Browsers pass over an end that is none, and over a domain without a name. */
function meansSomething(attribute: string, said: string): boolean {
  if (attribute === 'max-age') return /^-?\d+$/.test(said)
  if (attribute === 'expires') return fromCookieDate(said) !== undefined
  return attribute !== 'domain' || !/^\.?$/.test(said)
}

/**
 * When a cookie ends, in milliseconds: `Max-Age` counts before `Expires`. Undefined for one that lasts as long as the
 * browser is open. `now` is the time of whoever wrote the line.
 */
export function cookieEnd({ attributes }: SetCookie, now: number): number | undefined {
  const maxAge = attributes.get('max-age')
  if (maxAge !== undefined) return Number(maxAge) <= 0 ? -Infinity : now + Number(maxAge) * 1000
  const expires = attributes.get('expires')
  return expires === undefined ? undefined : fromCookieDate(expires)
}

/** Whether a line takes a cookie away. */
export function isCookieOver(cookie: SetCookie, now: number): boolean {
  return (cookieEnd(cookie, now) ?? Infinity) <= now
}
