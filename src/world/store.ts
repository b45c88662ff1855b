import type { Json } from '../core/json.ts'
import type { Change, Records } from '../core/step.ts'
import type { Base } from './base.ts'

/** The changes of a world since its start: a record, or null for one that was deleted. */
export type Changes = { readonly [key: string]: Json }

/** Told the keys of records that changed; nothing where all may have. */
export type Watcher = (keys?: readonly string[]) => void

/**
 * A world's records in memory: what the scenario starts with, under what has changed since. Reads and commits are
 * synchronous, so a step that reads, decides and commits in one go cannot be interleaved with another.
 */
export class MemoryStore implements Records {
  #base: Base
  readonly #changed = new Map<string, Json | undefined>()
  readonly #watchers = new Set<Watcher>()

  constructor(base: Base) {
    this.#base = base
  }

  get(key: string): Json | undefined {
    const changed = this.#changed.get(key)
    if (changed !== undefined) return changed
    return this.#changed.has(key) ? undefined : this.#base.get(key)
  }

  put(key: string, value: Json | undefined): void {
    this.#changed.set(key, value)
    for (const watcher of this.#watchers) watcher([key])
  }

  commit(changes: readonly Change[], prefix: string): void {
    for (const { key, value } of changes) this.#changed.set(prefix + key, value)
    if (this.#watchers.size === 0 || changes.length === 0) return
    const keys = changes.map(({ key }) => prefix + key)
    for (const watcher of this.#watchers) watcher(keys)
  }

  /** Calls back after every change; the result stops it. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Every key that starts so, the scenario's first. */
  *keys(prefix: string): Iterable<string> {
    for (const key of this.#base.keys()) {
      if (key.startsWith(prefix) && !this.#isDeleted(key)) yield key
    }
    for (const [key, value] of this.#changed) {
      if (key.startsWith(prefix) && value !== undefined && this.#base.get(key) === undefined) yield key
    }
  }

  #isDeleted(key: string): boolean {
    return this.#changed.get(key) === undefined && this.#changed.has(key)
  }

  changes(): Changes {
    return Object.fromEntries([...this.#changed].map(([key, value]) => [key, value ?? null]))
  }

  /** Starts over: from another base, or the same, with these changes already made. */
  replace(base: Base, changes: Changes): void {
    this.#base = base
    this.#changed.clear()
    for (const [key, value] of Object.entries(changes)) this.#changed.set(key, value ?? undefined)
    for (const watcher of this.#watchers) watcher()
  }
}
