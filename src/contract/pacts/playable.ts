import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import type { PactDocument, PactEntry } from './document.ts'

/**
 * A pact with one interaction only, for a verifier that is to say what became of that one. It says what it said, but so that
 * Pact's verifier reads it the same each time: of a header that is spelled in two ways, it takes now one and now the other.
 */
export function playable({ data }: PactDocument, entry: PactEntry): JsonObject {
  const { request } = entry.data
  const spelled = isJsonObject(request) ? { ...entry.data, request: withHeadersAsWritten(request) } : entry.data
  return { ...data, interactions: [spelled] }
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

/** The cookies that an interaction wants to be set, by name. */
export function cookiesWantedBy({ data }: PactEntry): readonly string[] {
  const { response } = data
  const headers = isJsonObject(response) ? response['headers'] : undefined
  if (!isJsonObject(headers)) return []
  const lines = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .flatMap(([, value]) => [value].flat())
  return lines.flatMap((line) => (typeof line === 'string' ? (/^\s*([^=;\s]+)=/.exec(line)?.[1] ?? []) : []))
}
