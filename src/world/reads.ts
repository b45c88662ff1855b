import type { Json } from '../core/json.ts'
import type { Records } from '../core/step.ts'
import type { Store } from './store.ts'

/** A record that was read, and the one that was read after it. */
export interface ReadRecord {
  readonly key: string
  readonly record: Json | undefined
  readonly next: ReadRecord | undefined
}

/** Full keys of records, and what they held; each key once, in the order in which they were read. */
export class Reads implements Iterable<readonly [key: string, record: Json | undefined]> {
  // A chain: one is made for every request, and it is a tenth of a map.
  #first: Link | undefined
  #last: Link | undefined

  static of(pairs: Iterable<readonly [key: string, record: Json | undefined]>): Reads {
    const reads = new Reads()
    for (const [key, record] of pairs) reads.note(key, record)
    return reads
  }

  get first(): ReadRecord | undefined {
    return this.#first
  }

  note(key: string, record: Json | undefined): void {
    if (this.has(key)) return
    const link: Link = { key, record, next: undefined }
    if (this.#last === undefined) this.#first = link
    else this.#last.next = link
    this.#last = link
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined
  }

  get(key: string): Json | undefined {
    return this.#find(key)?.record
  }

  *keys(): Iterable<string> {
    for (const [key] of this) yield key
  }

  *[Symbol.iterator](): Iterator<readonly [string, Json | undefined]> {
    for (let read = this.first; read !== undefined; read = read.next) yield [read.key, read.record]
  }

  #find(key: string): ReadRecord | undefined {
    let read = this.first
    while (read !== undefined && read.key !== key) read = read.next
    return read
  }
}

interface Link extends ReadRecord {
  next: Link | undefined
}

/** The records of one API, noting what is read: for `why`, and for whoever has to commit only if it still holds. */
export class NotedRecords implements Records {
  readonly #store: Store
  readonly #keyOf: (key: string) => string
  readonly reads: Reads = new Reads()

  constructor(store: Store, keyOf: (key: string) => string) {
    this.#store = store
    this.#keyOf = keyOf
  }

  get(key: string): Json | undefined {
    const full = this.#keyOf(key)
    const record = this.#store.get(full)
    this.reads.note(full, record)
    return record
  }
}
