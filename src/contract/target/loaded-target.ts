import type { JsonObject } from '../../core/json.ts'
import type { CheckedApi } from './checked-api.ts'
import type { Proxies } from './proxies.ts'
import type { Target } from './target.ts'

/** A target that was read: with its API, its settings in milliseconds, and the secrets that no report may show. */
export interface LoadedTarget {
  readonly path: string
  readonly target: Target
  readonly api: CheckedApi
  /** Settings as the API's fields read them, defaults filled in. */
  readonly settings: JsonObject
  readonly secrets: readonly string[]
  readonly proxies: Proxies
}
