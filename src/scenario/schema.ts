import type { AnyApi } from '../core/api.ts'
import { object } from '../core/field.ts'
import { toJsonSchema } from '../core/json-schema.ts'
import type { JsonObject } from '../core/json.ts'
import { aside, scenarioFields } from './scenario.ts'

/** The JSON Schema of scenarios for some APIs, as editors take it. */
export function scenarioSchema(apis: readonly AnyApi[]): JsonObject {
  const schema = toJsonSchema(object(scenarioFields(apis), { about: 'A scenario of auth-understudy' }))
  const patternProperties = { [aside.source]: {} }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'auth-understudy scenario',
    ...schema,
    patternProperties,
  }
}
