import type { AnyField } from '../core/field.ts'
import { asObject, isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import type { SecrecyOf } from '../core/secret-name.ts'
import { masked, shorten } from './mask.ts'
import { maskJson } from './mask-message.ts'

/** A record as its description says: what that calls a secret is masked, and nothing else, whatever it is called. */
export function maskRecord(
  field: AnyField | undefined,
  record: Json | undefined,
  secrecyOf: SecrecyOf,
): Json | undefined {
  if (record === null || record === undefined) return record
  if (field === undefined || field.kind === 'anything') return maskJson(record, secrecyOf)
  if (field.secret === true) return masked
  if (field.kind === 'list' && Array.isArray(record))
    return record.map((item) => maskRecord(field.item, item as Json, secrecyOf) ?? null)
  if (!isJsonObject(record)) return record
  if (field.kind === 'map') {
    const shown = (name: string): string => (field.secretKeys === true ? shorten(name) : name)
    return mapMembers(record, (name, member) => [shown(name), maskRecord(field.item, member, secrecyOf)])
  }
  if (field.kind !== 'object') return maskJson(record, secrecyOf)
  return mapMembers(record, (name, member) =>
    // What no description knows goes by its name.
    Object.hasOwn(field.fields, name)
      ? [name, maskRecord(field.fields[name], member, secrecyOf)]
      : [name, asObject(maskJson({ [name]: member }, secrecyOf))[name]],
  )
}

function mapMembers(
  record: JsonObject,
  shown: (name: string, member: Json | undefined) => [string, Json | undefined],
): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, member]) => shown(name, member)))
}
