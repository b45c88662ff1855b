import type { AnyApi } from '../../core/api.ts'
import type { Kit } from '../../core/kit.ts'

/** An API that can be checked, with what that takes. */
export type CheckedApi = AnyApi & { readonly kit: Kit }

/** An API with its kit; undefined where it is only played. */
export async function checkedApi(api: AnyApi): Promise<CheckedApi | undefined> {
  return api.loadKit === undefined ? undefined : { ...api, kit: await api.loadKit() }
}
