import { cookieAttributes } from '../core/cookie.ts'
import { headerPairs, type HeaderList } from '../core/http.ts'
import { isJsonObject, type Json } from '../core/json.ts'

/** What stands for a secret. */
export const masked = '***'

/** The start of a long identifier, enough to tell two apart and not to use one. */
export function shorten(identifier: string): string {
  return identifier.length < 12 ? masked : `${identifier.slice(0, 4)}…`
}

/** The identifier of a session, shortened: whoever knows it is that session, unless it is merely a number. */
export function maskSession(id: string): string {
  return /^\d{1,10}$/.test(id) ? id : shorten(id)
}

/** A record's key, where it has the identifier of a session or another secret in it. */
export function maskKey(key: string): string {
  const match = /^(.*?\b(session|secret):)(.+)$/s.exec(key)
  if (match === null) return key
  const [, start, kind, id] = match as unknown as [string, string, string, string]
  return start + (kind === 'session' ? maskSession(id) : shorten(id))
}

/** Tells the words (letters and digits) that are a secret wherever they stand. */
export type IsToken = (word: string) => boolean

/** A text, a path or a query with such words shortened, percent-encoded ones too. */
export function maskTokens(text: string, isToken: IsToken): string {
  return text.replace(/(?:[0-9A-Za-z]|%[0-9A-Fa-f]{2})+/g, (run) => {
    const plain = decodeName(run)
    const shown = plain.replace(/[0-9A-Za-z]+/g, (word) => (isToken(word) ? shorten(word) : word))
    return shown === plain ? run : shown
  })
}

const longestLine = 2048

/** No more of a text than anybody reads, cut between words: half a token would not be known for one. */
export function cutOff(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine).replace(/[0-9A-Za-z%]+$/, '')}…` : text
}

/** Plain data with the values of secret members masked, at any depth. `secret` holds their names in lower case. */
export function maskJson(value: Json | undefined, secret: ReadonlySet<string>): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => maskJson(item, secret) ?? null)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const hide = secret.has(name.toLowerCase()) && member !== null && member !== undefined
      return [name, hide ? masked : maskJson(member, secret)]
    }),
  )
}

const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'x-auth-application',
  'x-auth-token',
  'x-auth-secret',
])

/** Headers as pairs: credentials masked, cookies shortened so that sessions can still be told apart. */
export function maskHeaders(headers: HeaderList): [name: string, value: string][] {
  return headerPairs(headers).map(([name, value]) => {
    const lower = name.toLowerCase()
    if (lower === 'cookie') return [name, value.split(';').map(maskCookie).join(';')]
    if (lower === 'set-cookie') {
      const [cookie, ...attributes] = value.split(';')
      return [name, [maskCookie(cookie as string), ...attributes].join(';')]
    }
    if (!secretHeaders.has(lower)) return [name, value]
    const scheme = /^(basic|bearer|digest) /i.exec(value)
    return [name, scheme === null ? masked : `${scheme[0]}${masked}`]
  })
}

function maskCookie(pair: string): string {
  const equals = pair.indexOf('=')
  // Without a name all of it is the value, unless a host sent an attribute back as if it were a cookie.
  if (equals < 0) return cookieAttributes.has(pair.trim().toLowerCase()) ? pair : shorten(pair.trim())
  return `${pair.slice(0, equals + 1)}${shorten(pair.slice(equals + 1).trim())}`
}

/** A query or form body with the values of secret members masked. */
export function maskForm(form: string, secret: ReadonlySet<string>): string {
  return form
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] as string
      return secret.has(decodeName(name).toLowerCase()) ? `${name}=${masked}` : pair
    })
    .join('&')
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}

/** How much of a body is shown. */
export const shownBytes = 4096

/** What of a body is a secret: all of it, whatever is neither JSON nor a form, or only its secret members. */
export type BodySecrecy = 'all' | 'plain text' | 'members'

/**
 * A body as text that may be shown. What it looks like counts, not its content type: a forgotten or wrong header must
 * not give a password away.
 */
export function maskBody(
  body: Uint8Array | string | undefined,
  secret: ReadonlySet<string>,
  secrecy: BodySecrecy,
): string | undefined {
  if (body === undefined || body.length === 0) return undefined
  if (secrecy === 'all') return masked
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body.subarray(0, shownBytes))
  if (/^\s*[[{]/.test(text)) return maskJsonText(text, secret)
  // Without line breaks: a multipart form may begin like one, and holds its secrets as they are.
  const isForm = /^[^\s=&]+=[^\r\n]*$/.test(text)
  return secrecy === 'plain text' && !isForm ? masked : clip(maskForm(text, secret))
}

function maskJsonText(text: string, secret: ReadonlySet<string>): string {
  try {
    return clip(JSON.stringify(maskJson(JSON.parse(text), secret)))
  } catch {
    // Not JSON after all, or cut off.
    return clip(maskMembers(text, secret))
  }
}

/** A text with whatever looks like a secret member masked. */
export function maskMembers(text: string, secret: ReadonlySet<string>): string {
  const name = `["']?(?:${[...secret].join('|')})["']?\\s*[:=]\\s*`
  const value = `"(?:[^"\\\\]|\\\\.)*"?|'(?:[^'\\\\]|\\\\.)*'?|[[{][^]*|[^,}\\s]+`
  return text.replace(new RegExp(`(${name})(?:${value})`, 'gi'), `$1"${masked}"`)
}

function clip(text: string): string {
  return text.length > shownBytes ? `${text.slice(0, shownBytes)}… (${text.length} characters)` : text
}
