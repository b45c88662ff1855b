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
  /** Settings under which every journey shows something: the kit itself is tried with them. */
  readonly trial?: JsonObject
  /** What a scenario's section says of accounts, so that the mock has them too. */
  section(accounts: readonly Account[], settings: JsonObject): JsonObject
  /** Where codes are tried, and how many wrong ones lock for how long. */
  readonly lockout?: Lockout
  /** Members of bodies that differ from server to server, by dotted path; what holds for them all the same. */
  readonly volatile: { readonly [path: string]: Volatile }
  /** Which clause a part of an answer is about, where that is not the clause the answer plays; the first that fits. */
  readonly parts: readonly Part[]
  /**
   * What differs where a server has decided otherwise, instead of having told the same decision in other words: with
   * such a difference, what is broken is what the step is there to show.
   */
  readonly verdicts: readonly { readonly where: RegExp; readonly received: RegExp }[]
  /** Clauses of answers of whose body the contract says nothing. */
  readonly bodyOpen: readonly string[]
  /** Headers that the contract speaks of, beside the content type. */
  readonly headers: readonly string[]
}

/** A part of some answers that another clause than theirs speaks of. What is left out fits everything. */
export interface Part {
  /** Clauses of the answers. */
  readonly of?: readonly string[]
  /** Where in the answer: `status`, `header allow`, `body.blocked.until`. */
  readonly where?: RegExp
  readonly how?: readonly Deviation[]
  /** What came instead, as it is shown. */
  readonly received?: RegExp
  readonly clause: string
}

/** How something differs: it is not there, should not be there, is of another form, or is another value. */
export type Deviation = 'missing' | 'extra' | 'form' | 'value'

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
