import { decodeUtf8Loosely } from '../core/utf8.ts'
import { cookieAttributes } from '../core/cookie.ts'
import { headerPairs, type HeaderList } from '../core/http.ts'
import { readJson, isJsonObject, type Json } from '../core/json.ts'
import type { SecrecyOf } from '../core/secret-name.ts'
import { decodeName, masked, maskSession, shorten, shownBytes } from './mask.ts'
import { maskText } from './mask-text.ts'

/** Plain data with what is a secret by its name masked, at any depth, and within its texts. */
export function maskJson(
  value: Json | undefined,
  secrecyOf: SecrecyOf,
  holder?: 'holder' | 'session',
): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => maskJson(item, secrecyOf, holder) ?? null)
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [name, maskMember(name, member, secrecyOf)])
    return Object.fromEntries(members) as Json
  }
  if (typeof value === 'boolean' || value === null || value === undefined) return value
  if (holder !== undefined) return isNumber(value) && holder === 'session' ? value : maskHeld(String(value), holder)
  return typeof value === 'string' ? maskLeaf(value, secrecyOf) : value
}

/** A yes or no is no secret, whatever it is called. */
function maskMember(name: string, value: Json | undefined, secrecyOf: SecrecyOf): Json | undefined {
  const secrecy = secrecyOf(name)
  if (secrecy !== 'secret') return maskJson(value, secrecyOf, secrecy === 'open' ? undefined : secrecy)
  return value === null || value === undefined || typeof value === 'boolean' ? value : masked
}

function isNumber(value: Json): boolean {
  return typeof value === 'number' && maskSession(String(value)) !== masked
}

function maskHeld(value: string, holder: 'holder' | 'session'): string {
  return holder === 'session' ? maskSession(value) : masked
}

/** A text within JSON may be JSON, or a form, or an address. */
function maskLeaf(text: string, secrecyOf: SecrecyOf): string {
  return /^\s*[[{]/.test(text) ? maskJsonText(text, secrecyOf) : maskText(text, secrecyOf)
}

function maskJsonText(text: string, secrecyOf: SecrecyOf): string {
  // Not JSON after all, or cut off, as long bodies are.
  if (!/[\]}]\s*$/.test(text.slice(-100))) return maskText(text, secrecyOf, 'JSON')
  let data: Json
  try {
    data = readJson(text)
  } catch {
    return maskText(text, secrecyOf, 'JSON')
  }
  return JSON.stringify(maskJson(data, secrecyOf))
}

/** Headers as pairs: credentials masked, cookies shortened so that sessions can still be told apart. */
export function maskHeaders(headers: HeaderList, secrecyOf: SecrecyOf): [name: string, value: string][] {
  return headerPairs(headers).map(([name, value]) => [name, maskHeader(name.toLowerCase(), value, secrecyOf)])
}

function maskHeader(name: string, value: string, secrecyOf: SecrecyOf): string {
  if (name === 'cookie') return value.split(';').map(maskCookie).join(';')
  if (name === 'set-cookie') {
    const [cookie, ...attributes] = value.split(';')
    return [maskCookie(cookie as string), ...attributes].join(';')
  }
  const secrecy = secrecyOf(name)
  if (secrecy === 'open') return maskLeaf(value, secrecyOf)
  if (secrecy === 'session') return maskSession(value)
  const scheme = /^(basic|bearer|digest) /i.exec(value)
  return scheme === null ? masked : `${scheme[0]}${masked}`
}

function maskCookie(pair: string): string {
  const equals = pair.indexOf('=')
  // Without a name all of it is the value, unless a host sent an attribute back as if it were a cookie.
  if (equals < 0) return cookieAttributes.has(pair.trim().toLowerCase()) ? pair : shorten(pair.trim())
  return `${pair.slice(0, equals + 1)}${shorten(pair.slice(equals + 1).trim())}`
}

/** A query or form body with what is a secret by its name masked, and what is one within the other values. */
export function maskForm(form: string, secrecyOf: SecrecyOf): string {
  return form
    .split('&')
    .map((pair) => {
      const [name] = pair.split('=', 1) as [string]
      if (name.length < pair.length) {
        const value = pair.slice(name.length + 1)
        const secrecy = secrecyOf(decodeName(name))
        if (secrecy === 'session') return `${name}=${maskSession(decodeName(value))}`
        if (secrecy !== 'open') return `${name}=${masked}`
      }
      return maskPair(pair, secrecyOf)
    })
    .join('&')
}

/** What is not secret by its name may have secrets within: an address with a query, JSON, a second pair after a `;`. */
function maskPair(pair: string, secrecyOf: SecrecyOf): string {
  // Addresses are put into addresses, and encoded once more each time.
  const plain = decodeName(decodeName(decodeName(pair)))
  const [, name = '', value = ''] = /^([^=[{]*=)?([^]*)$/.exec(plain) ?? []
  const shown = name + maskLeaf(value, secrecyOf)
  if (shown === plain) return pair === plain ? maskText(pair, secrecyOf) : pair
  return encodeURI(shown).replaceAll('&', '%26')
}

/** What of a body is a secret: all of it, whatever is neither JSON nor a form, or only its secret members. */
export type BodySecrecy = 'all' | 'plain text' | 'members'

/**
 * A body as text that may be shown. What it looks like counts, not its content type: a forgotten or wrong header must
 * not give a password away.
 */
export function maskBody(
  body: Uint8Array | string | undefined,
  secrecyOf: SecrecyOf,
  secrecy: BodySecrecy,
): string | undefined {
  if (body === undefined || body.length === 0) return undefined
  if (secrecy === 'all') return masked
  const text = typeof body === 'string' ? body : decodeUtf8Loosely(body.subarray(0, shownBytes))
  if (/^\s*[[{]/.test(text)) return clip(maskJsonText(text, secrecyOf))
  // Without line breaks: a multipart form may begin like one, and holds its secrets as they are.
  const isForm = /^[^\s=&]+=[^\r\n]*$/.test(text)
  if (secrecy === 'plain text' && !isForm) return masked
  return clip(isForm ? maskForm(text, secrecyOf) : maskText(text, secrecyOf))
}

function clip(text: string): string {
  return text.length > shownBytes ? `${text.slice(0, shownBytes)}… (${text.length} characters)` : text
}
