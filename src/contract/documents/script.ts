import type { Journey, SendStep } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Answered } from '../comparing/answered.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import type { ScriptNames } from './script-names.ts'

/** A journey written out: each request once for each time that it is sent, with what the mock answers. */
export interface JourneyScript {
  readonly journey: Journey
  readonly api: CheckedApi
  /** What the mock was set to, as scenarios write it, beside its defaults. */
  readonly given: JsonObject
  /** Where the API is. */
  readonly mount: string
  /** Provider states by which each actor is there. */
  readonly setup: readonly ScriptedState[]
  readonly lines: readonly ScriptLine[]
  /** Names that the requests have and that the answers to provider states give. */
  readonly givenByStates: readonly string[]
  readonly names: ScriptNames
}

/** A provider state; texts of its params name values in braces. */
export interface ScriptedState {
  readonly actor: string | undefined
  readonly state: string
  readonly params: JsonObject
}

/** One thing after another. */
export type ScriptLine =
  | { readonly do: 'wait'; readonly ms: number }
  | ({ readonly do: 'arrange' } & ScriptedState)
  | ScriptedRequest

/** A request with its answer. */
export interface ScriptedRequest {
  readonly do: 'send'
  /** What is sent; its texts name values in braces. */
  readonly step: Pick<SendStep, 'method' | 'path' | 'headers' | 'body' | 'capture' | 'expect'>
  readonly actor: string | undefined
  /** In which it is sent; undefined for none. */
  readonly session: string | undefined
  /** Cookies that go with it, by name. */
  readonly cookies: readonly string[]
  /** Headers of the session, such as Basic credentials. */
  readonly credentials: readonly string[]
  readonly answer: Answered
  /** The same to the same request elsewhere and at another time: what differs is drawn, or told by the clock. */
  readonly again: Answered
  readonly clause: string
  readonly because: string
}
