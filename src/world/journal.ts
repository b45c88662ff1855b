import type { Fault } from '../core/fault.ts'
import type { HttpRequest } from '../core/http.ts'
import type { Json } from '../core/json.ts'
import type { Change, Reply } from '../core/step.ts'
import type { Ask } from './answers.ts'

/** One request and its answer as they were: unmasked, never to be shown as they are. */
export interface Entry {
  /** Unique over all worlds of a server, such as `r17`. */
  readonly id: string
  readonly world: string
  /** The mocked server's time. */
  readonly at: number
  readonly request: HttpRequest
  /** What was sent, faults included. */
  readonly reply: Reply
  readonly address: string
  readonly api: string | undefined
  readonly operation: string | undefined
  readonly user: string | undefined
  /** Full keys of the records that were read, and what they held. */
  readonly reads: ReadonlyMap<string, Json | undefined>
  /** What was committed, by keys of the API. */
  readonly changes: readonly Change[]
  readonly fault: Fault | undefined
  /** Answers again what the step asked. */
  readonly ask: Ask
}

/** The latest entries of a world, up to a limit; how many had to go is told. */
export class Journal {
  readonly limit: number
  readonly #ring: Entry[] = []
  #total = 0

  constructor(limit: number) {
    this.limit = limit
  }

  add(entry: Entry): void {
    this.#ring[this.#total % this.limit] = entry
    this.#total++
  }

  /** How many entries were dropped to stay within the limit. */
  get evicted(): number {
    return Math.max(0, this.#total - this.limit)
  }

  get total(): number {
    return this.#total
  }

  /** Oldest first. */
  *entries(): Iterable<Entry> {
    for (let index = this.evicted; index < this.#total; index++) yield this.#ring[index % this.limit] as Entry
  }

  find(id: string): Entry | undefined {
    return this.#ring.find((entry) => entry.id === id)
  }

  clear(): void {
    this.#ring.length = 0
    this.#total = 0
  }
}
