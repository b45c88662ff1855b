import type { RepeatableCall } from './call.ts'
import type { Entry } from './entry.ts'
import { KeptEntries } from './kept-entries.ts'
import { room } from './room.ts'

/** Something that was changed from outside, in words. */
export interface Note {
  /** How many requests there had been before. */
  readonly after: number
  /** The mocked server's time. */
  readonly at: number
  readonly what: string
  /** The full key of the one record it is about, if it is about one. */
  readonly about: string | undefined
  /** How it was asked for, where that is known; null where it is a part of what was noted before it. */
  readonly call?: RepeatableCall | null
}

/** The latest entries of a world, wherever they are kept. */
export interface Entries {
  readonly limit: number
  /** How many entries were dropped to stay within the limit. */
  readonly evicted: number
  readonly total: number
  /** How many entries there are. */
  readonly size: number
  /** How many bytes they take, roughly. */
  readonly bytes: number
  /** The latest changes from outside, oldest first. */
  readonly notes: readonly Note[]
  /** How many changes were noted since the start, those that are forgotten among them. */
  readonly noted: number
  add(entry: Entry): void
  /** Notes down a change from outside; as many are kept as entries. */
  note(at: number, what: string, about: string | undefined): void
  /** What was noted since so many notes was asked for by one call. */
  did(since: number, call: RepeatableCall): void
  /** Oldest first. */
  entries(): Iterable<Entry>
  find(id: string): Entry | undefined
  /** Makes room for the journals of other worlds. */
  drop(): void
  /** Forgets everything; the result brings it back, before what has come since. */
  clear(): () => void
}

/** The latest entries of a world, up to a number and to {@link room}; how many had to go is told. */
export class Journal implements Entries {
  readonly limit: number
  readonly #world: string
  /** Made with the first entry: many worlds are never asked. */
  #kept: KeptEntries | undefined
  #total = 0
  #bytes = 0
  /** Of what was forgotten to make room, and may still be held. */
  #forgottenBytes = 0
  #notes: Note[] = []
  #noted = 0
  #evicted = 0

  constructor(world: string, limit: number) {
    this.limit = limit
    this.#world = world
  }

  add(entry: Entry): void {
    const kept = (this.#kept ??= new KeptEntries(this.limit))
    if (this.size === this.limit) this.#bytes -= kept.weight(this.#evicted++)
    this.#bytes += kept.put(this.#total++, entry, this.#evicted)
    if (this.#bytes > room.journal) this.#makeRoom(kept)
  }

  #makeRoom(kept: KeptEntries): void {
    while (this.#bytes > room.journal && this.size > 1) {
      const weight = kept.weight(this.#evicted++)
      this.#bytes -= weight
      this.#forgottenBytes += weight
    }
    // Now and then, as it means looking at all that is kept.
    if (this.#forgottenBytes < room.journal / 8) return
    this.#forgottenBytes = 0
    kept.forget(this.#evicted)
  }

  /** Notes down a change from outside; as many are kept as entries. */
  note(at: number, what: string, about: string | undefined): void {
    if (this.#notes.length >= this.limit) this.#notes = this.#notes.slice(-Math.floor(this.limit / 2))
    this.#notes.push({ after: this.#total, at, what, about })
    this.#noted++
  }

  did(since: number, call: RepeatableCall): void {
    const first = Math.max(0, this.#notes.length - (this.#noted - since))
    this.#notes = this.#notes.map((note, index) => {
      if (index >= first) return asked(note, index - first, call)
      // It may hold a whole world, which nobody asks for again.
      return call.restarts === true && note.call?.restarts ? { ...note, call: { ...note.call, body: {} } } : note
    })
  }

  get noted(): number {
    return this.#noted
  }

  /** The latest changes from outside, oldest first. */
  get notes(): readonly Note[] {
    return this.#notes
  }

  /** How many entries were dropped to stay within the limits. */
  get evicted(): number {
    return this.#evicted
  }

  get total(): number {
    return this.#total
  }

  /** How many entries there are. */
  get size(): number {
    return this.#total - this.#evicted
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Oldest first. */
  *entries(): Iterable<Entry> {
    const kept = this.#kept
    if (kept === undefined) return
    for (let number = this.#evicted; number < this.#total; number++) yield kept.entry(number, this.#world)
  }

  find(id: string): Entry | undefined {
    const kept = this.#kept
    if (kept === undefined) return undefined
    for (let number = this.#evicted; number < this.#total; number++) {
      if (kept.id(number) === id) return kept.entry(number, this.#world)
    }
    return undefined
  }

  /** Makes room for the journals of other worlds. */
  drop(): void {
    this.#kept = undefined
    this.#evicted = this.#total
    this.#bytes = 0
  }

  clear(): () => void {
    const before = [this.#kept, this.#bytes, this.#total, this.#evicted, this.#notes] as const
    this.drop()
    this.#total = 0
    this.#evicted = 0
    this.#notes = []
    return () => this.#bringBack(before)
  }

  #bringBack(before: readonly [KeptEntries | undefined, number, number, number, Note[]]): void {
    const [since, notes, missing] = [[...this.entries()], this.#notes, this.#evicted]
    ;[this.#kept, this.#bytes, this.#total, this.#evicted, this.#notes] = before
    for (const note of notes) this.#notes.push({ ...note, after: note.after + this.#total })
    if (missing > 0) {
      // What had no room among later ones has none now.
      this.#total += missing
      this.drop()
    }
    for (const entry of since) this.add(entry)
  }
}

/** A note by where it stands among those of a call. */
export function asked<Told extends Pick<Note, 'call'>>(note: Told, index: number, call: RepeatableCall): Told {
  return { ...note, call: index === 0 ? call : null }
}
