import { headerValue, mediaType } from '../../core/http.ts'
import { parseJson, type Json, type JsonObject } from '../../core/json.ts'
import type { PactInteraction } from '../comparing/own-pact.ts'
import { schemaOf } from './schema-of.ts'

/** Headers that have a place of their own in OpenAPI, or are the connection's. */
const apart = new Set(['content-type', 'accept', 'authorization', 'cookie'])

/** What is sent: parameters, body and credentials, as far as interactions show. */
export function requestOf(path: string, method: string, interactions: readonly PactInteraction[]): JsonObject {
  const parameters: Json[] = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const seen = interactions.filter(({ request }) => request.method === method)
  const add = (place: string, names: Iterable<string>): void => {
    for (const name of new Set(names)) parameters.push({ name, in: place, required: false, schema: { type: 'string' } })
  }
  add(
    'query',
    seen.flatMap(({ request }) => Object.keys(request.query)),
  )
  add(
    'header',
    seen.flatMap(({ request }) => Object.keys(request.headers)).filter((name) => !apart.has(name.toLowerCase())),
  )
  add(
    'cookie',
    seen.flatMap((each) => headerOf(each, 'cookie')?.split(';') ?? []).map((part) => (part.split('=')[0] ?? '').trim()),
  )
  const body = bodyOf(seen)
  return {
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { requestBody: body }),
  }
}

function headerOf({ request }: PactInteraction, name: string): string | undefined {
  return headerValue(Object.entries(request.headers).flat(), name)
}

/** Whether any of them signs in by Basic authentication. */
export function usesBasic(interactions: readonly PactInteraction[]): boolean {
  return interactions.some((each) => /^basic /i.test(headerOf(each, 'authorization') ?? ''))
}

/** Bodies of requests that were taken; of all, where none was. */
function bodyOf(interactions: readonly PactInteraction[]): JsonObject | undefined {
  const sent = interactions.filter(({ request: { body } }) => body !== undefined && body !== null && body !== '')
  if (sent.length === 0) return undefined
  const taken = sent.filter(({ response }) => response.status < 400)
  const byType = new Map<string, Json[]>()
  for (const each of taken.length === 0 ? sent : taken) {
    const type = mediaType(headerOf(each, 'content-type')) || 'application/json'
    byType.set(type, [...(byType.get(type) ?? []), readBody(type, each.request.body ?? null)])
  }
  const content = Object.fromEntries([...byType].map(([type, bodies]) => [type, { schema: schemaOf(bodies) }]))
  return { required: false, content }
}

function readBody(type: string, body: Json): Json {
  if (typeof body !== 'string') return body
  if (type.includes('form-urlencoded')) return Object.fromEntries(new URLSearchParams(body))
  return type.includes('json') ? (parseJson(body) ?? body) : body
}
