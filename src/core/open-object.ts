import type { About, Field, FieldMap } from './field.ts'
import type { Infer, Written } from './infer.ts'
import type { JsonObject } from './json.ts'

/** An object with these members, and with others of which nothing is known here: they are left as they are. */
export function openObject<Members extends FieldMap>(
  fields: Members,
  notes: About,
): Field<Infer<Members> & JsonObject, Written<Members> & JsonObject, 'must'> {
  return { kind: 'object', fields, more: true, ...notes }
}
