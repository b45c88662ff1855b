import { headerValues, type HeaderList } from './http.ts'

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
  for (const line of headerValues(headers, 'cookie')) {
    const value = cookieIn(line, name)
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
