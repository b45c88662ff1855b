import type { AnyApi } from '../core/api.ts'
import { remembered } from '../core/remembered.ts'

/** Made once for each API: a key that is put together anew has to be hashed anew, and every request asks for these. */
const settingsKeys = new WeakMap<AnyApi, string>()

/** Where the settings of an API stand in the store. */
export function settingsKey(api: AnyApi): string {
  const key = settingsKeys.get(api) ?? `${api.id}/settings`
  settingsKeys.set(api, key)
  return key
}

const fullKeys = new WeakMap<AnyApi, (key: string) => string>()

/** Where a record of an API stands in the store, by its key among those of the API. */
export function fullKeyOf(api: AnyApi): (key: string) => string {
  const known = fullKeys.get(api)
  if (known !== undefined) return known
  const keyOf = remembered((key) => `${api.id}/${key}`)
  fullKeys.set(api, keyOf)
  return keyOf
}
