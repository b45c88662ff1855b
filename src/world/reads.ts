import type { Json } from '../core/json.ts'
import type { Records } from '../core/step.ts'
import type { Store } from './store.ts'

/** Full keys of records, and what they held. */
export interface Reads extends Iterable<readonly [key: string, record: Json | undefined]> {
  has(key: string): boolean
  get(key: string): Json | undefined
  keys(): Iterable<string>
}

interface Read {
  readonly key: string
  readonly record: Json | undefined
  readonly before: Read | undefined
}

/** What was read, each key once. A chain: the journal keeps one for every request, and it is a tenth of a map. */
class NotedReads implements Reads {
  #last: Read | undefined

  note(key: string, record: Json | undefined): void {
    if (!this.has(key)) this.#last = { key, record, before: this.#last }
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

  /** In the order in which they were read. */
  *[Symbol.iterator](): Iterator<readonly [string, Json | undefined]> {
    const all: Read[] = []
    for (let read = this.#last; read !== undefined; read = read.before) all.push(read)
    for (const { key, record } of all.toReversed()) yield [key, record]
  }

  #find(key: string): Read | undefined {
    let read = this.#last
    while (read !== undefined && read.key !== key) read = read.before
    return read
  }
}

/** The records of one API, noting what is read: for `why`, and for whoever has to commit only if it still holds. */
export class NotedRecords implements Records {
  readonly #store: Store
  readonly #prefix: string
  readonly #reads = new NotedReads()

  constructor(store: Store, prefix: string) {
    this.#store = store
    this.#prefix = prefix
  }

  get reads(): Reads {
    return this.#reads
  }

  get(key: string): Json | undefined {
    const full = this.#prefix + key
    const record = this.#store.get(full)
    this.#reads.note(full, record)
    return record
  }
}
