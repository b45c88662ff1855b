import { readPact, type PactDocument } from '../../src/contract/pacts/document.ts'
import { isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts'

/** An interaction, to be spelled in any version of Pact's specification. */
export interface Sketch {
  readonly description?: string
  readonly state?: string
  readonly params?: JsonObject
  readonly request?: Part & { readonly method?: string; readonly path?: string; readonly query?: Lists }
  readonly response?: Part & { readonly status?: number }
  /** Further members. */
  readonly more?: JsonObject
}

interface Part {
  readonly headers?: { readonly [name: string]: string }
  readonly body?: Json
  /** By place: `$.body.user.name`, `$.headers.Accept`, `$.path`. */
  readonly rules?: { readonly [place: string]: JsonObject | readonly JsonObject[] }
  readonly generators?: JsonObject
}

interface Lists {
  readonly [name: string]: readonly string[]
}

export type Version = 1 | 2 | 3 | 4

/** A pact with these interactions, read. */
export function pactOf(sketches: readonly Sketch[], version: Version = 3, where: string = 'a pact'): PactDocument {
  return readPact(JSON.stringify(spelled(sketches, version)), where)
}

/** A pact as libraries write it in that version. */
export function spelled(sketches: readonly Sketch[], version: Version, provider: string = 'secure-login'): JsonObject {
  return {
    consumer: { name: 'app' },
    provider: { name: provider },
    interactions: sketches.map((sketch) => interaction(sketch, version)),
    metadata: { pactSpecification: { version: version === 4 ? '4.0' : `${version}.0.0` } },
  }
}

function interaction(
  { description = 'it', state, params, request, response, more }: Sketch,
  version: Version,
): JsonObject {
  const { method = 'GET', path = '/', query, ...asked } = request ?? {}
  const { status = 200, ...answered } = response ?? {}
  const lower = version === 1 ? method.toLowerCase() : method
  return {
    description,
    ...(state === undefined ? {} : stated(state, params, version)),
    ...(version === 4 ? { type: 'Synchronous/HTTP', key: 'a1b2', pending: false } : {}),
    request: {
      method: lower,
      path,
      ...(query === undefined ? {} : { query: queried(query, version) }),
      ...part(asked, version),
    },
    response: { status, ...part(answered, version) },
    ...more,
  }
}

function stated(state: string, params: JsonObject | undefined, version: Version): JsonObject {
  if (version === 1) return { provider_state: state }
  if (version === 2) return { providerState: state }
  return { providerStates: [params === undefined ? { name: state } : { name: state, params }] }
}

function queried(query: Lists, version: Version): Json {
  if (version > 2) return query
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value])),
  ).toString()
}

function part({ headers, body, rules = {}, generators }: Part, version: Version): JsonObject {
  const hasRules = version > 1 && Object.keys(rules).length > 0
  return {
    ...(headers === undefined ? {} : { headers: version === 4 ? listed(headers) : headers }),
    ...(body === undefined ? {} : { body: version === 4 ? wrapped(body, headers) : body }),
    ...(hasRules ? { matchingRules: version === 2 ? flat(rules) : parted(rules) } : {}),
    ...(generators === undefined ? {} : { generators }),
  }
}

function listed(headers: { readonly [name: string]: string }): JsonObject {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value.split(', ')]))
}

function wrapped(body: Json, headers: Part['headers'] = {}): Json {
  const type = headers['Content-Type'] ?? (typeof body === 'string' ? 'text/plain' : 'application/json')
  if (body === null) return { content: '' }
  return { content: body, contentType: type, encoded: false }
}

function flat(rules: NonNullable<Part['rules']>): JsonObject {
  return Object.fromEntries(
    Object.entries(rules).flatMap(([place, rule]) => (isJsonObject(rule) ? [[place, rule] as const] : [])),
  )
}

function parted(rules: NonNullable<Part['rules']>): JsonObject {
  const all: Record<string, JsonObject> = {}
  for (const [place, rule] of Object.entries(rules)) {
    const [, name = '', rest = ''] = /^\$\.(\w+)(.*)$/s.exec(place) ?? []
    const category = name === 'headers' ? 'header' : name
    const matchers = { matchers: [rule].flat(), combine: 'AND' }
    if (category === 'path') all[category] = matchers
    else if (category === 'status') all[category] = { $: matchers }
    else all[category] = { ...all[category], [category === 'body' ? `$${rest}` : rest.slice(1)]: matchers }
  }
  return all
}
