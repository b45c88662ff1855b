import { Events, type Listener, type WorldEvent } from './events.ts'
import type { Entries, Entry } from './journal.ts'
import { fromLogText, type Note } from './log-text.ts'
import { Unloaded, type Loaded } from './turn.ts'

/** The journal of a shared world during one turn, and what the turn adds to it. */
export class TurnJournal implements Entries {
  readonly limit: number
  readonly #world: string
  readonly #loaded: Loaded
  #entry: Entry | undefined
  #isCleared = false

  constructor(world: string, limit: number, loaded: Loaded) {
    this.#world = world
    this.limit = limit
    this.#loaded = loaded
  }

  get entry(): Entry | undefined {
    return this.#entry
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

  clear(): void {
    this.#isCleared = true
  }

  #load<What extends 'counts' | 'requests'>(what: What): NonNullable<Loaded[What]> {
    const loaded = this.#loaded[what]
    if (loaded === undefined) throw new Unloaded(what)
    return loaded
  }
}

/** Keeps what a turn tells until its commit is made, and lets those listen who stay beyond it. */
export class TurnEvents extends Events {
  readonly #follow: (listener: Listener) => () => void
  readonly #notes: Note[] = []

  constructor(follow: (listener: Listener) => () => void) {
    super()
    this.#follow = follow
  }

  get notes(): readonly Note[] {
    return this.#notes
  }

  override emit(event: WorldEvent): void {
    if (event.kind === 'change') this.#notes.push({ at: event.at, what: event.what })
  }

  override listen(listener: Listener): () => void {
    return this.#follow(listener)
  }
}
