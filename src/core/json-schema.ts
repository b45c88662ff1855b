import { formatDuration } from './duration.ts'
import type { AnyField } from './field.ts'
import { earliestInstant, latestInstant } from './instant.ts'
import type { Json, JsonObject } from './json.ts'

// What a pattern cannot tell stays with `check`: how long is too short, which days and hours there are, and how many
// digits are too many.
const parts = '(\\d+(\\.\\d+)?\\s*(ms|s|m|h|d|w))+'
const durationPattern = `^\\s*([+-]\\s*)?${parts}\\s*$`
const zone = '([Zz]|[+-]\\d{2}:?\\d{2})'
const instant = `\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?${zone}?)?`
const momentPattern = `^\\s*([+-]\\s*${parts}|${instant})\\s*$`

/** What a schema is for: a whole file; a patch, in which nothing is required; or a value within a patch. */
type Mode = 'whole' | 'patch' | 'within a patch'

/** A field as JSON Schema, with the defaults and meanings that editors show. */
export function toJsonSchema(field: AnyField, mode: Mode = 'whole'): JsonObject {
  const point = field.openPoint === undefined ? '' : ` (assumed: ${field.openPoint})`
  const notes: JsonObject = {
    description: field.about + point,
    ...(field.default === undefined || mode !== 'whole' ? {} : { default: defaultOf(field) }),
  }
  const schema = kindSchema(field, mode)
  return field.nullable === true ? { anyOf: [schema, { type: 'null' }], ...notes } : { ...schema, ...notes }
}

function kindSchema(field: AnyField, mode: Mode): JsonObject {
  switch (field.kind) {
    case 'text':
      return {
        type: field.orInteger === true ? ['string', 'integer'] : 'string',
        ...(field.pattern === undefined ? {} : { pattern: patternSource(field.pattern) }),
      }
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
      return spelt(durationPattern, mode, field.min === undefined ? {} : { minimum: field.min })
    case 'moment':
      return spelt(momentPattern, mode, { minimum: earliestInstant, maximum: latestInstant })
    case 'list':
      return { type: blankable('array', mode), items: toJsonSchema(field.item, inner(mode)) }
    case 'map':
      return {
        type: blankable('object', mode),
        additionalProperties: toJsonSchema(field.item, inner(mode)),
        ...(field.key?.pattern === undefined ? {} : { propertyNames: { pattern: patternSource(field.key.pattern) } }),
      }
    case 'object':
      return objectSchema(field.fields, mode)
    case 'anything':
      return {}
  }
}

function objectSchema(fields: { readonly [name: string]: AnyField }, mode: Mode): JsonObject {
  const required = Object.keys(fields).filter((name) => {
    const field = fields[name] as AnyField
    return mode !== 'patch' && field.optional !== true && field.default === undefined
  })
  return {
    type: required.length === 0 ? blankable('object', mode) : 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, toJsonSchema(field, inner(mode))]),
    ),
    ...(required.length === 0 ? {} : { required }),
  }
}

/** What a person leaves blank in a file is null there, and means nothing, or all defaults. */
function blankable(type: string, mode: Mode): Json {
  return mode === 'whole' ? [type, 'null'] : type
}

/** Programs may give milliseconds as well; in a file their unit would have to be guessed. */
function spelt(
  pattern: string,
  mode: Mode,
  range: { readonly minimum?: number; readonly maximum?: number },
): JsonObject {
  return mode === 'whole' ? { type: 'string', pattern } : { type: ['string', 'integer'], pattern, ...range }
}

function inner(mode: Mode): Mode {
  return mode === 'patch' ? 'within a patch' : mode
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
