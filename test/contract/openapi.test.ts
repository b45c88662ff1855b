import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { ownInteractions } from '../../src/contract/comparing/own-pact.ts'
import { apiDocument } from '../../src/contract/documents/openapi.ts'
import { playedInteractions } from '../../src/contract/documents/played-interactions.ts'
import { readSettings } from '../../src/contract/target/settings.ts'
import { checkedApi, type CheckedApi } from '../../src/contract/target/checked-api.ts'
import type { AnyApi } from '../../src/core/api.ts'
import { headerValue } from '../../src/core/http.ts'
import { parseJson } from '../../src/core/json.ts'
import { stepHost } from '../hosts/step.ts'
import { genticsCmsBehaviours } from '../suites/gentics-cms.suite.ts'
import { playOne, type Behaviour } from '../suites/play.ts'
import { secureLoginBehaviours } from '../suites/secure-login.suite.ts'
import { sirportlyBehaviours } from '../suites/sirportly.suite.ts'
import { turnstile } from '../example-api/api.ts'

interface Response {
  readonly description: string
  readonly content?: {
    readonly [type: string]: { readonly schema: object; readonly examples: { readonly [name: string]: unknown } }
  }
}
interface Document {
  readonly openapi: string
  readonly components: { readonly responses: { readonly [name: string]: Response } }
  readonly paths: {
    readonly [path: string]: {
      readonly [method: string]: {
        readonly operationId: string
        readonly responses: { readonly [status: string]: object }
      }
    }
  }
}

async function documentOf(api: AnyApi, dialect = 'documented'): Promise<Document> {
  const universe = (await api.tracing?.())?.universe
  if (dialect !== 'documented') {
    const checked = (await checkedApi(api)) as CheckedApi
    const given = { ...checked.kit.trial.settings, dialect }
    return apiDocument(api, await playedInteractions(checked, given), undefined, given) as unknown as Document
  }
  return apiDocument(api, await ownInteractions(api.id), universe) as unknown as Document
}

describe.each<[string, AnyApi, readonly Behaviour[], string?]>([
  ['secure-login', registry.secureLogin, secureLoginBehaviours],
  ['sirportly', registry.sirportly, sirportlyBehaviours],
  ['gentics-cms', registry.genticsCms, genticsCmsBehaviours],
  ['gentics-cms as observed', registry.genticsCms, genticsCmsBehaviours, 'observed'],
])('the document of %s', (_, api, behaviours, wanted = 'documented') => {
  test('names every operation once, with the clauses of each answer, and examples that fit their schemas', async () => {
    const { openapi, paths, components } = await documentOf(api, wanted)
    const all = Object.values(paths).flatMap((path) => Object.values(path))
    const ids = all.map(({ operationId }) => operationId)
    expect(openapi).toBe('3.1.0')
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(
      expect.arrayContaining(
        ['auth', 'authenticate', 'login'].filter((id) => api.operations.some((operation) => operation.id === id)),
      ),
    )
    const ajv = new Ajv2020({ allowUnionTypes: true, formats: { 'date-time': true } })
    for (const { responses } of all)
      for (const [status, { $ref }] of Object.entries<{ readonly $ref?: string }>(responses))
        expect([status, Object.keys(components.responses)]).toEqual([
          status,
          expect.arrayContaining([$ref?.split('/').at(-1)]),
        ])
    for (const { content = {}, description } of Object.values(components.responses)) {
      expect(description).toMatch(/^[A-Z]{2}-/)
      for (const { schema, examples } of Object.values(content)) {
        const fits = ajv.compile(schema)
        for (const { value } of Object.values(examples) as readonly { readonly value: unknown }[])
          expect([fits(value), fits.errors]).toEqual([true, null])
      }
    }
  })

  test('holds for everything that the suites are answered', async () => {
    const { paths, components } = await documentOf(api, wanted)
    const ajv = new Ajv2020({ allowUnionTypes: true, formats: { 'date-time': true } })
    const schemas = new Map<object, ValidateFunction>()
    const wrong = new Set<string>()
    let checked = 0
    for (const behaviour of behaviours) {
      await playOne(
        {
          name: 'step',
          open: (world) => {
            world.listen((event) => {
              if (event.kind !== 'request' || event.entry.api !== api.id || event.entry.fault !== undefined) return
              const { operation, reply, request } = event.entry
              const { dialect = 'documented', version } = world.api(api.id).settings
              // Other versions answer other members.
              if (dialect !== wanted || version !== readSettings(api, {})['version']) return
              const found = api.operations.find(({ id }) => id === operation)
              const responses = paths[found?.paths[0] ?? '']?.[request.method.toLowerCase()]?.responses
              if (responses === undefined) return
              const response = components.responses[`${operation}_${reply.status}`]
              checked++
              if (response === undefined) return void wrong.add(`${operation} ${reply.status} (${reply.clause})`)
              const type = (headerValue(reply.headers, 'content-type') ?? '').split(';')[0] ?? ''
              const schema = response.content?.[type]?.schema
              if (schema === undefined || !type.endsWith('json') || typeof reply.body !== 'string') return
              if (!schemas.has(schema)) schemas.set(schema, ajv.compile(schema))
              const fits = schemas.get(schema) as ValidateFunction
              // The CMS says JSON of texts that are none.
              if (!fits(parseJson(reply.body) ?? reply.body))
                wrong.add(`${operation} ${reply.status} (${reply.clause}): ${ajv.errorsText(fits.errors)}`)
            })
            return stepHost.open(world)
          },
        },
        behaviour,
      )
    }
    expect(checked).toBeGreaterThan(100)
    expect([...wrong]).toEqual([])
  })
})

test('an API without a pact has operations and clauses', () => {
  const { paths } = apiDocument(turnstile, [], undefined) as unknown as Document
  expect(paths['/enter']?.['post']).toMatchObject({ operationId: 'enter', responses: { default: {} } })
})
