import { clockRecord } from './own-records.ts'
import type { RepeatableCall } from './call.ts'
import type { Entry } from './entry.ts'
import type { Note } from './journal.ts'
import { takeSnapshot, type ReadScenario, type Snapshot } from './snapshot.ts'
import { requireEntry } from './world-journal.ts'
import type { Stage } from './stage.ts'
import { differencesIn, type WorldChange } from './world-difference.ts'
import { totpCounter } from '../core/second-factor.ts'

/** What happened in a world, in order: a request, or a change from outside. */
export type Chapter =
  | { readonly kind: 'asked'; readonly entry: Entry }
  | { readonly kind: 'changed'; readonly note: Note }

/** What happened in a world, for whoever writes it down to be done again: unmasked, never to be shown as it is. */
export class WorldStory {
  readonly #stage: Stage
  #cleared: Snapshot | undefined

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** How many changes were noted so far. */
  get noted(): number {
    return this.#stage.journal.noted
  }

  /** What was noted since was one call, which can be made again. */
  did(since: number, call: RepeatableCall): void {
    const { journal } = this.#stage
    if (call.restarts === true) this.#cleared = undefined
    this.#stage.afterwards(() => journal.did(since, call))
  }

  /** The world as it was when its requests were forgotten, which is where what is told of it begins. */
  get cleared(): Snapshot | undefined {
    return this.#cleared
  }

  /** The requests were forgotten, or came back. */
  clear(isForgotten: boolean): void {
    this.#cleared = isForgotten ? takeSnapshot(this.#stage) : undefined
  }

  /** How many requests are not told any more. */
  get forgotten(): number {
    return this.#stage.journal.evicted
  }

  /** One request. Throws ERR_REQUEST_UNKNOWN. */
  entry(id: string): Entry {
    return requireEntry(this.#stage, id)
  }

  /** Requests and changes in their order, oldest first. */
  *chapters(): Iterable<Chapter> {
    const { journal } = this.#stage
    const notes = journal.notes.values()
    let note = notes.next()
    let count = journal.evicted
    for (const entry of journal.entries()) {
      for (; note.done !== true && note.value.after <= count; note = notes.next())
        yield { kind: 'changed', note: note.value }
      yield { kind: 'asked', entry }
      count++
    }
    for (; note.done !== true; note = notes.next()) yield { kind: 'changed', note: note.value }
  }

  /** What differs from one snapshot to another; the scenario's start and now are what is left out. */
  differences(from: Snapshot | undefined, to: Snapshot | undefined, read: ReadScenario): Promise<WorldChange[]> {
    return differencesIn(this.#stage, from, to, read)
  }

  /** The codes that an app with this secret showed about an instant of the server's. */
  async codesAt(secret: string, at: number): Promise<readonly string[]> {
    const counter = totpCounter(at - clockRecord.get(this.#stage.store).skewMs)
    return Promise.all(
      [counter - 1, counter, counter + 1].map(async (each) =>
        String(await this.#stage.answers.until((ask) => ask({ kind: 'totp', secret, counter: each }))),
      ),
    )
  }
}
