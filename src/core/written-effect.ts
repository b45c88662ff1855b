import { effects, type FaultEffect } from './effects.ts'
import type { AnyField } from './field.ts'
import type { Json, JsonObject } from './json.ts'

/** The part of a fault that is a value at a place of an effect. A text is read by its field. */
export function writtenEffect(name: keyof FaultEffect, at: readonly string[], written: Json): JsonObject {
  const value = writtenValue(effectFieldAt(name, at), written)
  return { [name]: at.reduceRight<Json>((inner, step) => ({ [step]: inner }), value) }
}

/** What describes the member of an effect. */
export function effectFieldAt(name: keyof FaultEffect, at: readonly string[]): AnyField | undefined {
  return at.reduce<AnyField | undefined>(
    (field, step) => (field?.kind === 'object' ? field.fields[step] : undefined),
    effects[name].field,
  )
}

/**
 * The value that a text stands for by its field: numbers where they are some, a map where it is a line `name: value`.
 * Whatever is none is left as it is, for the check to refuse.
 */
export function writtenValue(field: AnyField | undefined, written: Json): Json {
  if (typeof written !== 'string') return written
  switch (field?.kind) {
    case 'integer':
    case 'number':
      return written.trim() !== '' && Number.isFinite(Number(written)) ? Number(written) : written
    case 'map': {
      const colon = written.indexOf(':')
      return colon < 1 ? written : { [written.slice(0, colon).trim()]: written.slice(colon + 1).trim() }
    }
    default:
      return written
  }
}
