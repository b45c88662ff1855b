import type { ClockStart } from '../core/clock.ts'
import type { FaultSpec } from '../core/fault.ts'
import type { JsonObject } from '../core/json.ts'
import type { Changes } from './changes.ts'
import type { ScheduledSpec } from './scheduled.ts'

/** A scenario after it was read and checked: what a world starts from, and returns to on reset. */
export interface Setup {
  readonly name: string
  readonly description: string
  readonly seed: number
  readonly clock: ClockStart
  /** The section of each API, by its id, as its fields read it. */
  readonly sections: { readonly [api: string]: JsonObject }
  /** The ids of the APIs that play; the others have sections, and answer nothing. */
  readonly playing: readonly string[]
  readonly faults: readonly FaultSpec[]
  readonly schedule: readonly ScheduledSpec[]
  /** The scenario as somebody would write it, `extends` resolved. */
  readonly source: JsonObject
  /** Where it begins instead of at the scenario's start: a snapshot that is played like a scenario. */
  readonly start?: SetupStart
}

/** The state in which a snapshot begins. */
export type SetupStart = {
  /** When the scenario was started, in milliseconds of the server's clock. */
  readonly startedAt: number
  readonly clock: { readonly at: number; readonly frozen: boolean; readonly scale: number; readonly skewMs: number }
  readonly records: Changes
}
