import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'

/**
 * What bodies have in common, as JSON Schema: types, members, and which of their own members are always there. It says no
 * more than they show: what was never seen is neither asked for nor forbidden, and neither is anything further in, of which
 * few bodies show little.
 */
export function schemaOf(values: readonly Json[]): JsonObject {
  const objects = values.filter(isJsonObject)
  const [first, ...others] = objects
  const required = Object.keys(first ?? {}).filter((name) => others.every((other) => Object.hasOwn(other, name)))
  return { ...kindOf(values), ...(required.length === 0 ? {} : { required }) }
}

function kindOf(values: readonly Json[]): JsonObject {
  const types = [...new Set(values.map(typeOf))].sort()
  // What was only ever null may be anything.
  if (types.join() === 'null') return {}
  const objects = values.filter(isJsonObject)
  const lists = values.filter((value): value is readonly Json[] => Array.isArray(value))
  return {
    type: types.length === 1 ? types.join() : types,
    ...(objects.length === 0 ? {} : membersOf(objects)),
    ...(lists.flat().length === 0 ? {} : { items: kindOf(lists.flat()) }),
    ...(values.every(isInstant) ? { format: 'date-time' } : {}),
  }
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function membersOf(objects: readonly JsonObject[]): JsonObject {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  const valuesOf = (name: string): Json[] =>
    objects.flatMap((object) => (object[name] === undefined ? [] : [object[name]]))
  return { properties: Object.fromEntries(names.map((name) => [name, kindOf(valuesOf(name))])) }
}

function isInstant(value: Json): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
}
