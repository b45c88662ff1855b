import type { Json } from './json.ts'
import type { Change, Records } from './step.ts'

/** Changes that are not made yet: records are read as if they were, and they are made in one go, or never. */
export class Draft implements Records {
  readonly #records: Records
  readonly #written = new Map<string, Json | undefined>()

  constructor(records: Records) {
    this.#records = records
  }

  get(key: string): Json | undefined {
    return this.#written.has(key) ? this.#written.get(key) : this.#records.get(key)
  }

  put(key: string, value: Json | undefined): void {
    this.#written.set(key, value)
  }

  commit(changes: readonly Change[], prefix = ''): void {
    for (const { key, value } of changes) this.put(prefix + key, value)
  }

  /** What is to be made of it. */
  get changes(): readonly Change[] {
    return Array.from(this.#written, ([key, value]) => ({ key, value }))
  }
}
