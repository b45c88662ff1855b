import type { AnyApi } from '../core/api.ts'
import { object, type AnyField, type FieldMap } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { toJsonSchema, type NamedSchemas } from '../core/json-schema.ts'
import { version } from '../core/version.ts'
import type { ControlRoute } from './route.ts'

/** The control API in OpenAPI 3.1, derived from its routes. */
export function openApi(routes: readonly ControlRoute[], base: string, apis: readonly AnyApi[]): JsonObject {
  const named: NamedSchemas = new Map()
  const paths: { [path: string]: { [method: string]: Json } } = {}
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    path[route.method.toLowerCase()] = operation(route, apis, named)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'auth-understudy control API',
      version,
      description: 'Everything about a world that can be seen and changed while it runs.',
    },
    servers: [{ url: base }],
    paths: paths,
    components: { schemas: { Problem: problemSchema, ...Object.fromEntries(named) } },
  }
}

function operation(route: ControlRoute, apis: readonly AnyApi[], named: NamedSchemas): JsonObject {
  const parameters: Json[] = [
    worldParameter,
    ...Object.entries(route.params).map(([name, field]) => ({
      name,
      in: 'path',
      required: true,
      schema: toJsonSchema(field),
    })),
    ...Object.entries(route.query ?? {}).map(([name, field]) => ({ name, in: 'query', schema: toJsonSchema(field) })),
  ]
  const body = bodySchema(route, apis)
  return {
    summary: route.summary,
    operationId: operationIdOf(route),
    parameters,
    ...(body === undefined ? {} : { requestBody: { content: { 'application/json': { schema: body } } } }),
    responses: {
      '200': answered(route.answer, named),
      default: {
        description: 'what is wrong',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/** What a route is called where paths are no names: `putUsersUsername`. */
export function operationIdOf({ method, path }: ControlRoute): string {
  const words = path.replace(/[{}]/g, '').replace(/[/.](\w)/g, (_, letter: string) => letter.toUpperCase())
  return method.toLowerCase() + words
}

function answered(answer: AnyField | undefined, named: NamedSchemas): JsonObject {
  if (answer === undefined) return { description: 'events', content: { 'text/event-stream': {} } }
  const schema = toJsonSchema(answer, 'stored', named)
  return { description: answer.about, content: { 'application/json': { schema } } }
}

/** What a route takes as its body, of these APIs where each has its own. */
export function bodySchema(route: ControlRoute, apis: readonly AnyApi[]): JsonObject | undefined {
  if (route.body === undefined) return undefined
  if (typeof route.body === 'function') return anyOf(apis, route.body)
  return toJsonSchema(object(route.body, { about: route.summary }))
}

function anyOf(apis: readonly AnyApi[], fields: (api: AnyApi) => FieldMap): JsonObject {
  return {
    anyOf: apis.map((api) => ({ ...toJsonSchema(object(fields(api), { about: api.title }), 'patch'), title: api.id })),
  }
}

const worldParameter: JsonObject = {
  name: 'x-understudy-world',
  in: 'header',
  description: 'which world; main if left out',
  schema: { type: 'string', pattern: '^[\\w.-]{1,64}$' },
}

const problemSchema: JsonObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'array', items: { type: ['string', 'integer'] } },
          message: { type: 'string' },
          nearest: { type: 'string' },
          place: {
            type: 'object',
            properties: { file: { type: 'string' }, line: { type: 'integer' }, column: { type: 'integer' } },
          },
        },
      },
    },
  },
}
