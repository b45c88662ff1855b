import { headerPairs, type HeaderList } from '../../core/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'

/**
 * Pact's verifier goes where a redirect leads, past the gate and with the body that it sent: codes would be sent that nobody
 * counts, and a server that redirects as it is expected to would be judged by where that leads. So the verifier never sees
 * a `Location`. In the pacts and answers that it is shown, the header has this name.
 */
const alias = 'X-Understudy-Location'

/** The name as a whole, not that of `Content-Location`. */
const name = /(?<![\w-])location(?![\w-])/i

/** The headers of an answer, as the verifier may see them. */
export function withAlias(headers: HeaderList): HeaderList {
  return headerPairs(headers).flatMap(([header, value]) => [rename(header), value])
}

/** What a pact wants of an answer, with what its rules say of the header. */
export function wantedByAlias(response: JsonObject): JsonObject {
  const { headers, matchingRules, generators } = response
  return {
    ...response,
    ...(isJsonObject(headers) ? { headers: renamed(headers) } : {}),
    ...(isJsonObject(matchingRules) ? { matchingRules: ofHeaders(matchingRules) } : {}),
    ...(isJsonObject(generators) ? { generators: ofHeaders(generators) } : {}),
  }
}

/** What the verifier says, with the header's own name. */
export function withoutAlias(report: string): string {
  return report.replaceAll(new RegExp(alias, 'gi'), 'Location')
}

/** Rules have a group for headers, or name it in each path: `$.headers.Location`. */
function ofHeaders(rules: JsonObject): JsonObject {
  const { header, ...others } = rules
  const paths = Object.entries(others).map(([path, rule]): [string, Json] => [
    /^\$\W*headers?\b/.test(path) ? rename(path) : path,
    rule as Json,
  ])
  return { ...Object.fromEntries(paths), ...(isJsonObject(header) ? { header: renamed(header) } : {}) }
}

function renamed(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [rename(key), value]))
}

function rename(key: string): string {
  return key.replace(name, alias)
}
