import { readJson, type Json } from '../core/json.ts'
import type { Held } from './shared-store.ts'

/** A record as this server last saw it. */
export interface KnownRecord {
  /** The commit that wrote it; 0 where nobody has. */
  readonly version: number
  /** Undefined where nobody has written it, or where it was deleted. */
  readonly value: Json | undefined
}

/** What is taken for granted of a record that was not met yet: that it is as the scenario makes it. */
export const unwritten: KnownRecord = { version: 0, value: undefined }

export function toKnownRecord({ version, text }: Held): KnownRecord {
  return { version, value: text === undefined ? undefined : readJson(text) }
}

/**
 * What a server remembers of the records of one world, up to a limit. It may be out of date: every commit tells which
 * versions it goes by, and what they have become where they no longer hold.
 */
export class KnownRecords {
  readonly #limit: number
  readonly #records = new Map<string, KnownRecord>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): KnownRecord {
    return this.#records.get(key) ?? unwritten
  }

  learn(key: string, known: KnownRecord): void {
    // What was learnt longest ago goes first; to ask for it again costs no more than one more round.
    this.#records.delete(key)
    if (known.version === 0) return
    this.#records.set(key, known)
    if (this.#records.size <= this.#limit) return
    const [oldest] = this.#records.keys()
    this.#records.delete(oldest as string)
  }

  forget(): void {
    this.#records.clear()
  }
}
