import * as registry from '../../src/apis/registry.ts'
import { checkedApi, type CheckedApi } from '../../src/contract/target/checked-api.ts'
import type { AnyApi } from '../../src/core/api.ts'

async function checked(api: AnyApi): Promise<CheckedApi> {
  const found = await checkedApi(api)
  if (found === undefined) throw new Error(`${api.title} has no kit.`)
  return found
}

/** The APIs of the package, as they are loaded to check a server. */
export const secureLogin = await checked(registry.secureLogin)
export const sirportly = await checked(registry.sirportly)
export const genticsCms = await checked(registry.genticsCms)
export const checkedApis: readonly CheckedApi[] = [secureLogin, sirportly, genticsCms]
