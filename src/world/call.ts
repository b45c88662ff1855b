import type { JsonObject } from '../core/json.ts'

/** A change from outside as it was asked for, so that it can be asked for again. */
export interface RepeatableCall {
  /** Method and path of the control API: `PUT /users/{api}/{username}`. */
  readonly route: string
  readonly params: { readonly [name: string]: string }
  readonly query: JsonObject
  readonly body: JsonObject
  /** The world began anew by it: what was before does not matter to whoever does it again. */
  readonly restarts?: true
}
