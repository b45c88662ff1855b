import { UnderstudyError } from '../core/errors.ts'
import type { AnyField, FieldMap } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'

/** `name=value` pairs as the members of a patch, read by what the fields take. What is not known is left to the server. */
export function toPatch(pairs: readonly string[], fields: FieldMap): JsonObject {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 1)
        throw new UnderstudyError('ERR_USAGE', `"${pair}" is no setting; write name=value, such as active=false.`)
      const name = pair.slice(0, equals)
      return [name, toValue(pair.slice(equals + 1), Object.hasOwn(fields, name) ? fields[name] : undefined)]
    }),
  )
}

function toValue(text: string, field: AnyField | undefined): Json {
  if (field?.nullable === true && text === '') return null
  if (field !== undefined && isStructured(field)) return fromJson(text)
  if (field?.kind === 'list') return text === '' ? [] : text.split(',')
  if (field?.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  const isNumber = field?.kind === 'integer' || field?.kind === 'number'
  return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

/** Whether only JSON can write the value. */
function isStructured(field: AnyField): boolean {
  if (field.kind === 'list') return isStructured(field.item)
  return field.kind === 'object' || field.kind === 'map' || field.kind === 'anything'
}

/** What is no JSON is left as it is: the server says what it takes instead. */
function fromJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
