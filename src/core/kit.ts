import type { Journey } from './journey.ts'
import type { JsonObject } from './json.ts'

/** What the contract kit has to know of an API to check real servers against it. */
export interface Kit {
  /** What accounts are for, by role. */
  readonly roles: { readonly [role: string]: Role }
  /** The request that passes the host's first factor, and the cookie that it sets; none for an API without one. */
  readonly login?: {
    readonly method: string
    readonly path: string
    readonly type: string
    readonly body: string
    readonly cookie: string
  }
  readonly journeys: readonly Journey[]
  /** What a scenario's section says of accounts, so that the mock has them too. */
  section(accounts: readonly Account[], settings: JsonObject): JsonObject
  /** Where codes are tried, and how many wrong ones lock for how long. */
  readonly lockout?: Lockout
  /** Members of bodies that differ from server to server, by dotted path; what holds for them all the same. */
  readonly volatile: { readonly [path: string]: Volatile }
  /** Which clause a part of an answer is about, where that is not the clause the answer plays; the first that fits. */
  readonly parts: readonly { readonly where: RegExp; readonly clause: string }[]
  /** Headers that the contract speaks of, beside the content type. */
  readonly headers: readonly string[]
}

/** What an account of a role is, and how a provider state makes it so. */
export interface Role {
  readonly about: string
  /** The provider state that arranges such an account anew; its params name values in braces. */
  readonly state: { readonly name: string; readonly params: JsonObject }
}

/** How an API locks accounts, as far as one has to know to lock none. */
export interface Lockout {
  /** Operations that try a code or password. */
  readonly operations: readonly string[]
  /** Clauses of answers to a right one. Every other answer may have been counted, whatever the contract assumes. */
  readonly harmless: readonly string[]
  /** The setting that says how many wrong ones lock, and the one for how long. */
  readonly after: string
  readonly for: string
}

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
  /** Facts of the API, by the names that its scenarios have for them. */
  readonly facts?: JsonObject
}
