import type { AnyApi } from '../core/api.ts'
import { object, type FieldMap } from '../core/field.ts'
import { toJsonSchema } from '../core/json-schema.ts'
import type { JsonObject } from '../core/json.ts'
import { bodySchema, operationIdOf } from './openapi.ts'
import type { ControlRoute } from './route.ts'

/** A route of the control API as something a program may be given to call: named, and described by JSON Schema. */
export interface Tool {
  readonly name: string
  readonly description: string
  /** Of `params`, `query` and `body`, as the control client takes them, and `world`. */
  readonly input: JsonObject
  readonly route: ControlRoute
  /** Asked with a body or not, it changes nothing. */
  readonly readsOnly: boolean
  /** What it takes away is gone. */
  readonly destroys: boolean
}

/** Asked with a body, and changes nothing. */
const readsWithBody: readonly string[] = ['POST /share', 'POST /share/read']

/** Routes that are no tools: a stream has no answer, and the description of all routes is what the tools are. */
const noTools: readonly string[] = ['GET /events', 'GET /openapi.json']

/** Every route but streams, and what describes them. Bodies that an API describes are those of these APIs, or of one's own. */
export function toolsOf(routes: readonly ControlRoute[], apis: readonly AnyApi[]): readonly Tool[] {
  return routes
    .filter(({ name }) => !noTools.includes(name))
    .map((route) => ({
      name: operationIdOf(route),
      description: `${route.summary} (${route.name})`,
      input: inputOf(route, apis),
      route,
      readsOnly: route.method === 'GET' || readsWithBody.includes(route.name),
      destroys: route.method === 'DELETE' || route.name === 'POST /reset' || route.name === 'POST /scenario',
    }))
}

function inputOf(route: ControlRoute, apis: readonly AnyApi[]): JsonObject {
  const params = Object.keys(route.params).length === 0 ? undefined : schemaOf(route.params, 'what stands in the path')
  const query = route.query === undefined ? undefined : schemaOf(route.query, 'what is asked for')
  const body = bodyOf(route, apis)
  const parts = Object.entries({ params, query, body }).flatMap(([name, part]) =>
    part === undefined ? [] : [[name, part] as const],
  )
  const isNeeded = ([name, part]: readonly [string, JsonObject]): boolean => name !== 'query' && !isAllOptional(part)
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(parts),
      world: { type: 'string', description: 'which world; main if left out' },
    },
    required: parts.filter(isNeeded).map(([name]) => name),
    additionalProperties: false,
  }
}

function schemaOf(fields: FieldMap, about: string): JsonObject {
  return { ...toJsonSchema(object(fields, { about })), type: 'object' }
}

/** The API may be one that this package does not have. */
function bodyOf(route: ControlRoute, apis: readonly AnyApi[]): JsonObject | undefined {
  const body = bodySchema(route, apis)
  if (typeof route.body !== 'function' || body === undefined) return body
  const own = { type: 'object', title: 'an API of your own', description: 'as getApis tells' }
  return { ...body, anyOf: [...(Array.isArray(body['anyOf']) ? body['anyOf'] : []), own] }
}

function isAllOptional({ required, anyOf }: JsonObject): boolean {
  return anyOf === undefined && required === undefined
}
