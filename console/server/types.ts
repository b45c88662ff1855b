import type { ChangeView, RequestView } from '../../src/world/views.ts'
import type { ClockView, NextView } from '../../src/world/world-clock.ts'
import type { FaultView } from '../../src/world/world-faults.ts'
import type { Json, JsonObject } from '../../src/core/json.ts'

export type { ExchangeView, MessageView, WhyView } from '../../src/world/views.ts'
export type { ChangeView, ClockView, FaultView, Json, JsonObject, NextView, RequestView }
export type { SequenceRequest, SequenceStep } from '../../src/world/sequence.ts'
export type { Snapshot } from '../../src/world/snapshot.ts'

/** What `/state` tells. */
export interface State {
  readonly world: string
  readonly scenario: { readonly name: string; readonly description: string; readonly seed: number }
  readonly clock: ClockView
  readonly faults: readonly FaultView[]
  readonly users: number
  readonly sessions: number
  readonly requests: { readonly total: number; readonly evicted: number; readonly limit: number }
}

/** A value that can be set, as `/apis` and `/pact/states` describe it. */
export interface FieldView {
  readonly kind:
    | 'text'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'choice'
    | 'duration'
    | 'moment'
    | 'list'
    | 'map'
    | 'object'
    | 'anything'
  readonly about: string
  readonly default?: Json
  readonly shape?: string
  readonly min?: number
  readonly max?: number
  readonly choices?: readonly string[]
  readonly item?: FieldView
  readonly fields?: Fields
  readonly optional?: true
  readonly nullable?: true
  readonly secret?: true
  readonly headline?: string
  /** The open point that the default settles. */
  readonly assumed?: string
}

export interface Fields {
  readonly [name: string]: FieldView
}

/** An API with its settings and what can be set. */
export interface ApiView {
  readonly id: string
  readonly title: string
  readonly path: string
  readonly settings: JsonObject
  readonly fields: {
    readonly states: readonly string[]
    readonly settings: Fields
    readonly user: Fields
    readonly operations: readonly {
      readonly id: string
      readonly summary: string
      readonly method: string
      readonly path: string
    }[]
  }
}

/** A user, with what one signs in with. */
export interface User {
  readonly api: string
  readonly username: string
  readonly state: string
  readonly failures?: number
  readonly limit?: number
  readonly until?: string
  readonly [detail: string]: Json | undefined
}

export interface Session {
  readonly api: string
  readonly id: string
  readonly username: string
  readonly state: string
  readonly until?: string
  readonly remaining?: string
}

export interface SnapshotLine {
  readonly name: string
  readonly takenAt: string
  readonly scenario: string
  readonly records: number
}

export interface WorldLine {
  readonly name: string
  readonly scenario: string
  readonly now: string
  readonly requests: number
}

export interface ScenarioLine {
  readonly name: string
  readonly description: string
}

export interface Situation {
  readonly name: string
  readonly api: string
  readonly about: string
  readonly params: Fields
}
