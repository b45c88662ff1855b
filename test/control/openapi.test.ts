import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { controlRoutes } from '../../src/control/routes.ts'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'

type Node = { readonly [name: string]: unknown }
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema: Node
  }[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Node } } }
  readonly responses: {
    readonly '200': {
      readonly description: string
      readonly content: { readonly [type: string]: { readonly schema?: Node } }
    }
    readonly default: Node
  }
}
interface Document extends Node {
  readonly openapi: string
  readonly info: Node
  readonly servers: readonly Node[]
  readonly components: { readonly schemas: { readonly [name: string]: Node } }
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } }
}

const world = await createWorld('lockout')
const document = (await callControl(world, 'GET', '/openapi.json')).body as unknown as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Every value in a tree. */
function* walk(node: unknown): Iterable<unknown> {
  yield node
  if (typeof node === 'object' && node !== null) for (const inner of Object.values(node)) yield* walk(inner)
}

function bodySchema(method: string, path: string): Node {
  const schema = document.paths[path]?.[method]?.requestBody?.content['application/json'].schema
  if (schema === undefined) throw new Error(`${method} ${path} has no body`)
  return schema
}

const ajv = new Ajv2020({ strict: false })

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 with title, version and server', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'auth-understudy control API', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      servers: [{ url: '/__understudy' }],
    })
  })

  it('has every route, and no other', () => {
    const routes = controlRoutes.map(({ method, path }) => `${method} ${path}`)
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(routes.sort())
  })

  it('gives each operation an id of its own, fit for a function name, and a summary', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([])
    expect(operations.filter(({ operation }) => operation.summary.length < 5)).toEqual([])
  })

  it('declares the placeholders of each path, and only those', () => {
    for (const { path, operation } of operations) {
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(declared.map(({ name }) => name)).toEqual(Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name))
      expect(declared.every(({ required }) => required === true)).toBe(true)
    }
  })

  it('lets every operation pick a world, and fail with a problem', () => {
    for (const { operation } of operations) {
      expect(operation.parameters).toContainEqual(expect.objectContaining({ name: 'x-understudy-world', in: 'header' }))
      expect(Object.keys(operation.responses)).toEqual(['200', 'default'])
      expect(JSON.stringify(operation.responses)).toContain('application/problem+json')
    }
  })

  it('has no reference that leads nowhere', () => {
    const references = [...walk(document)].flatMap((node) => {
      const { $ref } = Object(node) as { $ref?: string }
      return $ref === undefined ? [] : [$ref]
    })
    expect(references.length).toBeGreaterThan(0)
    for (const reference of new Set(references)) {
      const steps = reference.replace(/^#\//, '').split('/')
      const target = steps.reduce<unknown>((node, step) => (node as Node | undefined)?.[step], document)
      expect(target).toBeTypeOf('object')
    }
  })

  it('has schemas that are schemas', () => {
    const schemas = operations.flatMap(({ operation }) => [
      ...operation.parameters.map(({ schema }) => schema),
      ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
      ...Object.values(operation.responses['200'].content).flatMap(({ schema }) =>
        schema === undefined ? [] : [schema],
      ),
    ])
    expect(schemas.length).toBeGreaterThan(2 * operations.length)
    for (const schema of [...schemas, ...Object.values(document.components.schemas)])
      expect(ajv.validateSchema(schema)).toBe(true)
  })

  it('describes what each operation answers, what comes in several of them once', () => {
    const unsaid = operations.filter(({ operation }) => {
      const { description, content } = operation.responses['200']
      return description === '' || content['application/json']?.schema === undefined
    })
    expect(unsaid.map(({ path }) => path)).toEqual(['/events'])
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Problem', 'Clock', 'Fault', 'User', 'Session', 'Request', 'Snapshot', 'Field']),
    )
  })

  it.each<[string, string, unknown, boolean]>([
    ['put', '/users/{api}/{username}', { state: 'blocked', for: '30m' }, true],
    ['put', '/users/{api}/{username}', {}, true],
    ['put', '/users/{api}/{username}', { state: 'blokced' }, false],
    ['put', '/users/{api}/{username}', { failure: 1 }, false],
    ['patch', '/apis/{api}', { blockFor: '30m' }, true],
    ['patch', '/apis/{api}', { blockFor: 30 }, false],
    ['post', '/clock/scale', { scale: 60 }, true],
    ['post', '/clock/scale', { scale: -1 }, false],
    ['post', '/clock/scale', {}, false],
    ['post', '/snapshots', { name: 'a.b-c' }, true],
    ['post', '/snapshots', { name: 'a b' }, false],
    ['post', '/pact/states', { state: 'a blocked user', action: 'setup', params: {} }, true],
    ['post', '/pact/states', { action: 'undo' }, false],
  ])('says of %s %s with %j what the server says: %s', async (method, path, body, fits) => {
    expect(ajv.validate(bodySchema(method, path), body)).toBe(fits)
    const filled = path.replace('{api}', 'secure-login').replace('{username}', 'zoe')
    expect((await callControl(world, method.toUpperCase(), filled, body)).status === 200).toBe(fits)
  })

  it('describes problems as they come', async () => {
    const { status, body } = await callControl(world, 'PUT', '/users/secure-login/zoe', { state: 'x' })
    expect(status).toBe(422)
    expect(ajv.validate(document.components.schemas['Problem'] as Node, body)).toBe(true)
  })
})
