import type { AnyApi } from '../../core/api.ts'
import { bodyText, headerPairs } from '../../core/http.ts'
import { isJsonObject, parseJson, type Json } from '../../core/json.ts'
import type { SecrecyOf } from '../../core/secret-name.ts'
import type { Entry } from '../../world/entry.ts'
import { decodeName, maskSession, maskTokens } from '../../world/mask.ts'
import { isUnfit, mapWords, type AskStep } from './script.ts'

/**
 * Says what stands for a secret: itself, a value of an earlier answer, or something made up. `name` is where it stood;
 * `mayStay` where it is none that anybody has to hide.
 */
export type Keep = (secret: string, name: string, mayStay?: boolean) => string

/** How requests of some APIs are told. */
export interface Telling {
  readonly apis: readonly AnyApi[]
  readonly secrecyOf: SecrecyOf
  readonly keep: Keep
}

type Told = Pick<AskStep, 'method' | 'path' | 'headers' | 'body'>

/** Headers that whoever sends makes by itself, or that say nothing about the request. */
const ownHeaders =
  /^(?:host|connection|keep-alive|content-length|transfer-encoding|expect|upgrade|te|trailer|user-agent|accept-encoding|accept-language|accept-charset|priority|dnt|referer|origin|pragma|cache-control|if-.*|sec-.*|x-understudy-.*|traceparent|tracestate|upgrade-insecure-requests|proxy-.*)$/i

/** A request with its secrets as `keep` says, at every place where the journal masks one. */
export function tellRequest({ request, api, operation }: Entry, telling: Telling): Told {
  const { apis, secrecyOf } = telling
  const secrets = apis.find(({ id }) => id === api)?.secrets
  const isSecret = operation !== undefined && secrets?.bodies.includes(operation) === true
  const query = request.query === '' ? '' : `?${tellForm(request.query, telling)}`
  const text = bodyText(request.body)
  return {
    method: request.method,
    path: tellPath(request.path, telling) + tellTokens(query, telling),
    headers: joined(
      headerPairs(request.headers)
        .filter(([name, value]) => !ownHeaders.test(name) && `${name}: ${value}`.toLowerCase() !== 'accept: */*')
        .map(([name, value]) => [name.toLowerCase(), tellHeader(name.toLowerCase(), value, telling)]),
    ),
    body:
      text === '' || request.method === 'GET' || request.method === 'HEAD'
        ? undefined
        : text === undefined || isUnfit(text)
          ? request.body
          : tellBody(text, isSecret, { ...telling, secrecyOf }),
  }
}

/** Those of one name as one line, which means the same. */
function joined(pairs: readonly (readonly [name: string, value: string])[]): Told['headers'] {
  const headers = new Map<string, string>()
  for (const [name, value] of pairs) {
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`)
  }
  return [...headers]
}

function tellBody(text: string, isSecret: boolean, telling: Telling): string {
  if (isSecret) return keepTrimmed(text, 'body', telling.keep)
  const data = /^\s*[[{]/.test(text) ? parseJson(text) : undefined
  if (data !== undefined) {
    const told = JSON.stringify(tellJson(data, telling))
    return told === JSON.stringify(data) ? text : told
  }
  return /^[^\s=&]+=[^\r\n]*$/.test(text) ? tellForm(text, telling) : text
}

/** A line end or a gap around a PIN may be what a test is about. */
function keepTrimmed(text: string, name: string, keep: Keep): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? []
  return inner === '' ? text : before + keep(inner, name) + after
}

function tellJson(value: Json, telling: Telling, name?: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => tellJson(item, telling, name))
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([member, each]) => {
        const isOpen = telling.secrecyOf(member) === 'open'
        return [member, tellJson(each ?? null, telling, isOpen ? undefined : member)]
      }),
    )
  if (name === undefined) return value
  const mayStay = telling.secrecyOf(name) === 'session' && isNumber(String(value))
  if (typeof value === 'string') return value === '' ? value : telling.keep(value, name, mayStay)
  if (typeof value !== 'number') return value
  // A number has no place for anything else.
  const told = Number(telling.keep(String(value), name, mayStay))
  return Number.isFinite(told) ? told : value
}

function tellForm(form: string, { secrecyOf, keep }: Telling): string {
  return form
    .split('&')
    .map((pair) => {
      const [name] = pair.split('=', 1) as [string]
      const value = decodeName(pair.slice(name.length + 1))
      const secrecy = secrecyOf(decodeName(name))
      if (name.length === pair.length || value === '' || secrecy === 'open') return pair
      const told = keep(value, decodeName(name), secrecy === 'session' && isNumber(value))
      return told === value ? pair : `${name}=${mapWords(told, encodeURIComponent)}`
    })
    .join('&')
}

function tellHeader(name: string, value: string, { secrecyOf, keep }: Telling): string {
  if (name === 'cookie')
    return value
      .split(';')
      .map((pair) => pair.trim())
      .map((pair) => {
        const equals = pair.indexOf('=')
        return equals < 0 ? pair : pair.slice(0, equals + 1) + keep(pair.slice(equals + 1), pair.slice(0, equals))
      })
      .join('; ')
  if (secrecyOf(name) === 'open') return value
  const [, scheme = '', rest = ''] = /^(basic |bearer |digest )?(.*)$/is.exec(value) ?? []
  if (scheme.toLowerCase() !== 'basic ') return scheme + keep(rest, name)
  try {
    const [user = '', password = ''] = atob(rest).split(/:(.*)/s)
    const told = keep(password, 'password')
    return told === password || isUnfit(told) ? value : `${scheme}${btoa(`${user}:${told}`)}`
  } catch {
    // Sent as no client would, so nothing can be told from it.
    return `${scheme}${keep(rest, name)}`
  }
}

function tellPath(path: string, telling: Telling): string {
  const { apis, keep } = telling
  const [, start, segment = '', rest] = /^(.*)\/([^/]+?)((?:\.\w+)?\/?)$/s.exec(path) ?? []
  const ends = apis.flatMap(({ secrets }) => Object.entries(secrets.behind ?? {}))
  const found = start === undefined ? undefined : ends.find(([end]) => decodeName(start).toLowerCase().endsWith(end))
  if (found === undefined) return tellTokens(path, telling)
  const isSession = found[1] === 'session'
  const told = keep(decodeName(segment), isSession ? 'sid' : 'path', isSession && isNumber(segment))
  return `${start}/${told === decodeName(segment) ? segment : mapWords(told, encodeURIComponent)}${rest}`
}

/** The number of a session is no secret, as the journal shows it too. */
function isNumber(text: string): boolean {
  return maskSession(text) === text
}

/** Words that are secrets wherever they stand. */
function tellTokens(text: string, { apis, keep }: Telling): string {
  const isToken = (word: string): boolean => apis.some(({ secrets }) => secrets.isToken?.(word) === true)
  if (maskTokens(text, isToken) === text) return text
  return mapWords(text, (words) =>
    words.replaceAll(/[0-9A-Za-z]+/g, (word) => (isToken(word) ? keep(word, 'token') : word)),
  )
}
