import { worldTime, type ClockState } from '../core/clock.ts'
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import type { Snapshot } from '../world/snapshot.ts'

/** What the first line of a state file says that it is. */
export const stateKind = 'auth-understudy/state'
export const stateVersion = 1

/** The first line of a state file. */
export type StateHead = {
  readonly kind: typeof stateKind
  readonly version: typeof stateVersion
  /** The scenario that was served, as it was then. */
  readonly scenario: NamedSource
}

/** A scenario with its name, as it is written. */
export type NamedSource = { readonly name: string; readonly source: JsonObject }

/** Every other line: what changed between two answers. */
export type StateEntry = {
  readonly worlds?: { readonly [name: string]: WorldEntry }
  /** Named snapshots that were saved, or null for those that had to go. */
  readonly snapshots?: { readonly [name: string]: Snapshot | null }
  /** What later worlds start from. */
  readonly scenario?: NamedSource
}

/** A whole world, or what changed of it, or null for one that is gone. */
export type WorldEntry = { readonly whole: Snapshot; readonly realAt: number } | { readonly changes: JsonObject } | null

/** What a state file amounts to. */
export interface State {
  readonly head: StateHead
  /** Each as of `now`: the time between was not lost on anybody's clock. */
  readonly worlds: ReadonlyMap<string, Snapshot>
  readonly snapshots: ReadonlyMap<string, Snapshot>
  readonly scenario: NamedSource | undefined
}

/** Adds the entries up. Undefined where they do not begin as a state file does. */
export function sumUp([head, ...entries]: readonly Json[], now: number): State | undefined {
  if (!isJsonObject(head) || head['kind'] !== stateKind || head['version'] !== stateVersion) return undefined
  const worlds = new Map<string, Kept>()
  const snapshots = new Map<string, Snapshot>()
  let scenario: NamedSource | undefined
  for (const entry of entries as readonly StateEntry[]) {
    for (const [name, part] of Object.entries(entry.worlds ?? {})) {
      if (part === null) worlds.delete(name)
      else if ('whole' in part) worlds.set(name, keep(part.whole, part.realAt))
      else worlds.get(name)?.change(part.changes)
    }
    for (const [name, snapshot] of Object.entries(entry.snapshots ?? {})) {
      snapshots.delete(name)
      if (snapshot !== null) snapshots.set(name, snapshot)
    }
    scenario = entry.scenario ?? scenario
  }
  return {
    head: head as unknown as StateHead,
    worlds: new Map([...worlds].map(([name, world]) => [name, world.at(now)])),
    snapshots,
    scenario,
  }
}

interface Kept {
  change(changes: JsonObject): void
  at(now: number): Snapshot
}

function keep(whole: Snapshot, realAt: number): Kept {
  const records = new Map(Object.entries(whole.records))
  const { at: worldAt, ...rest } = whole.clock
  let clock: ClockState = { worldAt, realAt, ...rest }
  return {
    change({ clock: moved, ...others }) {
      if (moved !== undefined) clock = moved as ClockState
      for (const [key, record] of Object.entries(others)) records.set(key, record ?? null)
    },
    at: (now) => ({ ...whole, clock: clockAt(clock, now), records: Object.fromEntries(records) }),
  }
}

function clockAt(clock: ClockState, now: number): Snapshot['clock'] {
  const { frozen, scale, skewMs } = clock
  return { at: worldTime(clock, now), frozen, scale, skewMs }
}
