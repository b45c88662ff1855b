import type { V3ProviderState, V3Request, V3Response } from '@pact-foundation/pact'
import type { Clause } from '../../src/core/clause.ts'

export const consumer = 'auth-understudy-client'

/** Where the consumer tests of an API write its pact, and the provider tests read it. */
export function pactFileOf(provider: string): string {
  return `pacts/${consumer}-${provider}.json`
}

/** One request and its answer, as an app depends on it. */
export interface Interaction<App> {
  /** The clauses that it shows; the description begins with the first. */
  readonly clauses: readonly string[]
  /** Unique and stable: pact files and reports name the interaction by it. */
  readonly description: string
  readonly states: readonly V3ProviderState[]
  readonly request: V3Request
  /** A body of `''` must be empty; without a body, any will do. */
  readonly response: V3Response
  /** What a text answer has to match; Pact's matchers are for JSON. */
  readonly text?: RegExp
  readonly perform: (app: App) => Promise<unknown>
  /** What the app makes of the answer. */
  readonly gives: unknown
}

/** What an app depends on in one API. */
export interface Pact<App, Asked extends Interaction<App> = Interaction<App>> {
  /** The id of the API. */
  readonly provider: string
  readonly clauses: readonly Clause[]
  readonly interactions: readonly Asked[]
  /** The clauses that no single request can show, and why; sequences of requests have to. */
  readonly notShown: { readonly [clause: string]: string }
  /** An app that talks to a server; `send` sends what its client would not, and gives the status. */
  open(url: string, interaction: Asked, send: (request: V3Request) => Promise<number>): App
}
