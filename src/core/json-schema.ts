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

/**
 * What a schema is for: a whole file; a patch, in which nothing is required; a value within a patch; or what programs give
 * back, in which durations are milliseconds.
 */
type Mode = 'whole' | 'patch' | 'within a patch' | 'stored'

/** Schemas that are described once in a document, by their names. */
export type NamedSchemas = Map<string, JsonObject>

/** Where OpenAPI has such schemas. */
const place = '#/components/schemas/'

/**
 * A field as JSON Schema, with the defaults and meanings that editors show. What has a name goes into `named`, if there is
 * such a place, and is referred to.
 */
export function toJsonSchema(field: AnyField, mode: Mode = 'whole', named?: NamedSchemas): JsonObject {
  const point = field.openPoint === undefined ? '' : ` (assumed: ${field.openPoint})`
  const notes: JsonObject = {
    description: field.about + point,
    ...(field.default === undefined || mode !== 'whole' ? {} : { default: defaultOf(field) }),
  }
  const schema =
    named === undefined || field.named === undefined
      ? kindSchema(field, mode, named)
      : reference(field, field.named, mode, named)
  return field.nullable === true ? { anyOf: [schema, { type: 'null' }], ...notes } : { ...schema, ...notes }
}

function reference(field: AnyField, name: string, mode: Mode, named: NamedSchemas): JsonObject {
  if (!named.has(name)) {
    // What it holds may refer to it.
    named.set(name, {})
    named.set(name, kindSchema(field, mode, named))
  }
  return { $ref: place + name }
}

function kindSchema(field: AnyField, mode: Mode, named: NamedSchemas | undefined): JsonObject {
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
      return choiceSchema(field, mode)
    case 'duration':
      if (mode === 'stored') return { type: 'integer', ...(field.min === undefined ? {} : { minimum: field.min }) }
      return spelt(durationPattern, mode, field.min === undefined ? {} : { minimum: field.min })
    case 'moment':
      if (mode === 'stored') return { type: 'object' }
      return spelt(momentPattern, mode, { minimum: earliestInstant, maximum: latestInstant })
    case 'list':
      return { type: blankable('array', mode), items: toJsonSchema(field.item, inner(mode), named) }
    case 'map':
      return {
        type: blankable('object', mode),
        additionalProperties: toJsonSchema(field.item, inner(mode), named),
        ...(field.key?.pattern === undefined ? {} : { propertyNames: { pattern: patternSource(field.key.pattern) } }),
      }
    case 'object':
      return objectSchema(field, mode, named)
    case 'either':
      return { oneOf: Object.values(field.forms).map((fields) => objectSchema({ fields }, mode, named)) }
    case 'anything':
      return {}
  }
}

/** Editors show what a word means where it stands as a schema of its own; programs are given a plain list of words. */
function choiceSchema(field: Extract<AnyField, { kind: 'choice' }>, mode: Mode): JsonObject {
  const { about, choices, meanings } = field
  if (mode !== 'whole' || meanings === undefined) return { type: 'string', enum: [...choices] }
  // In place of the field's own description, which is therefore said here too.
  const words = choices.map((word) => ({ const: word, description: `${meanings[word]}\n\n(${about})` }))
  return { type: 'string', oneOf: words }
}

function objectSchema(
  { fields, more }: Pick<Extract<AnyField, { kind: 'object' }>, 'fields' | 'more'>,
  mode: Mode,
  named: NamedSchemas | undefined,
): JsonObject {
  const required = Object.keys(fields).filter((name) => {
    const field = fields[name] as AnyField
    return mode !== 'patch' && field.optional !== true && field.default === undefined
  })
  return {
    type: required.length === 0 ? blankable('object', mode) : 'object',
    additionalProperties: more === true,
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, toJsonSchema(field, inner(mode), named)]),
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
