import type { Json } from '../core/json.ts'
import type { Change, Records } from '../core/step.ts'

/** The records as one request finds and changes them: what it has put, it finds. */
export class StepRecords implements Records {
  readonly #before: Records
  readonly #changes = new Map<string, Json | undefined>()

  constructor(before: Records) {
    this.#before = before
  }

  get(key: string): Json | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#before.get(key)
  }

  put({ key, value }: Change): void {
    this.#changes.set(key, value)
  }

  get changes(): readonly Change[] {
    return Array.from(this.#changes, ([key, value]) => ({ key, value }))
  }
}
