import type { AnyApi } from '../core/api.ts'
import { remembered } from '../core/remembered.ts'

const fullKeys = new WeakMap<AnyApi, (key: string) => string>()

/** Where a record of an API stands in the store, by its key among those of the API. */
export function fullKeyOf(api: AnyApi): (key: string) => string {
  const known = fullKeys.get(api)
  if (known !== undefined) return known
  const keyOf = remembered((key) => `${api.id}/${key}`)
  fullKeys.set(api, keyOf)
  return keyOf
}
