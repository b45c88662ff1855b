import type { Json } from '../core/json.ts'
import type { Base } from './base.ts'
import type { Changes } from './changes.ts'
import type { Setup } from './setup.ts'
import { withoutChange, type PutBack } from './record-parts.ts'
import type { Snapshot } from './snapshot.ts'

/** All records of a world at one moment: those of a scenario, under what has changed since its start. */
export interface AllRecords {
  readonly setup: Setup
  readonly startedAt: number
  readonly base: Base
  readonly changes: Changes
}

/** What worlds share, as far as a change of one of them can change it. */
export interface SharedByWorlds {
  /** What later worlds start from. */
  readonly scenario: Setup
  readonly snapshots: ReadonlyMap<string, Snapshot>
}

/** Before something happened, and right after it. */
export interface BeforeAndLeft<Value> {
  readonly before: Value
  readonly left: Value
}

/** Requests and notes that were forgotten. */
export interface ClearedJournal {
  readonly requests: number
  readonly bytes: number
  /** Has them back, before those that have come since. */
  readonly bringBack: () => void
}

/** Something that somebody changed from outside, with what it takes to take it back. */
export interface MadeChange {
  /** Such as `c3`. */
  readonly id: string
  /** By the mocked server's clock. */
  readonly at: number
  readonly what: string
  /** How many requests the journal had seen. */
  readonly requests: number
  /** The records that were written, where the world was not started anew. */
  readonly records: ReadonlyMap<string, BeforeAndLeft<Json | undefined>>
  /** Where it was. */
  readonly anew: BeforeAndLeft<AllRecords> | undefined
  readonly shared: {
    readonly scenario: BeforeAndLeft<Setup> | undefined
    readonly snapshots: ReadonlyMap<string, BeforeAndLeft<Snapshot | undefined>>
  }
  readonly cleared: ClearedJournal | undefined
  /** Bytes that only it keeps in memory, roughly. */
  readonly weight: number
}

/** One record of a world at one moment. */
export function recordOf({ changes, base }: AllRecords, key: string): Json | undefined {
  return Object.hasOwn(changes, key) ? (changes[key] ?? undefined) : base.get(key)
}

/** Keys of the records that a change has to put back, given those that have changed until now. */
export function keysOf({ anew, records }: MadeChange, changedNow: () => Iterable<string>): Iterable<string> {
  if (anew === undefined) return records.keys()
  return new Set([...Object.keys(anew.before.changes), ...Object.keys(anew.left.changes), ...changedNow()])
}

/** What a record is without a change, given what it is with it. */
export function withoutIt({ anew, records }: MadeChange, key: string, now: Json | undefined): PutBack {
  const before = anew === undefined ? records.get(key)?.before : recordOf(anew.before, key)
  const left = anew === undefined ? records.get(key)?.left : recordOf(anew.left, key)
  return withoutChange(key, { before, left, now })
}

/** Whether a change has to do with a record. */
export function isAbout({ anew, records }: MadeChange, key: string): boolean {
  return anew !== undefined || records.has(key)
}
