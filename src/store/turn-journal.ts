import type { Logged } from './shared-store.ts'
import { Events, type EventHandler } from '../world/events.ts'
import type { Entry } from '../world/entry.ts'
import type { RepeatableCall } from '../world/call.ts'
import { asked, type Entries, type Note } from '../world/journal.ts'
import { fromLogText, type LoggedNote } from './log-text.ts'
import { Unloaded, unsupported, type LoadedState } from './turn.ts'

/** The journal of a shared world during one turn, and what the turn adds to it. */
export class TurnJournal implements Entries {
  readonly limit: number
  readonly #world: string
  readonly #loaded: LoadedState
  #told: LoggedNote[] = []
  #entry: Entry | undefined
  #isCleared = false

  constructor(world: string, limit: number, loaded: LoadedState) {
    this.#world = world
    this.limit = limit
    this.#loaded = loaded
  }

  get entry(): Entry | undefined {
    return this.#entry
  }

  /** What the turn has changed, in words. */
  get told(): readonly LoggedNote[] {
    return this.#told
  }

  get isCleared(): boolean {
    return this.#isCleared
  }

  get total(): number {
    return this.#isCleared ? 0 : this.#load('counts').total
  }

  get evicted(): number {
    return this.#isCleared ? 0 : this.total - this.#load('counts').kept
  }

  /** How many records of the world had to go to stay within the limit. */
  get lost(): number {
    return this.#load('counts').evicted
  }

  get size(): number {
    return this.#isCleared ? 0 : this.#load('counts').kept
  }

  /** Its bytes are the store's. */
  get bytes(): number {
    return 0
  }

  get notes(): readonly Note[] {
    const before = this.#isCleared ? [] : this.#logged().flatMap((logged) => this.#notesOf(logged))
    return [...before, ...this.#told.map((told) => ({ ...told, after: this.total }))]
  }

  note(at: number, what: string, about: string | undefined): void {
    this.#told.push({ at, what, about })
  }

  /** Of a turn all that is told is of one call. */
  get noted(): number {
    return 0
  }

  did(_since: number, call: RepeatableCall): void {
    // A snapshot that was restored is too much for a log that everybody reads.
    const short = call.restarts === true ? { ...call, body: {} } : call
    this.#told = this.#told.map((told, index) => asked(told, index, short))
  }

  drop(): never {
    return unsupported()
  }

  add(entry: Entry): void {
    this.#entry = entry
  }

  *entries(): Iterable<Entry> {
    if (this.#isCleared) return
    for (const logged of this.#load('requests')) {
      const { entry } = fromLogText(this.#world, logged)
      if (entry !== undefined) yield entry
    }
  }

  find(id: string): Entry | undefined {
    if (this.#isCleared) return undefined
    const logged = this.#load('requests').find(({ request }) => `r${request}` === id)
    return logged === undefined ? undefined : fromLogText(this.#world, logged).entry
  }

  clear(): () => void {
    this.#isCleared = true
    return unsupported
  }

  /** Changes, and requests before which something came to pass that was scheduled, in their order. */
  #logged(): Logged[] {
    const first = this.evicted
    const requests = this.#load('requests').map((logged, index) => ({ ...logged, after: first + index }))
    return [...this.#load('changes'), ...requests].toSorted((one, other) => one.commit - other.commit)
  }

  #notesOf(logged: Logged): Note[] {
    return fromLogText(this.#world, logged).notes.map((told) => ({ ...told, after: logged.after }))
  }

  #load<What extends 'counts' | 'requests' | 'changes'>(what: What): NonNullable<LoadedState[What]> {
    const loaded = this.#loaded[what]
    if (loaded === undefined) throw new Unloaded(what)
    return loaded
  }
}

/** Tells nobody while the turn lasts: those who listen are told by the store, once the commit is made. */
export class TurnEvents extends Events {
  readonly #follow: (listener: EventHandler) => () => void

  constructor(follow: (listener: EventHandler) => () => void) {
    super()
    this.#follow = follow
  }

  override emit(): void {}

  override listen(listener: EventHandler): () => void {
    return this.#follow(listener)
  }
}
