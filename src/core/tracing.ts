import type { HttpRequest } from './http.ts'
import type { Interaction } from './interaction.ts'
import type { Context, Records, Reply } from './step.ts'

/** What an API tells of the requests that reached it: for coverage, and for pacts. Loaded when somebody traces. */
export interface Tracing<Settings> {
  readonly universe: Universe
  /** Who asked, and what the request made of them; undefined where it was nobody in particular. */
  caller(exchange: TracedExchange<Settings>): TracedCaller | undefined
  /** The exchange for a pact, or why it is none that can be written down. */
  retell(exchange: TracedExchange<Settings>): Interaction | Untold
}

// The registry holds APIs of different types; what they have in common is enough there.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyTracing = Tracing<any>

/** Why an exchange cannot be in a pact, as a sentence's end: `a signature cannot be written down`. */
export type Untold = { readonly untold: string }

/** A request and its answer as they were, unmasked, with the records around them. */
export interface TracedExchange<Settings> extends Pick<Context<Settings>, 'now' | 'settings' | 'address' | 'answer'> {
  /** Undefined where no operation takes the request. */
  readonly operation: string | undefined
  /** Whom the step was about, as it told. */
  readonly user?: string | undefined
  readonly request: HttpRequest
  readonly reply: Reply
  readonly before: Records
  readonly after: Records
}

/** Whoever asks: somebody with a session, or a user. */
export interface TracedCaller {
  /** Tells them from every other; left out where nobody is known yet. Never leaves the process. */
  readonly id?: string
  /** By the words of the universe's states. */
  readonly before: string
  readonly after: string
}

/** Everything of an API that somebody may meet, and how. */
export interface Universe {
  /** Every clause of the API. */
  readonly clauses: { readonly [clause: string]: Reach | Apart }
  /** What callers can be. */
  readonly states: { readonly [state: string]: Reach }
  /** `operation: from → to`; the operation `meanwhile` is what no request did. */
  readonly transitions: { readonly [transition: string]: Reach }
  /** `operation status`; `login 200/201` where servers differ. */
  readonly statuses: { readonly [status: string]: Reach }
}

/** How something is met. */
export type Reach =
  /** By itself: a line for a shell, with the default scenario. Where it shows a clause all the same, `of` names that. */
  | { readonly way: string; readonly of?: string }
  /** Together with any of these clauses; the way of the first meets it. */
  | { readonly with: readonly string[] }

/** What cannot be met, and why. */
export type Apart = { readonly apart: string }

/** Met by itself, by these lines one after the other. */
export function way(...lines: readonly string[]): Reach {
  return { way: lines.join('; ') }
}

/** The same, where that shows a clause all the same. */
export function wayShowing(clause: string, ...lines: readonly string[]): Reach {
  return { way: lines.join('; '), of: clause }
}

/** Met together with any of these clauses. */
export function along(...clauses: readonly string[]): Reach {
  return { with: clauses }
}

/** Not to be met, for a reason. */
export function apart(reason: string): Apart {
  return { apart: reason }
}

export const aboutOthers: Apart = apart('a rule about other answers, which name their own clauses')
