import type { Json } from '../core/json.ts'
import type { Change, Records } from '../core/step.ts'
import type { Base } from './base.ts'
import { noRoom, room, weighRecord } from './room.ts'
import type { Changes } from './changes.ts'

/** Told the keys of records that changed; nothing where all may have. */
export type Watcher = (keys?: readonly string[]) => void

/** What a store tells, and when it has enough. */
export interface StoreOptions {
  /** Records of one kind that may come into being beside the scenario's: sessions, in the first place. */
  readonly limit: number
  /** Told of a record that had to go to stay within the limit. */
  readonly onEvict: (key: string) => void
  /** Told of each record before it is written, and how to take that back. */
  readonly onWrite?: ((key: string, value: Json | undefined, undo: () => void) => void) | undefined
  /** Told before it starts over, and how to take that back. */
  readonly onReplace?: ((undo: () => void) => void) | undefined
}

/** A world's records, wherever they are kept. */
export interface Store extends Records {
  /** Both throw ERR_NO_ROOM, and change nothing, where the world would become larger than it may be. */
  put(key: string, value: Json | undefined): void
  commit(changes: readonly Change[], prefix: string): void
  /** Every key that starts so, the scenario's first. */
  keys(prefix: string): Iterable<string>
  changes(): Changes
  /** Starts over: from another base, or the same, with these changes already made. */
  replace(base: Base, changes: Changes): void
  /** How many records there are that the scenario does not have. */
  readonly grown: number
  /** How many bytes the large ones among the changed records take, roughly. */
  readonly bytes: number
  /** Calls back after every change; the result stops it. */
  watch(watcher: Watcher): () => void
}

/**
 * A world's records in memory: what the scenario starts with, under what has changed since. Reads and commits are
 * synchronous, so a step that reads, decides and commits in one go cannot be interleaved with another.
 */
export class MemoryStore implements Store {
  #base: Base
  /** What records held before they were first written, while somebody notes it. */
  #noted: Map<string, Json | undefined> | undefined
  readonly #options: StoreOptions
  #changed = new Map<string, Json | undefined>()
  readonly #watchers = new Set<Watcher>()
  /** What records count with, by key; of those that count. */
  #large = new Map<string, number>()
  #bytes = 0
  /** Keys of records that the scenario does not have, oldest first, by the part of the key before the colon. */
  #grown = new Map<string, Set<string>>()

  constructor(base: Base, options: StoreOptions) {
    this.#base = base
    this.#options = options
  }

  get(key: string): Json | undefined {
    const changed = this.#changed.get(key)
    if (changed !== undefined) return changed
    return this.#changed.has(key) ? undefined : this.#base.get(key)
  }

  put(key: string, value: Json | undefined): void {
    const [weight] = this.#weigh([{ key, value }], '')
    this.#write(key, value, weight)
    this.#tell([key])
  }

  commit(changes: readonly Change[], prefix: string): void {
    if (changes.length === 0) return
    const weights = this.#weigh(changes, prefix)
    for (const [index, { key, value }] of changes.entries()) this.#write(prefix + key, value, weights[index])
    if (this.#watchers.size > 0) this.#tell(changes.map(({ key }) => prefix + key))
  }

  /** Notes what records hold before they are written, until {@link noteNoMore}; not where all are replaced. */
  noteBefore(): ReadonlyMap<string, Json | undefined> {
    this.#noted = new Map()
    return this.#noted
  }

  noteNoMore(): void {
    this.#noted = undefined
  }

  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  *keys(prefix: string): Iterable<string> {
    for (const key of this.#base.keys(prefix)) if (!this.#isDeleted(key)) yield key
    if (prefix.endsWith(':') && !prefix.endsWith('/user:')) {
      yield* this.#grown.get(prefix.slice(0, -1)) ?? []
      return
    }
    for (const [key, value] of this.#changed) {
      if (key.startsWith(prefix) && value !== undefined && this.#base.get(key) === undefined) yield key
    }
  }

  #isDeleted(key: string): boolean {
    return this.#changed.get(key) === undefined && this.#changed.has(key)
  }

  get bytes(): number {
    return this.#bytes
  }

  /** What each will count with; throws before anything is written. */
  #weigh(changes: readonly Change[], prefix: string): readonly number[] {
    const weights = changes.map(({ value }) => weighRecord(value))
    let more = 0
    for (const [index, { key }] of changes.entries())
      more += (weights[index] as number) - (this.#large.get(prefix + key) ?? 0)
    if (more > 0 && this.#bytes + more > room.world)
      throw noRoom('The large records of a world', room.world, 'reset it, or use another world')
    return weights
  }

  get grown(): number {
    let count = 0
    for (const keys of this.#grown.values()) count += keys.size
    return count
  }

  changes(): Changes {
    return Object.fromEntries([...this.#changed].map(([key, value]) => [key, value ?? null]))
  }

  replace(base: Base, changes: Changes): void {
    const [oldBase, oldChanged, oldGrown] = [this.#base, this.#changed, this.#grown]
    const [oldLarge, oldBytes] = [this.#large, this.#bytes]
    this.#options.onReplace?.(() => {
      this.#base = oldBase
      this.#changed = oldChanged
      this.#grown = oldGrown
      this.#large = oldLarge
      this.#bytes = oldBytes
      this.#tell()
    })
    this.#base = base
    this.#changed = new Map()
    this.#grown = new Map()
    this.#large = new Map()
    this.#bytes = 0
    for (const [key, value] of Object.entries(changes)) this.#apply(key, value ?? undefined)
    this.#tell()
  }

  #tell(keys?: readonly string[]): void {
    for (const watcher of this.#watchers) watcher(keys)
  }

  #write(key: string, value: Json | undefined, weight?: number): void {
    if (this.#noted?.has(key) === false) this.#noted.set(key, this.get(key))
    this.#options.onWrite?.(key, value, this.#undoOf(key, value))
    this.#apply(key, value, weight)
  }

  #apply(key: string, value: Json | undefined, weight: number = weighRecord(value)): void {
    this.#setWeight(key, weight)
    if (!this.#canGrow(key)) this.#changed.set(key, value)
    else if (value === undefined) this.#forget(key)
    else this.#grow(key, value)
  }

  #setWeight(key: string, weight: number): void {
    this.#bytes += weight - (this.#large.get(key) ?? 0)
    if (weight === 0) this.#large.delete(key)
    else this.#large.set(key, weight)
  }

  #canGrow(key: string): boolean {
    return comesWithRequests(key) && this.#base.get(key) === undefined
  }

  #grow(key: string, value: Json): void {
    const isThere = this.#changed.has(key)
    this.#changed.set(key, value)
    if (isThere) return
    const kind = kindOf(key)
    const keys = this.#grown.get(kind) ?? new Set<string>()
    this.#grown.set(kind, keys.add(key))
    if (keys.size <= this.#options.limit) return
    const [oldest = key] = keys
    this.#write(oldest, undefined)
    this.#options.onEvict(oldest)
    this.#tell([oldest])
  }

  /** Leaves nothing behind: whoever logs in and out for days must not fill the memory. */
  #forget(key: string): void {
    this.#setWeight(key, 0)
    this.#changed.delete(key)
    this.#grown.get(kindOf(key))?.delete(key)
  }

  /** How to take back what is about to be written, so that nothing tells that it ever was, the order included. */
  #undoOf(key: string, value: Json | undefined): () => void {
    const before = this.#changed.get(key)
    const back = (restore: () => void) => (): void => {
      restore()
      this.#setWeight(key, weighRecord(before))
      this.#tell([key])
    }
    if (!this.#changed.has(key)) return back(() => this.#forget(key))
    if (value !== undefined || !this.#canGrow(key)) return back(() => this.#changed.set(key, before))
    const follower = nextOf(this.#changed.keys(), key)
    return back(() => this.#putBack(key, before, follower))
  }

  /** Which session goes first depends on its place, so a record that was deleted comes back to where it was. */
  #putBack(key: string, value: Json | undefined, follower: string | undefined): void {
    const entries = [...this.#changed]
    const at = follower === undefined ? entries.length : entries.findIndex(([each]) => each === follower)
    this.#changed = new Map([...entries.slice(0, at), [key, value], ...entries.slice(at)])
    const kind = kindOf(key)
    const there = new Set(this.#grown.get(kind)).add(key)
    this.#grown.set(kind, new Set([...this.#changed.keys()].filter((each) => there.has(each))))
  }
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'))
}

function nextOf(keys: Iterable<string>, key: string): string | undefined {
  let isNext = false
  for (const each of keys) {
    if (isNext) return each
    isNext = each === key
  }
  return undefined
}

/** Users are as many as the scenario has, and what has no colon is one of its kind; the rest comes with requests. */
export function comesWithRequests(key: string): boolean {
  return key.includes(':') && !key.includes('/user:')
}
