import type { AnyApi } from '../core/api.ts'
import { sameJson } from '../core/json.ts'
import type { Random } from '../core/random.ts'
import type { Answers } from '../world/answers.ts'
import type { Commit } from './shared-store.ts'
import type { EventHandler } from '../world/events.ts'
import type { KnownRecords } from './known-records.ts'
import { toLogText } from './log-text.ts'
import type { Setup } from '../world/setup.ts'
import type { SharedPlace } from './shared-place.ts'
import { fromNamed, scenarioKey, toNamed, type NamedScenario, type StageRecord } from './shared-scenario.ts'
import { Stage } from '../world/stage.ts'
import { stageKey, storeWide, TurnStore, type LoadedState } from './turn.ts'
import { TurnEvents, TurnJournal } from './turn-journal.ts'
import { TurnWorlds, type TurnWorldsOptions } from './turn-worlds.ts'
import { World } from '../world/world.ts'
import type { Worlds } from '../world/worlds.ts'

/** Has somebody listen from the commit of a turn on; the result stops it. */
export type Follow = (listener: EventHandler) => () => void

/** What turns are played with. */
export interface TurnOptions extends Omit<TurnWorldsOptions, 'own'> {
  readonly apis: readonly AnyApi[]
  readonly answers: Answers
  readonly time: () => number
  readonly journalLimit: number
  readonly sessionLimit: number
  readonly follow: Follow
}

const nothing: ReadonlyMap<string, number> = new Map<string, number>()

/** One attempt at a turn: a stage whose records are those of a shared world, and what becomes of them. */
export class SharedTurn {
  readonly stage: Stage
  readonly worlds: TurnWorlds
  readonly journal: TurnJournal
  readonly store: TurnStore
  readonly #place: SharedPlace
  readonly #random: Random
  readonly #hasAll: boolean

  constructor(place: SharedPlace, wide: KnownRecords, loaded: LoadedState, random: Random, options: TurnOptions) {
    const { apis, answers, time, readScenario } = options
    this.#place = place
    this.#random = random
    this.#hasAll = loaded.records !== undefined
    this.store = new TurnStore(place.known, wide, loaded)
    this.journal = new TurnJournal(place.name, options.journalLimit, loaded)
    this.worlds = new TurnWorlds({ ...options, own: () => this.world }, this.store, loaded)
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
      sessionLimit: options.sessionLimit,
      nextId: () => '',
      turn: {
        store: this.store,
        journal: this.journal,
        events: new TurnEvents(options.follow),
        routes: place.routes,
        random,
        startedAt: record?.startedAt,
        evicted: () => this.journal.lost,
      },
    })
  }

  /** The world, for as long as the turn takes. */
  get world(): World {
    return new World(this.stage, this.worlds as unknown as Worlds)
  }

  /** Whether nothing happened: somebody looked. */
  get isLook(): boolean {
    const { entry, isCleared, told } = this.journal
    const { saved, dropped } = this.worlds
    if (entry !== undefined || isCleared || told.length > 0) return false
    return saved.size === 0 && dropped.length === 0 && this.store.isUnchanged
  }

  /** What there is to commit, for the store that is known by an epoch. */
  commit(epoch: string): Commit {
    const { store, stage, journal } = this
    if (store.isWiped) {
      store.put(stageKey, { ...toNamed(stage.setup), startedAt: stage.startedAt } satisfies StageRecord)
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
      drops: this.worlds.dropped,
    }
  }

  /** Remembers what was committed. */
  made(commit: number, wide: KnownRecords): void {
    const { known } = this.#place
    if (this.store.isWiped) known.forget()
    for (const { key, text, grown } of this.store.writes()) {
      const version = text === undefined && grown ? 0 : commit
      const records = key.startsWith(storeWide) ? wide : known
      records.learn(key, { version, value: this.store.get(key) })
    }
    if (this.stage.random !== this.#random) this.#place.random = this.stage.random
  }

  /** The scenario of a world that is to begin; the first one is every other's as well. */
  #toBegin({ setup, readScenario }: TurnOptions): Setup {
    const shared = this.store.get(scenarioKey) as NamedScenario | undefined
    if (shared === undefined) this.worlds.startWith(setup)
    else if (!sameJson(shared, toNamed(setup))) return fromNamed(shared, readScenario)
    return setup
  }

  #logText(): string {
    const values = [...this.store.values()].map(([key, value]) => [key, value ?? null] as const)
    return toLogText({
      writes: Object.fromEntries(values),
      wiped: this.store.isWiped,
      notes: this.journal.told,
      entry: this.journal.entry,
    })
  }
}
