import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { integer, object, text } from '../core/field.ts'
import type { InferField } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import type { Json } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { isAbout, keysOf, withoutIt, type AllRecords, type MadeChange, type SharedByWorlds } from './made-change.ts'
import { maskKey } from './mask.ts'
import type { Past } from './past.ts'
import type { Setup } from './setup.ts'
import type { Snapshot } from './snapshot.ts'
import type { Stage } from './stage.ts'

/** A change that can be taken back, as people see it. */
export const undoableField = object(
  {
    id: text({ about: 'its id, such as c3' }),
    at: text({ about: "when, by the mocked server's clock" }),
    what: text({ about: 'what was changed, in words' }),
    requests: integer({ about: 'how many requests were forgotten with it, which would come back' }),
  },
  { about: 'a change that can be taken back', named: 'Undoable' },
)

export type UndoableView = InferField<typeof undoableField>

/** All worlds, as far as a change of one can change them. */
interface Fellows extends SharedByWorlds {
  useScenario(setup: Setup): void
  saveSnapshot(name: string, snapshot: Snapshot): void
  dropSnapshot(name: string): boolean
}

/** Takes back what was changed from outside. */
export class WorldUndo {
  readonly #stage: Stage
  readonly #worlds: Fellows

  constructor(stage: Stage, worlds: Fellows) {
    this.#stage = stage
    this.#worlds = worlds
  }

  /** Does something, and notes what it changes, until it first waits, as one change that can be taken back. */
  record<Result>(work: () => Result): Result {
    const { past } = this.#stage
    if (past === undefined) return work()
    return past.record(() => ({ scenario: this.#worlds.scenario, snapshots: new Map(this.#worlds.snapshots) }), work)
  }

  /** The id of the latest change that was noted, were it taken back since or not. */
  get latest(): string | undefined {
    const id = this.#stage.past?.lastId ?? 0
    return id === 0 ? undefined : `c${id}`
  }

  /** The changes that can be taken back, oldest first. Throws ERR_NOT_SUPPORTED for a world that several servers share. */
  list(): UndoableView[] {
    return this.#past.changes.map(view)
  }

  /**
   * Takes back the latest change, or the one of that id; whatever else was changed stays. Throws ERR_CHANGE_UNKNOWN where
   * there is none, and ERR_UNDO_REFUSED where something that it changed was changed again since; nothing happens then.
   */
  takeBack(id?: string): UndoableView {
    const change = this.#find(id)
    this.#checkShared(change)
    const records = this.#recordsWithout(change)
    const { anew, shared, cleared } = change
    this.#past.leaveOut()
    if (anew === undefined) for (const [key, record] of records) this.#stage.store.put(key, record)
    else this.#startAgain(anew.before, records)
    if (shared.scenario !== undefined) this.#worlds.useScenario(shared.scenario.before)
    for (const [name, { before }] of shared.snapshots)
      if (before === undefined) this.#worlds.dropSnapshot(name)
      else this.#worlds.saveSnapshot(name, before)
    this.#stage.afterwards(() => {
      this.#past.forget(change.id)
      cleared?.bringBack()
    })
    this.#stage.tell(`taken back: ${change.what}`)
    return view(change)
  }

  get #past(): Past {
    const { past } = this.#stage
    if (past !== undefined) return past
    const message =
      'Servers share this world by a store, where nothing is kept of what was before a change; save a snapshot before, and restore it.'
    throw new UnderstudyError('ERR_NOT_SUPPORTED', message)
  }

  #find(id: string | undefined): MadeChange {
    const { changes } = this.#past
    const found = id === undefined ? changes.at(-1) : changes.find((change) => change.id === id)
    if (found !== undefined) return found
    const ids = changes.map((change) => change.id)
    const there = ids.length === 0 ? 'there is none' : `there are ${ids.join(', ')}`
    const message =
      id === undefined
        ? `World ${this.#stage.name} has no change that can be taken back.`
        : `There is no change "${id}" that can be taken back; ${there}.${didYouMean(nearestWord(id, ids))}`
    throw new UnderstudyError('ERR_CHANGE_UNKNOWN', message)
  }

  /** What records are to be without a change, of those that it made otherwise. */
  #recordsWithout(change: MadeChange): Map<string, Json | undefined> {
    const { store, setup, startedAt } = this.#stage
    const { anew } = change
    if (anew !== undefined && (setup !== anew.left.setup || startedAt !== anew.left.startedAt))
      throw this.#refused(
        change,
        'the world',
        this.#later(change, ({ anew: again }) => again !== undefined),
      )
    const records = new Map<string, Json | undefined>()
    for (const key of keysOf(change, () => Object.keys(store.changes()))) {
      const put = withoutIt(change, key, store.get(key))
      if (put.kind === 'moved') throw this.#refused(change, maskKey(key), this.#whoChanged(change, key))
      records.set(key, put.record)
    }
    return records
  }

  #startAgain({ setup, startedAt, base, changes }: AllRecords, records: ReadonlyMap<string, Json | undefined>): void {
    const changed = [...records].filter(([key, record]) => Object.hasOwn(changes, key) || record !== base.get(key))
    this.#stage.use(setup)
    this.#stage.start(Object.fromEntries(changed.map(([key, record]) => [key, record ?? null])), startedAt)
  }

  #checkShared(change: MadeChange): void {
    const { scenario, snapshots } = change.shared
    if (scenario !== undefined && scenario.left !== this.#worlds.scenario)
      throw this.#refused(change, 'the scenario of later worlds', undefined)
    for (const [name, { left }] of snapshots)
      if (this.#worlds.snapshots.get(name) !== left)
        throw this.#refused(
          change,
          `snapshot ${name}`,
          this.#later(change, ({ shared }) => shared.snapshots.has(name)),
        )
  }

  /** The latest of those who changed a record since: another change, or a request. */
  #whoChanged(change: MadeChange, key: string): string | undefined {
    const later = this.#later(change, (each) => isAbout(each, key))
    if (later !== undefined) return later
    if (key === 'schedule') return 'its time'
    const { journal } = this.#stage
    let place = journal.evicted
    let found: string | undefined
    for (const { id, request, reply, api, changes } of journal.entries()) {
      if (place++ < change.requests || !changes.some((each) => `${api}/${each.key}` === key)) continue
      found = `request ${id} (${request.method} ${request.path}, ${reply.status})`
    }
    return found ?? this.#told(change, key)
  }

  /** What was told of a record since, by whoever is none of those who can be taken back. */
  #told(change: MadeChange, key: string): string | undefined {
    const after = this.#stage.journal.notes.findLast(({ about, at }) => about === key && at >= change.at)
    return after === undefined || after.what === change.what ? undefined : `"${after.what}"`
  }

  #later(change: MadeChange, isMeant: (each: MadeChange) => boolean): string | undefined {
    const { changes } = this.#past
    const later = changes.slice(changes.indexOf(change) + 1).findLast(isMeant)
    return later && `${later.id} (${later.what})`
  }

  #refused({ id, what }: MadeChange, touched: string, by: string | undefined): UnderstudyError {
    const since = `${by ?? 'something else'} has changed ${touched} since`
    return new UnderstudyError(
      'ERR_UNDO_REFUSED',
      `${id} (${what}) cannot be taken back: ${since}. Nothing was changed.`,
    )
  }
}

function view({ id, at, what, cleared }: MadeChange): UndoableView {
  return { id, at: toIso(at), what, requests: cleared?.requests ?? 0 }
}
