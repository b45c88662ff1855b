import { UnderstudyError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type { Change } from '../core/step.ts'
import type { Base } from '../world/base.ts'
import type { Loads, Write } from './shared-store.ts'
import { toKnownRecord, unwritten, type KnownRecord, type KnownRecords } from './known-records.ts'
import type { Changes } from '../world/changes.ts'
import { comesWithRequests, type Store } from '../world/store.ts'

/** Thrown by a turn that needs more than single records. Whoever plays the turn loads it and plays the turn again. */
export class Unloaded extends Error {
  readonly what: keyof Loads

  constructor(what: keyof Loads) {
    super(`The ${what} have to be loaded first.`)
    this.name = 'Unloaded'
    this.what = what
  }
}

/** For what only the world's own server could do. */
export function unsupported(): never {
  throw new UnderstudyError('ERR_NOT_SUPPORTED', 'This cannot be done to a world that several servers share.')
}

/** What a turn was given as a whole. */
export type LoadedState = Partial<Omit<Loads, 'records'>> & { records?: ReadonlyMap<string, KnownRecord> }

/** What was loaded, ready for turns. */
export function toLoadedState<What extends keyof Loads>(what: What, loaded: Loads[What]): LoadedState {
  if (what !== 'records') return { [what]: loaded }
  const records = [...(loaded as Loads['records'])]
  return { records: new Map(records.map(([key, held]) => [key, toKnownRecord(held)])) }
}

/** Where the scenario and the start of a world are written. */
export const stageKey = 'stage'
/** Its version is that of the world's latest change, whichever record that was. */
export const anyKey = '*'
/** Keys that begin so belong to the whole store, not to one world. */
export const storeWide = '~'

/**
 * The records of a shared world during one turn: what is known of them, under what the turn has changed. It notes the
 * versions it went by. Nothing leaves the turn unless its commit is made.
 */
export class TurnStore implements Store {
  readonly reads: Map<string, number> = new Map<string, number>()
  readonly #world: KnownRecords
  readonly #wide: KnownRecords
  readonly #loaded: LoadedState
  #base: Base | undefined
  #writes = new Map<string, Json | undefined>()
  readonly #wideWrites = new Map<string, Json | undefined>()
  #isWiped = false

  constructor(world: KnownRecords, wide: KnownRecords, loaded: LoadedState) {
    this.#world = world
    this.#wide = wide
    this.#loaded = loaded
  }

  /** Plays on a scenario's records. */
  begin(base: Base): void {
    this.#base = base
  }

  /** Whether all records went first. */
  get isWiped(): boolean {
    return this.#isWiped
  }

  /** Whether there is nothing to write. */
  get isUnchanged(): boolean {
    return !this.#isWiped && this.#writes.size === 0 && this.#wideWrites.size === 0
  }

  /** Takes back everything that was changed. */
  undo(): void {
    this.#writes.clear()
    this.#wideWrites.clear()
    this.#isWiped = false
  }

  get(key: string): Json | undefined {
    const writes = this.#writesOf(key)
    if (writes.has(key)) return writes.get(key)
    if (key.startsWith(storeWide)) return this.#read(key).value
    const known = this.#isWiped ? unwritten : this.#read(key)
    return known.version === 0 ? this.#base?.get(key) : known.value
  }

  put(key: string, value: Json | undefined): void {
    this.#writesOf(key).set(key, value)
  }

  commit(changes: readonly Change[], prefix: string): void {
    for (const { key, value } of changes) this.put(prefix + key, value)
  }

  *keys(prefix: string): Iterable<string> {
    const written = this.#written()
    for (const key of this.#base?.keys(prefix) ?? []) if (!this.#isDeleted(key)) yield key
    for (const key of written) {
      if (key.startsWith(prefix) && !this.#isSeeded(key) && this.get(key) !== undefined) yield key
    }
  }

  changes(): Changes {
    return Object.fromEntries([...this.#written()].map((key) => [key, this.get(key) ?? null]))
  }

  replace(base: Base, changes: Changes): void {
    this.#base = base
    this.#isWiped = true
    this.#writes = new Map(Object.entries(changes).map(([key, value]) => [key, value ?? undefined]))
  }

  get grown(): number {
    return [...this.#written()].filter((key) => key.includes(':') && !this.#isSeeded(key)).length
  }

  /** Its bytes are the store's. */
  get bytes(): number {
    return 0
  }

  watch(): never {
    return unsupported()
  }

  /** What there is to commit. */
  writes(): readonly Write[] {
    return [...this.values()].map(([key, value]): Write => {
      const text = value === undefined ? undefined : JSON.stringify(value)
      return { key, text, grown: comesWithRequests(key) && !this.#isSeeded(key) }
    })
  }

  /** The same as values. */
  values(): ReadonlyMap<string, Json | undefined> {
    return this.#wideWrites.size === 0 ? this.#writes : new Map([...this.#writes, ...this.#wideWrites])
  }

  #writesOf(key: string): Map<string, Json | undefined> {
    return key.startsWith(storeWide) ? this.#wideWrites : this.#writes
  }

  #read(key: string): KnownRecord {
    const { records } = this.#loaded
    if (records !== undefined && !key.startsWith(storeWide)) return this.#readLoaded(records, key)
    const known = (key.startsWith(storeWide) ? this.#wide : this.#world).get(key)
    this.reads.set(key, known.version)
    return known
  }

  /** One version stands for all records that were loaded at once. */
  #readLoaded(records: ReadonlyMap<string, KnownRecord>, key: string): KnownRecord {
    this.reads.set(anyKey, records.get(anyKey)?.version ?? 0)
    return records.get(key) ?? unwritten
  }

  /** Told without making the scenario's record. */
  #isDeleted(key: string): boolean {
    if (this.#writes.has(key)) return this.#writes.get(key) === undefined
    if (this.#isWiped) return false
    const known = this.#read(key)
    return known.version > 0 && known.value === undefined
  }

  #isSeeded(key: string): boolean {
    return this.#base?.get(key) !== undefined
  }

  /** Every key that was ever written, as people know it. */
  #written(): Set<string> {
    const keys = new Set<string>()
    if (!this.#isWiped) {
      const { records } = this.#loaded
      if (records === undefined) throw new Unloaded('records')
      this.#readLoaded(records, anyKey)
      for (const key of records.keys()) keys.add(key)
    }
    for (const key of this.#writes.keys()) keys.add(key)
    keys.delete(stageKey)
    keys.delete(anyKey)
    return keys
  }
}
