import type { FieldView } from './field-view.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Named } from '../core/field.ts'
import { readJson, type Json, type JsonObject } from '../core/json.ts'

/** A name, and the text of its value. */
export type WrittenPair = readonly [name: string, text: string]

/** What was written as `name=value`. Throws ERR_USAGE. */
export function readPair(written: string): WrittenPair {
  const equals = written.indexOf('=')
  if (equals > 0) return [written.slice(0, equals), written.slice(equals + 1)]
  throw new UnderstudyError('ERR_USAGE', `"${written}" is no setting; write name=value, such as active=false.`)
}

/** Pairs as the members of a patch, read by what the fields take. What is not known is left to the server. */
export function toPatch(pairs: readonly WrittenPair[], fields: Named<FieldView>): JsonObject {
  return Object.fromEntries(
    pairs.map(([name, text]) => [name, toValue(text, Object.hasOwn(fields, name) ? fields[name] : undefined)]),
  )
}

function toValue(text: string, field: FieldView | undefined): Json {
  if (field?.nullable === true && text === '') return null
  if (field !== undefined && isStructured(field)) return fromJson(text)
  if (field?.kind === 'list') return text === '' ? [] : text.split(',')
  if (field?.kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  const isNumber = field?.kind === 'integer' || field?.kind === 'number'
  return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

/** Whether only JSON can write the value. */
function isStructured({ kind, item }: FieldView): boolean {
  if (kind === 'list') return item !== undefined && isStructured(item)
  return kind === 'object' || kind === 'map' || kind === 'either' || kind === 'anything'
}

/** What is no JSON is left as it is: the server says what it takes instead. */
function fromJson(text: string): Json {
  try {
    return readJson(text)
  } catch {
    return text
  }
}
