import type { AnyApi } from '../core/api.ts'
import { alphabets, createRandom } from '../core/random.ts'

/** What makes an API the same on two servers: a fingerprint of each of its parts. What steps do is not in it. */
export type ApiMake = { readonly [Part in (typeof apiParts)[number]]: string }

export const apiParts = ['clauses', 'operations', 'fields'] as const

/** The make of an API. */
export function makeOf({ clauses, operations, section, settings, userChange, identity, records }: AnyApi): ApiMake {
  return {
    clauses: fingerprint(clauses.map(({ id, text }) => [id, text])),
    operations: fingerprint(operations.map(({ id, methods, paths }) => [id, methods, paths])),
    fields: fingerprint([section, settings, userChange, identity.fields, records]),
  }
}

function fingerprint(value: unknown): string {
  const text = JSON.stringify(value, (_, member: unknown) => (member instanceof RegExp ? String(member) : member))
  return createRandom(text).text(16, alphabets.base32)
}
