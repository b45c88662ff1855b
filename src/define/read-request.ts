import { bodyText, headerPairs, headerValue, mediaType, type HttpRequest } from '../core/http.ts'
import { objectIn, type Json } from '../core/json.ts'
import type { ByName } from './step-scene.ts'

/** What a request says, by the names that it says it under. */
export interface ReadRequest {
  readonly query: ByName<string>
  readonly headers: ByName<string>
  readonly body: ByName<Json>
  readonly text: string | undefined
}

/** Reads a request as steps are given it. What does not fit is not there: bad input is for the step to refuse. */
export function readRequest({ query, headers, body }: HttpRequest): ReadRequest {
  const sent = bodyText(body)
  return {
    query: firstOf(new URLSearchParams(query)),
    headers: firstOf(headerPairs(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: sent === undefined ? firstOf([]) : bodyOf(sent, mediaType(headerValue(headers, 'content-type'))),
    text: sent,
  }
}

function bodyOf(sent: string, type: string): ByName<Json> {
  if (type === 'application/x-www-form-urlencoded') return firstOf(new URLSearchParams(sent))
  return type === 'application/json' || type.endsWith('+json') ? firstOf(Object.entries(objectIn(sent))) : firstOf([])
}

/** By name, the first of each; nothing that every object inherits is among them. */
export function firstOf<Value>(pairs: Iterable<readonly [string, Value]>): ByName<Exclude<Value, undefined>> {
  const sent = Object.create(null) as { [name: string]: Exclude<Value, undefined> }
  for (const [name, value] of pairs)
    if (!(name in sent) && value !== undefined) sent[name] = value as Exclude<Value, undefined>
  return sent
}

/** The values of a path's placeholders, without percent signs; what is no percent-encoding stays as it is. */
export function readParams(params: { readonly [name: string]: string }): ByName<string> {
  return firstOf(Object.entries(params).map(([name, value]) => [name, decoded(value)] as const))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
