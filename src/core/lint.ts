import type { HttpRequest } from './http.ts'
import type { Reply } from './step.ts'

/** A rule that a client of an API is to keep, whatever it was answered. */
export interface Lint {
  /** Such as `code-while-blocked`; the same for the same rule in another API. */
  readonly id: string
  /** What a client did that breaks it, as a sentence. */
  readonly sentence: string
  /** The clause that it follows from. */
  readonly clause: string
  /** What a client does instead. */
  readonly mend: string
  /** Whether an exchange breaks it; `earlier` has those before it, the latest first. */
  breaks(exchange: LintedExchange, earlier: readonly LintedExchange[]): boolean
}

/** A request and its answer as they were, with what was known of who asked. */
export interface LintedExchange {
  /** Undefined where no operation takes the request. */
  readonly operation: string | undefined
  readonly request: HttpRequest
  readonly reply: Reply
  /** The answer said no, by its status or in its body. */
  readonly refused: boolean
  /** By the server's clock. */
  readonly at: number
  readonly address: string
  /** The user whom it was about, before it and after it. */
  readonly before: LintedUser | undefined
  readonly after: LintedUser | undefined
  /** The id of the session that it named; undefined where there was no such. */
  readonly session: string | undefined
  /** The id of the session that it opened. */
  readonly opened: string | undefined
  /** Whether time stood still, so that nothing can be told of how long a client waited. */
  readonly isStill: boolean
  /** How far the server's clock was ahead of the devices'. */
  readonly skewMs: number
}

/** What a rule may know of a user. */
export interface LintedUser {
  readonly username: string
  readonly state: string
  readonly failures: number | undefined
  /** When the state ends by itself. */
  readonly until: number | undefined
}

/** What becomes of what a client did against a rule: nothing, a warning, an error. */
export type LintLevel = 'off' | 'warn' | 'error'
