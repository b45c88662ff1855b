import type { AnyField } from './field.ts'

/** A wrong value as a message may quote it. What stands in the place of a secret may be one, whatever its form. */
export function quoted(value: unknown, field?: AnyField): string {
  if (value !== null && field !== undefined && holdsSecret(field)) return 'The value'
  try {
    const text = JSON.stringify(value) ?? String(value)
    return text.length > 60 ? `${text.slice(0, 57)}…` : text
  } catch {
    // A BigInt, or an object that contains itself.
    return 'The value'
  }
}

function holdsSecret(field: AnyField): boolean {
  if (field.kind === 'list' || field.kind === 'map') return field.secret === true || holdsSecret(field.item)
  return field.secret === true || (field.kind === 'object' && Object.values(field.fields).some(holdsSecret))
}
