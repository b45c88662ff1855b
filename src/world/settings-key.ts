import type { AnyApi } from '../core/api.ts'

/** Made once for each API: a key that is put together anew has to be hashed anew, and every request asks for these. */
const settingsKeys = new WeakMap<AnyApi, string>()

/** Where the settings of an API stand in the store. */
export function settingsKey(api: AnyApi): string {
  const known = settingsKeys.get(api)
  if (known !== undefined) return known
  const key = `${api.id}/settings`
  settingsKeys.set(api, key)
  return key
}
