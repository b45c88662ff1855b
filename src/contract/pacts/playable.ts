import { readSetCookie } from '../../core/cookie.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import type { PactDocument, PactEntry } from './document.ts'
import { wantedByAlias } from './location.ts'
import { statusOf } from './pact-check.ts'

/**
 * A pact with one interaction only, for a verifier that is to say what became of that one. It says what it said, but so that
 * Pact's verifier reads it the same each time: of a header that is spelled in two ways, it takes now one and now the other.
 */
export function playable({ data }: PactDocument, entry: PactEntry): JsonObject {
  const { request, response } = entry.data
  const played = {
    ...entry.data,
    ...(isJsonObject(request) ? { request: withHeadersAsWritten(request) } : {}),
    ...(isJsonObject(response) ? { response: wantedByAlias(response) } : {}),
  }
  return { ...data, interactions: [played] }
}

/** Generators of headers go by the spelling that the headers have. */
function withHeadersAsWritten(request: JsonObject): JsonObject {
  const { headers, generators } = request
  const own = isJsonObject(generators) ? generators['header'] : undefined
  if (!isJsonObject(headers) || !isJsonObject(generators) || !isJsonObject(own)) return request
  const spelling = new Map(Object.keys(headers).map((name) => [name.toLowerCase(), name]))
  const header = Object.entries(own).map(([name, generator]): [string, Json | undefined] => [
    spelling.get(name.toLowerCase()) ?? name,
    generator,
  ])
  return { ...request, generators: { ...generators, header: Object.fromEntries(header) } }
}

/** What has to be known of an interaction while it is played. */
export interface Wishes {
  /** The status that the consumer wants: with it, 503 is an answer. */
  readonly expects: number
  /** The cookies that it wants to be set, by name. */
  readonly cookies: readonly string[]
  /** The headers that it sends, in lower case; the verifier adds some of its own. */
  readonly sends: ReadonlySet<string>
}

export function wishesOf(entry: PactEntry): Wishes {
  const { request, response } = entry.data
  const sends = new Set(headersOf(request).map(([name]) => name))
  return { expects: statusOf(entry), cookies: cookiesIn(response), sends }
}

function cookiesIn(response: Json | undefined): readonly string[] {
  const lines = headersOf(response).flatMap(([name, value]) => (name === 'set-cookie' ? [value].flat() : []))
  return lines.flatMap((line) => (typeof line === 'string' ? (readSetCookie(line)?.name ?? []) : []))
}

/** With their names in lower case. */
function headersOf(message: Json | undefined): (readonly [string, Json | undefined])[] {
  const headers = isJsonObject(message) ? message['headers'] : undefined
  return isJsonObject(headers) ? Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]) : []
}
