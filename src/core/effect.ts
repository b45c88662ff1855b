import type { ApiError } from './api-error.ts'
import type { Field } from './field.ts'
import type { HttpReply } from './http.ts'
import type { Json } from './json.ts'

/** One thing that a fault can do to an answer: all that anybody has to know of it, each told here and nowhere else. */
export interface Effect<Value> {
  /** How it is written, and what it does in one line. */
  readonly field: Field<Value>
  /** A member of a fault that does it, as YAML: for who wrote one that does nothing, and for the reference. */
  readonly example: string
  /** Whether a value that fits the field changes nothing; then it is as if it was not there. */
  readonly isIdle: (value: Value) => boolean
  /** Whether what is sent is no longer the contract's answer. It counts for no clause then. */
  readonly replaces: boolean
  /** Whether it strikes before the server gets to work, unless the fault says that the request was processed. */
  readonly precedesWork: (value: Value) => boolean
  /** What becomes of the answer itself. */
  readonly answer: (reply: HttpReply, value: Value, scene: EffectScene) => HttpReply
  /** What becomes of the answer on its way, whatever else was done to it. */
  readonly way: (value: Value) => SendInstructions
  /** What was done, for lists, the journal and `why`: `status 503`. No secrets are in it. */
  readonly words: (value: Value) => string
  /** How the command line says it. */
  readonly options: readonly EffectOption[]
  /** How the console offers it. */
  readonly offers: readonly EffectOffer[]
}

// Where effects are gone through, each value is its own effect's.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyEffect = Effect<any>

/** What an effect may ask for. */
export interface EffectScene {
  /** The status that the fault answers, where it says one. */
  readonly status: number | undefined
  /** An error in the words of the API; undefined where its answers have no form for one. */
  readonly error: (error: ApiError) => HttpReply | undefined
}

/** What hosts do with an answer. */
export interface SendInstructions {
  /** Real milliseconds to wait before sending. */
  readonly delayMs?: number
  /** How the connection is spoilt. */
  readonly broken?: 'reset' | 'truncate'
  /** What arrives instead of the body. */
  readonly body?: (body: HttpReply['body']) => HttpReply['body']
}

/** A value that can be written down as one text. */
interface Writable {
  /** The member below the effect that it becomes; the effect itself if empty. The member's field says how it is read. */
  readonly at: readonly string[]
}

/** An option of `understudy fault add`. */
export interface EffectOption extends Writable {
  /** As commander takes it: `--status <code>`. */
  readonly flags: string
  readonly about: string
}

/** An entry of the console's list of what can happen, with what to fill in, or with a value of its own. */
export type EffectOffer = Writable & { readonly words: string } & (
    | { readonly label: string; readonly usual: string }
    | { readonly value: Json }
  )
