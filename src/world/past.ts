import type { Json } from '../core/json.ts'
import type { Base } from './base.ts'
import type { AllRecords, ClearedJournal, MadeChange, SharedByWorlds } from './made-change.ts'
import { room, weigh, weighScenario } from './room.ts'
import type { Setup } from './setup.ts'
import type { MemoryStore } from './store.ts'

/** What is changed: a stage, as far as it matters here. */
interface Changed {
  readonly setup: Setup
  readonly startedAt: number
  readonly journal: { readonly total: number }
  now(): number
  base(setup: Setup): Base
  afterwards(action: () => void): void
}

/** How many changes can be taken back. */
export const pastLimit = 50

/** What is noted while something is changed. */
interface Draft {
  /** What was played before. */
  readonly setup: Setup
  readonly told: string[]
  before: AllRecords | undefined
  cleared: ClearedJournal | undefined
  isLeftOut: boolean
}

/** The latest changes of a world from outside, each with what it takes to take it back. Kept in memory only. */
export class Past {
  readonly #stage: Changed
  readonly #store: MemoryStore
  #changes: MadeChange[] = []
  #draft: Draft | undefined
  #lastId = 0

  constructor(stage: Changed, store: MemoryStore) {
    this.#stage = stage
    this.#store = store
  }

  /** Oldest first. */
  get changes(): readonly MadeChange[] {
    return this.#changes
  }

  /** The number of the latest change. */
  get lastId(): number {
    return this.#lastId
  }

  /** How many requests it keeps, and how many bytes. */
  get load(): { readonly requests: number; readonly bytes: number } {
    const requests = this.#changes.reduce((sum, { cleared }) => sum + (cleared?.requests ?? 0), 0)
    return { requests, bytes: this.#changes.reduce((sum, { weight }) => sum + weight, 0) }
  }

  /**
   * Does something, and notes what it changed before it waits for anything: requests that come in between are none of it.
   * What is done within it is part of it.
   */
  record<Result>(shared: () => SharedByWorlds, work: () => Result): Result {
    if (this.#draft !== undefined) return work()
    const draft: Draft = { setup: this.#stage.setup, told: [], before: undefined, cleared: undefined, isLeftOut: false }
    const before = shared()
    this.#draft = draft
    const noted = this.#store.noteBefore()
    try {
      const result = work()
      this.#close(draft, noted, sharedChange(before, shared()))
      return result
    } finally {
      this.#draft = undefined
      this.#store.noteNoMore()
    }
  }

  #close(draft: Draft, noted: ReadonlyMap<string, Json | undefined>, shared: MadeChange['shared']): void {
    const { told, before } = draft
    if (draft.isLeftOut) return
    const written = before === undefined ? [...noted] : []
    if (before === undefined && written.length === 0 && isNothing(shared)) return
    const records = new Map(written.map(([key, was]) => [key, { before: was, left: this.#store.get(key) }]))
    const anew = before === undefined ? undefined : { before, left: this.#all(this.#stage.setup) }
    const id = `c${++this.#lastId}`
    const what = [...told, ...snapshotWords(shared)].join('; ') || 'records were changed'
    this.#stage.afterwards(() => {
      const [at, requests] = [this.#stage.now(), this.#stage.journal.total]
      const change = { id, at, what, requests, records, anew, shared, cleared: draft.cleared }
      this.#changes.push({ ...change, weight: weightOf(change) })
      while (this.#changes.length > pastLimit || (this.load.bytes > room.past && this.#changes.length > 1))
        this.#changes.shift()
    })
  }

  /** What is being changed is none that can be taken back. */
  leaveOut(): void {
    if (this.#draft !== undefined) this.#draft.isLeftOut = true
  }

  /** Something was told of what is changed. */
  tell(what: string): void {
    this.#draft?.told.push(what)
  }

  /** All records are about to be replaced. */
  beginAnew(): void {
    if (this.#draft !== undefined) this.#draft.before ??= this.#all(this.#draft.setup)
  }

  /** What is to be told once the journal was cleared. */
  clearing(): (cleared: ClearedJournal) => void {
    const draft = this.#draft
    return (cleared) => {
      if (draft !== undefined) draft.cleared ??= cleared
    }
  }

  /** A change was taken back. */
  forget(id: string): void {
    this.#changes = this.#changes.filter((each) => each.id !== id)
  }

  /** Makes room. */
  drop(): void {
    this.#changes = []
  }

  #all(setup: Setup): AllRecords {
    return { setup, startedAt: this.#stage.startedAt, base: this.#stage.base(setup), changes: this.#store.changes() }
  }
}

/** What is other than before, and no more, so that nothing else is held on to. */
function sharedChange(before: SharedByWorlds, left: SharedByWorlds): MadeChange['shared'] {
  const names = [...new Set([...before.snapshots.keys(), ...left.snapshots.keys()])].filter(
    (name) => before.snapshots.get(name) !== left.snapshots.get(name),
  )
  const isOther = before.scenario !== left.scenario
  return {
    scenario: isOther ? { before: before.scenario, left: left.scenario } : undefined,
    snapshots: new Map(
      names.map((name) => [name, { before: before.snapshots.get(name), left: left.snapshots.get(name) }]),
    ),
  }
}

function isNothing({ scenario, snapshots }: MadeChange['shared']): boolean {
  return scenario === undefined && snapshots.size === 0
}

function snapshotWords({ snapshots }: MadeChange['shared']): string[] {
  return [...snapshots].map(([name, { left }]) => `snapshot ${name} was ${left === undefined ? 'forgotten' : 'saved'}`)
}

/** What is still a record of the world as well counts twice: it may be gone from there at any time. */
function weightOf({ records, anew, shared, cleared }: Omit<MadeChange, 'weight'>): number {
  const kept = [
    [...records.values()].map(({ before }) => before),
    anew?.before.changes,
    [...shared.snapshots.values()].map(({ before }) => before),
  ]
  const played = [anew?.before.setup, shared.scenario?.before].map((setup) =>
    setup === undefined ? 0 : weighScenario(setup),
  )
  return [cleared?.bytes ?? 0, ...kept.map(weigh), ...played].reduce((sum, bytes) => sum + bytes)
}
