import type { AnyApi } from '../core/api.ts'
import { sameJson } from '../core/json.ts'
import type { Random } from '../core/random.ts'
import type { Answers } from './answers.ts'
import type { Commit } from './engine.ts'
import type { Listener } from './events.ts'
import type { KnownRecords } from './known-records.ts'
import { toLogText } from './log-text.ts'
import type { Setup } from './setup.ts'
import type { SharedPlace } from './shared-place.ts'
import { scenarioKey, type NamedScenario, type StageRecord } from './shared-scenario.ts'
import { Stage } from './stage.ts'
import { stageKey, TurnStore, type Loaded } from './turn.ts'
import { TurnEvents, TurnJournal } from './turn-journal.ts'
import { TurnWorlds } from './turn-worlds.ts'
import { World } from './world.ts'
import type { WorldSource } from './world-source.ts'
import type { Worlds } from './worlds.ts'

/** What turns are played with. */
export interface TurnOptions {
  readonly worlds: WorldSource
  readonly readScenario: Worlds['readScenario']
  readonly apis: readonly AnyApi[]
  readonly answers: Answers
  readonly time: () => number
  readonly journalLimit: number
  /** What worlds start from, where the store does not say. */
  readonly setup: Setup
}

const nothing: ReadonlyMap<string, number> = new Map<string, number>()

/** One attempt at a turn: a stage whose records are those of a shared world, and what becomes of them. */
export class SharedTurn {
  readonly stage: Stage
  readonly worlds: TurnWorlds
  readonly journal: TurnJournal
  readonly store: TurnStore
  readonly #place: SharedPlace
  readonly #events: TurnEvents
  readonly #random: Random
  readonly #hasAll: boolean

  constructor(
    place: SharedPlace,
    wide: KnownRecords,
    loaded: Loaded,
    random: Random,
    follow: (listener: Listener) => () => void,
    options: TurnOptions,
  ) {
    const { apis, answers, time, worlds, readScenario } = options
    this.#place = place
    this.#random = random
    this.#hasAll = loaded.records !== undefined
    this.store = new TurnStore(place.known, wide, loaded)
    this.journal = new TurnJournal(place.name, options.journalLimit, loaded)
    this.#events = new TurnEvents(follow)
    this.worlds = new TurnWorlds(place.name, worlds, readScenario, this.store, loaded)
    const record = this.store.get(stageKey) as StageRecord | undefined
    const setup = record === undefined ? this.#toBegin(options) : place.playing(record, readScenario, answers)
    if ('base' in setup) this.store.begin(setup.base)
    this.stage = new Stage({
      name: place.name,
      apis,
      setup: 'base' in setup ? setup.setup : setup,
      answers,
      time,
      salt: '',
      journalLimit: options.journalLimit,
      nextId: () => '',
      turn: {
        store: this.store,
        journal: this.journal,
        events: this.#events,
        routes: place.routes,
        random,
        startedAt: record?.startedAt,
      },
    })
  }

  /** The world, for as long as the turn takes. */
  get world(): World {
    return new World(this.stage, this.worlds as unknown as Worlds)
  }

  /** Whether nothing happened: somebody looked. */
  get isLook(): boolean {
    const { entry, isCleared } = this.journal
    const saved = this.worlds.saved.size > 0
    return entry === undefined && !isCleared && !saved && this.store.isUnchanged && this.#events.notes.length === 0
  }

  /** What there is to commit, for the store that is known by an epoch. */
  commit(epoch: string): Commit {
    const { store, stage, journal } = this
    if (store.isWiped) {
      const { name, source } = stage.setup
      store.put(stageKey, { name, source, startedAt: stage.startedAt } satisfies StageRecord)
    }
    return {
      epoch,
      world: this.#place.name,
      // What was loaded as a whole was so at one moment, which is enough for who writes no record.
      reads: store.isUnchanged && this.#hasAll ? nothing : store.reads,
      writes: store.writes(),
      wipes: store.isWiped,
      clears: journal.isCleared,
      log: this.isLook
        ? undefined
        : { of: journal.entry === undefined ? 'changes' : 'requests', text: this.#logText() },
      snapshots: this.worlds.saved,
    }
  }

  /** Remembers what was committed. */
  made(commit: number, wide: KnownRecords): void {
    const { known } = this.#place
    if (this.store.isWiped) known.forget()
    for (const { key, text, grown } of this.store.writes()) {
      const version = text === undefined && grown ? 0 : commit
      const records = key.startsWith('~') ? wide : known
      records.learn(key, { version, value: this.store.get(key) })
    }
    if (this.stage.random !== this.#random) this.#place.random = this.stage.random
  }

  /** The scenario of a world that is to begin; the first one is every other's as well. */
  #toBegin({ setup, readScenario }: TurnOptions): Setup {
    const shared = this.store.get(scenarioKey) as NamedScenario | undefined
    if (shared === undefined) this.worlds.useScenario(setup)
    else if (!sameJson(shared.source, setup.source)) return readScenario(shared.source, shared.name)
    return setup
  }

  #logText(): string {
    const values = [...this.store.values()].map(([key, value]) => [key, value ?? null] as const)
    return toLogText({
      writes: Object.fromEntries(values),
      wiped: this.store.isWiped,
      notes: this.#events.notes,
      entry: this.journal.entry,
    })
  }
}
