import type { HttpReply, HttpRequest } from './http.ts'
import type { Json } from './json.ts'
import type { Random } from './random.ts'

/** An API's records as its steps see them, by key: `user:alice`, `session:4F…`. */
export interface Records {
  get(key: string): Json | undefined
}

/** A record to put, or, without a value, to delete. */
export interface Change {
  readonly key: string
  readonly value: Json | undefined
}

/** Everything a step may know beside the records and the request. */
export interface Context<Settings> {
  /** The mocked server's time, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  readonly settings: Settings
  /** Where the request comes from, proxy headers considered if the settings trust them. */
  readonly address: string
  /** What the path's placeholders matched, still percent-encoded. */
  readonly params: { readonly [name: string]: string }
  readonly random: Random
  /** The answer to a question the step cannot work out itself; throws {@link Needs} while it is not known. */
  readonly answer: (question: Question) => Json
  /** Told what a step looks at, by steps of APIs of one's own. */
  readonly watcher?: StepWatcher
}

/** Whoever does not know all facts of all users, and wants to know what came of those that they do not know. */
export interface StepWatcher {
  /** A fact of a user; one of a session as `session.fact`. */
  read(username: string, fact: string): void
  /** Whether the request is in a session. */
  readSession(): void
  /** These facts were set, by what was read before. */
  wrote(facts: readonly string[]): void
  /** A try was counted, by what was read before. */
  counted(): void
}

/** What an API answers, and why: the clause it plays and the reason in words. */
export interface Reply extends HttpReply {
  readonly clause: string
  readonly because: string
}

/** What a step decides: the reply, and the changes to commit with it. */
export interface Outcome {
  readonly reply: Reply
  readonly changes: readonly Change[]
  /** The name of the user the request was about, where there is one. */
  readonly user?: string
}

/** Decides one request: no clock, no chance, no I/O, so it can be played again at any time. */
export type Step<Settings> = (records: Records, request: HttpRequest, context: Context<Settings>) => Outcome

/** A question that a step cannot answer by itself: work that takes a library, or waits. Texts and numbers only. */
export type Question =
  /** The six digits of an authenticator app in a period. */
  | { readonly kind: 'totp'; readonly secret: string; readonly counter: number }
  /** A made-up person: { firstName, lastName, email }. */
  | { readonly kind: 'person'; readonly seed: string }
  /** The fields of a multipart form, as [name, value] pairs; null where it is none. The body is one character a byte. */
  | { readonly kind: 'multipart'; readonly contentType: string; readonly body: string }
  /** The bcrypt hash of a password by a salt such as `$2a$10$` and 22 characters. */
  | { readonly kind: 'bcrypt-hash'; readonly password: string; readonly salt: string }
  /** Whether a password has a bcrypt hash; false for what is no hash. */
  | { readonly kind: 'bcrypt-match'; readonly password: string; readonly hash: string }
  /** Whether a Base64 signature (SHA256withRSA) of a text is right by a public key in PEM; false for what is no key. */
  | { readonly kind: 'rsa-verify'; readonly publicKey: string; readonly payload: string; readonly signature: string }

/** Thrown by a step that lacks an answer. Whoever plays the step finds the answer and plays it again. */
export class Needs extends Error {
  readonly question: Question

  constructor(question: Question) {
    super(`A ${question.kind} has to be looked up first; await world.ready() before this.`)
    this.name = 'Needs'
    this.question = question
  }
}
