import type { AnyApi } from '../../core/api.ts'
import { headerValue, mediaType } from '../../core/http.ts'
import { inWords, type Json, type JsonObject } from '../../core/json.ts'
import { Router, type Operation } from '../../core/route.ts'
import type { Universe } from '../../core/tracing.ts'
import { version } from '../../core/version.ts'
import type { PactInteraction } from '../comparing/own-pact.ts'
import { readSettings } from '../target/settings.ts'
import { requestOf, usesBasic } from './request-part.ts'
import { schemaOf } from './schema-of.ts'

/** Any operation, whatever its settings are. */
// oxlint-disable-next-line typescript/no-explicit-any
type AnyOperation = Operation<any>

/** What there is to tell of one status that an operation answers. */
interface Told {
  readonly clauses: Set<string>
  readonly interactions: PactInteraction[]
}

/**
 * An API in OpenAPI 3.1: its operations, what they answer by which clause, and examples of its pact, of which the schemas are
 * made. Of an API without a pact it tells the operations and the clauses. `given` are settings that are not the defaults.
 */
export function apiDocument(
  api: AnyApi,
  interactions: readonly PactInteraction[],
  universe: Universe | undefined,
  given: JsonObject = {},
): JsonObject {
  const settings = readSettings(api, given)
  const mount = api.mount(settings)
  const operations = api.operations.filter((operation) => operation.isThere?.(settings) ?? true)
  const router = new Router([{ owner: api, mount, targets: operations }])
  const of = (operation: AnyOperation): readonly PactInteraction[] =>
    interactions.filter(({ request }) => {
      const route = router.find(request.method, request.path)
      return route.kind === 'found' && route.target === operation
    })
  const paths: { [path: string]: { [method: string]: Json } } = {}
  const responses: { [name: string]: Json } = {}
  for (const operation of operations) {
    const shown = of(operation)
    const answers = told(operation, shown, universe)
    for (const [status, answer] of answers) responses[`${operation.id}_${status}`] = responseOf(api, answer)
    for (const [place, path] of operation.paths.entries()) {
      const methods = operation.methods.length > 0 ? operation.methods : methodsIn(shown)
      for (const [turn, method] of methods.entries()) {
        const id = [operation.id, ...(place === 0 && turn === 0 ? [] : [method.toLowerCase(), String(place + 1)])].join(
          '_',
        )
        ;(paths[path] ??= {})[method.toLowerCase()] = {
          operationId: id,
          summary: operation.summary,
          ...requestOf(path, method, shown),
          responses: referTo(operation, answers),
        }
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: api.title,
      version,
      // Of this document.
      license: { name: 'MIT', identifier: 'MIT' },
      description: `What auth-understudy knows of ${api.title}. Schemas are made of the answers that it gives: what they do not show is neither asked for nor forbidden.`,
    },
    servers: [{ url: mount === '' ? '/' : mount }],
    security: usesBasic(interactions) ? [{}, { basic: [] }] : [{}],
    paths,
    components: {
      responses,
      ...(usesBasic(interactions) ? { securitySchemes: { basic: { type: 'http', scheme: 'basic' } } } : {}),
    },
    'x-clauses': api.clauses.map(({ id, origin, text }) => ({ id, origin, text })),
  }
}

function methodsIn(interactions: readonly PactInteraction[]): readonly string[] {
  const methods = [...new Set(interactions.map(({ request }) => request.method))].sort()
  return methods.length === 0 ? ['GET', 'POST'] : methods
}

/** Everything that an operation is known to answer, by status. */
function told(
  { id }: AnyOperation,
  shown: readonly PactInteraction[],
  universe: Universe | undefined,
): Map<string, Told> {
  const byStatus = new Map<string, Told>()
  const at = (status: string): Told => {
    const known = byStatus.get(status) ?? { clauses: new Set(), interactions: [] }
    byStatus.set(status, known)
    return known
  }
  for (const [name, reach] of Object.entries(universe?.statuses ?? {})) {
    const [operation = '', statuses = ''] = name.split(' ')
    if (operation !== id) continue
    const clauses = 'with' in reach ? reach.with : reach.of === undefined ? [] : [reach.of]
    for (const status of statuses.split('/')) for (const clause of clauses) at(status).clauses.add(clause)
  }
  for (const interaction of shown) {
    const known = at(String(interaction.response.status))
    known.interactions.push(interaction)
    if (interaction.clause !== undefined) known.clauses.add(interaction.clause)
  }
  return new Map([...byStatus].sort(([one], [other]) => one.localeCompare(other)))
}

/** The same answers wherever an operation has several paths or methods. */
function referTo({ id }: AnyOperation, byStatus: ReadonlyMap<string, Told>): JsonObject {
  if (byStatus.size === 0) return { default: { description: 'The clauses tell.' } }
  return Object.fromEntries(
    [...byStatus.keys()].map((status) => [status, { $ref: `#/components/responses/${id}_${status}` }]),
  )
}

function responseOf(api: AnyApi, { clauses, interactions }: Told): JsonObject {
  const texts = api.clauses.filter(({ id }) => clauses.has(id)).map(({ id, text }) => `${id}: ${text}`)
  const content = contentOf(interactions)
  return {
    description: texts.join('\n\n') || 'The clauses tell.',
    ...(Object.keys(content).length === 0 ? {} : { content }),
  }
}

/** Bodies by their media type, with an example for each interaction. */
function contentOf(interactions: readonly PactInteraction[]): JsonObject {
  const byType = new Map<string, PactInteraction[]>()
  for (const interaction of interactions) {
    const { headers, body } = interaction.response
    if (body === undefined || body === null || body === '') continue
    const type = mediaType(headerValue(headers, 'content-type')) || 'application/json'
    byType.set(type, [...(byType.get(type) ?? []), interaction])
  }
  return Object.fromEntries(
    [...byType].map(([type, all]) => {
      const bodies = all.map(({ response }) => response.body ?? null)
      const schema = type.endsWith('json') ? schemaOf(bodies) : { type: 'string' }
      const examples = all.map(({ description, response }) => [
        description.replaceAll(/[^\w-]+/g, '-'),
        { summary: description, value: type.endsWith('json') ? (response.body ?? null) : inWords(response.body ?? '') },
      ])
      return [type, { schema, examples: Object.fromEntries(examples) }]
    }),
  )
}
