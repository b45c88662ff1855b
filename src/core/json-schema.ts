import { formatDuration } from './duration.ts'
import type { AnyField } from './field.ts'
import type { Json, JsonObject } from './json.ts'

// What a pattern cannot tell stays with `check`: how long is too short, which days and hours there are, and how many
// digits are too many.
const parts = '(\\d+(\\.\\d+)?\\s*(ms|s|m|h|d|w))+'
const durationPattern = `^\\s*([+-]\\s*)?${parts}\\s*$`
const zone = '([Zz]|[+-]\\d{2}:?\\d{2})'
const instant = `\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?${zone}?)?`
const momentPattern = `^\\s*([+-]\\s*${parts}|${instant})\\s*$`

/** A field as JSON Schema, with the defaults and meanings that editors show. As a patch nothing is required. */
export function toJsonSchema(field: AnyField, mode: 'whole' | 'patch' = 'whole'): JsonObject {
  const point = field.openPoint === undefined ? '' : ` (assumed: ${field.openPoint})`
  const notes: JsonObject = {
    description: field.about + point,
    ...(field.default === undefined || mode === 'patch' ? {} : { default: defaultOf(field) }),
  }
  const schema = kindSchema(field, mode)
  return field.nullable === true ? { anyOf: [schema, { type: 'null' }], ...notes } : { ...schema, ...notes }
}

function kindSchema(field: AnyField, mode: 'whole' | 'patch'): JsonObject {
  switch (field.kind) {
    case 'text':
      return { type: 'string', ...(field.pattern === undefined ? {} : { pattern: patternSource(field.pattern) }) }
    case 'integer':
    case 'number':
      return {
        type: field.kind,
        ...(field.min === undefined ? {} : { minimum: field.min }),
        ...(field.max === undefined ? {} : { maximum: field.max }),
      }
    case 'boolean':
      return { type: 'boolean' }
    case 'choice':
      return { type: 'string', enum: [...field.choices] }
    case 'duration':
      return { type: 'string', pattern: durationPattern }
    case 'moment':
      return { type: 'string', pattern: momentPattern }
    case 'list':
      return { type: 'array', items: toJsonSchema(field.item) }
    case 'map':
      return { type: 'object', additionalProperties: toJsonSchema(field.item) }
    case 'object':
      return objectSchema(field.fields, mode)
    case 'anything':
      return {}
  }
}

function objectSchema(fields: { readonly [name: string]: AnyField }, mode: 'whole' | 'patch'): JsonObject {
  const required = Object.keys(fields).filter((name) => {
    const field = fields[name] as AnyField
    return mode === 'whole' && field.optional !== true && field.default === undefined
  })
  return {
    // A blank member of a YAML map is null, and means all defaults.
    type: required.length === 0 ? ['object', 'null'] : 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toJsonSchema(field)])),
    ...(required.length === 0 ? {} : { required }),
  }
}

function defaultOf(field: AnyField): Json {
  return field.kind === 'duration' ? formatDuration(Number(field.default)) : (field.default as Json)
}

/** JSON Schema has no flags: letters that may be of either case are spelt out. */
function patternSource(pattern: RegExp): string {
  if (!pattern.ignoreCase) return pattern.source
  return pattern.source.replace(
    /\[([^\]]*)\]/g,
    (_, inside: string) => `[${inside}${inside.replace(/[A-Z]-[A-Z]/g, (range) => range.toLowerCase())}]`,
  )
}
