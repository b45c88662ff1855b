import type { Journey } from './journey.ts'
import type { JsonObject } from './json.ts'

/** What the contract kit has to know of an API to check real servers against it. */
export interface Kit {
  /** What accounts are for, by role. */
  readonly roles: { readonly [role: string]: string }
  /** How first-factor sessions can be opened; empty for an API without sessions. */
  readonly sessions: readonly SessionKind[]
  readonly journeys: readonly Journey[]
  /** The users of a scenario that stand for accounts. */
  section(accounts: readonly Account[], settings: JsonObject): JsonObject
  /** Clauses whose answer counted a failure against the user. */
  readonly failureClauses: readonly string[]
  /** The setting that says how many failures lock, and the one for how long. */
  readonly limit: { readonly after: string; readonly for: string } | undefined
  /** Members of bodies that differ from server to server, by dotted path; what holds for them all the same. */
  readonly volatile: { readonly [path: string]: Volatile }
  /** Headers that the contract speaks of, beside the content type. */
  readonly headers: readonly string[]
}

/** How a first-factor session is opened. */
export type SessionKind = 'jira' | 'basic' | 'cookie' | 'header' | 'command'

/** What a value that is not compared has to be. */
export type Volatile =
  /** An instant in GMT to the second, as far from the server's clock as expected. */
  | 'instant'
  /** Any value of the same type. */
  | 'same type'
  /** Anything that looks like the pattern. */
  | RegExp

/** An account of a target, or its stand-in on the mock. */
export interface Account {
  readonly role: string
  readonly username: string
  readonly password?: string
  readonly pin?: string
  readonly totp?: { readonly secret: string }
  /** Other facts, by the names that the API's scenarios have for them. */
  readonly [fact: string]: unknown
}
