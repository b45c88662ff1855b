import type { Json } from '../core/json.ts'
import type { Change, Records } from '../core/step.ts'
import type { Base } from './base.ts'

/** The changes of a world since its start: a record, or null for one that was deleted. */
export type Changes = { readonly [key: string]: Json }

/** A world's records, wherever they are kept. */
export interface Store extends Records {
  put(key: string, value: Json | undefined): void
  commit(changes: readonly Change[], prefix: string): void
  /** Every key that starts so, the scenario's first. */
  keys(prefix: string): Iterable<string>
  changes(): Changes
  /** Starts over: from another base, or the same, with these changes already made. */
  replace(base: Base, changes: Changes): void
}

/**
 * A world's records in memory: what the scenario starts with, under what has changed since. Reads and commits are
 * synchronous, so a step that reads, decides and commits in one go cannot be interleaved with another.
 */
export class MemoryStore implements Store {
  #base: Base
  readonly #changed = new Map<string, Json | undefined>()

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
  }

  commit(changes: readonly Change[], prefix: string): void {
    for (const { key, value } of changes) this.#changed.set(prefix + key, value)
  }

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

  replace(base: Base, changes: Changes): void {
    this.#base = base
    this.#changed.clear()
    for (const [key, value] of Object.entries(changes)) this.#changed.set(key, value ?? undefined)
  }
}
