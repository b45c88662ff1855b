import { settingsKey } from './settings-key.ts'
import type { AnyApi } from '../core/api.ts'
import { serverTime, startClock, worldTime } from '../core/clock.ts'
import { nearestInstant, toHttpDate } from '../core/instant.ts'
import { repeated } from '../core/remembered.ts'
import { alphabets, createRandom, type Random } from '../core/random.ts'
import type { Operation, Router } from '../core/route.ts'
import type { Records } from '../core/step.ts'
import { waitForever, type Wait } from '../core/wait.ts'
import type { Answers } from './answers.ts'
import { Base } from './base.ts'
import { Events, type WorldEvent } from './events.ts'
import type { Entry } from './entry.ts'
import { Journal, type Entries } from './journal.ts'
import { maskKey } from './mask.ts'
import { ApiSelection } from './api-selection.ts'
import { Routes } from './routes.ts'
import type { Setup } from './setup.ts'
import { takeSnapshot } from './snapshot.ts'
import { beganNow, changedBefore } from './start.ts'
import type { Changes } from './changes.ts'
import { MemoryStore, type Store, type StoreOptions } from './store.ts'
import type { Transactions } from './transactions.ts'
import { clockRecord } from './own-records.ts'
import { Past } from './past.ts'
import type { StageOptions, StageTurn } from './stage-options.ts'
import type { AnySettings } from './any-settings.ts'

/** Letters of a note: a setting can be as long as a body. */
const longestNote = 2000

/** One world's insides: records, clock, journal and routes. What users see of it is `World`. */
export class Stage {
  readonly name: string
  readonly apis: readonly AnyApi[]
  readonly answers: Answers
  readonly time: () => number
  readonly wait: Wait
  #random: Random | undefined
  readonly #salt: string
  readonly journal: Entries
  readonly nextId: () => string
  readonly store: Store
  /** What can be taken back; not kept of a world that several servers share. */
  readonly past: Past | undefined
  readonly sessionLimit: number
  #transactions: Transactions | undefined
  readonly #turn: StageTurn | undefined
  #evicted = 0
  #pretended: number | undefined
  #setup: Setup
  readonly #playing: ApiSelection
  /** When the scenario was started, by the server's clock: its relative times count from there. */
  startedAt: number
  readonly #events: Events
  readonly #routes: Routes
  readonly #settingsOf = (api: AnyApi): AnySettings => this.settings(api)
  readonly #dateOf = repeated((second) => toHttpDate(second * 1000))

  constructor(options: StageOptions) {
    this.name = options.name
    this.apis = options.apis
    this.#playing = new ApiSelection(options.apis)
    this.#setup = options.setup
    this.answers = options.answers
    this.time = options.time
    this.wait = options.wait ?? waitForever
    const { turn } = options
    this.#random = turn?.random
    this.#salt = options.salt
    this.journal = turn?.journal ?? new Journal(options.name, options.journalLimit)
    this.#events = turn?.events ?? new Events()
    this.#routes = turn?.routes ?? new Routes()
    this.nextId = options.nextId
    this.#turn = turn
    this.startedAt = turn?.startedAt ?? this.#startOfClock()
    this.sessionLimit = options.sessionLimit
    this.#transactions = options.transactions
    const store = turn?.store ?? this.#ownStore()
    this.store = store
    this.past = store instanceof MemoryStore ? new Past(this, store) : undefined
    if (turn?.startedAt === undefined) this.startOver()
  }

  get setup(): Setup {
    return this.#setup
  }

  /** The APIs that answer: those that the scenario chooses. */
  get playing(): readonly AnyApi[] {
    return this.#playing.in(this.#setup)
  }

  get random(): Random {
    return (this.#random ??= createRandom(this.#salt))
  }

  /**
   * Goes on with other random values. Records that came from a world with the same salt hold identifiers that this one
   * would draw again.
   */
  forkRandom(by: string): void {
    this.#random = createRandom(`${this.random.text(32, alphabets.upperHex)}:${by}`)
  }

  /** Plays another scenario from the next start on. */
  use(setup: Setup): void {
    const before = this.#setup
    this.#transactions?.note(() => {
      this.#setup = before
    })
    this.#setup = setup
  }

  /** Whether a request has to wait for a change that is under way. */
  get isBusy(): boolean {
    return this.#transactions?.isBusy === true
  }

  /** Does something as a whole: where the world is kept, what it changes is kept before anybody hears of it, or undone. */
  whole<Result>(work: () => Result): Result | Promise<Result> {
    return this.#transactions === undefined ? work() : this.#transactions.run(work)
  }

  /** The world was dropped: what requests under way still change in it is not what its name stands for. */
  leave(): void {
    const before = this.#transactions
    this.#transactions = undefined
    before?.note(() => {
      this.#transactions = before
    })
  }

  /** The mocked server's time. */
  now(): number {
    const clock = clockRecord.get(this.store)
    return this.#pretended === undefined
      ? serverTime(clock, this.time())
      : nearestInstant(this.#pretended + clock.skewMs)
  }

  /** The time of everybody else. */
  worldNow(): number {
    return this.#pretended ?? worldTime(clockRecord.get(this.store), this.time())
  }

  /** Does something as if it were another time, by the world's clock. */
  at(time: number, work: () => void): void {
    this.#pretended = time
    try {
      work()
    } finally {
      this.#pretended = undefined
    }
  }

  /** The `Date` header for an instant: the mocked server tells one time everywhere. Remembered, as it changes once a second. */
  dateAt(instant: number): string {
    return this.#dateOf(Math.floor(instant / 1000))
  }

  settings(api: AnyApi): AnySettings {
    return this.store.get(settingsKey(api)) as AnySettings
  }

  /** The routes for the settings as they are: an API moves when its context path does. */
  router(): Router<AnyApi, Operation<AnySettings>> {
    return this.#routes.under(this.playing, this.#settingsOf)
  }

  /** The API that a path is of, or looks meant for. */
  claimant(path: string): AnyApi | undefined {
    return this.playing.find(({ claims }) => claims.test(path))
  }

  record(entry: Entry): void {
    if (this.#transactions === undefined) this.#keep(entry)
    else this.#transactions.afterwards(() => this.#keep(entry))
  }

  #keep(entry: Entry): void {
    this.journal.add(entry)
    this.#events.emit({ kind: 'request', entry })
  }

  /** Forgets the requests, and what was told. */
  clearJournal(): void {
    const cleared = this.past?.clearing()
    this.afterwards(() => {
      if (cleared === undefined) this.journal.clear()
      else cleared({ requests: this.journal.size, bytes: this.journal.bytes, bringBack: this.journal.clear() })
    })
  }

  /** Notes what somebody changed, in words, and tells listeners; `about` is the key of a record that it is only about. */
  tell(said: string, about?: string): void {
    const at = this.now()
    const what = said.length > longestNote ? `${said.slice(0, longestNote - 1)}…` : said
    this.past?.tell(what)
    this.afterwards(() => {
      this.journal.note(at, what, about)
      this.#events.emit({ kind: 'change', world: this.name, at, what })
    })
  }

  listen(listener: (event: WorldEvent) => void): () => void {
    return this.#events.listen(listener)
  }

  /** The records a scenario starts with: this one, if no other is given. */
  base(setup: Setup = this.#setup): Base {
    return new Base(this.apis, setup, this.startedAt, this.answers)
  }

  /** Starts the scenario, with these changes already made; as of now unless it was started before. */
  start(changes: Changes, startedAt: number = this.#startOfClock()): void {
    this.past?.beginAnew()
    const before = this.startedAt
    this.#transactions?.note(
      () => {
        this.startedAt = before
      },
      (keeper) => keeper.began(this.name, () => takeSnapshot(this)),
    )
    this.startedAt = startedAt
    this.store.replace(this.base(), { ...beganNow(this.setup, this.time()), ...changes })
  }

  /** Sessions, and what belongs to them, that had to go to stay within the limit. */
  get evicted(): number {
    return this.#turn?.evicted() ?? this.#evicted
  }

  /** The first is told, and then every thousandth: whoever makes that many is a load test. */
  #tellEvicted(key: string): void {
    this.afterwards(() => {
      if (this.#evicted++ % 1000 !== 0) return
      this.tell(`${maskKey(key)} was dropped: there may be ${this.sessionLimit} of a kind; ${this.#evicted} had to go`)
    })
  }

  /** For what nobody may hear of before it is kept: at once, where nothing has to be. */
  afterwards(action: () => void): void {
    if (this.#transactions === undefined) action()
    else this.#transactions.afterwards(action)
  }

  /** Starts what is played from its beginning, as of now. */
  startOver(): void {
    const { start } = this.setup
    this.start(changedBefore(this.setup, this.time()), start?.startedAt)
    if (start !== undefined) this.forkRandom(Object.keys(start.records).join())
  }

  /** The records as they would be if what is played were started over now. */
  beginning(): Records {
    const startedAt = this.setup.start?.startedAt ?? this.#startOfClock()
    const base = new Base(this.apis, this.setup, startedAt, this.answers)
    const store = new MemoryStore(base, { limit: this.sessionLimit, onEvict: () => undefined })
    store.replace(base, { ...beganNow(this.setup, this.time()), ...changedBefore(this.setup, this.time()) })
    return store
  }

  /** Loads what seeding needs, by making the scenario's people up once. A crowd needs no more than its first. */
  async ready(): Promise<void> {
    await this.answers.until(() => {
      // Not the store's records: a user who has changed since hides one who has to be made up.
      const base = this.base()
      for (const key of base.keys()) {
        if (this.answers.canAnswer('person')) return
        base.get(key)
      }
    })
  }

  #ownStore(): MemoryStore {
    return new MemoryStore(this.base(), {
      limit: this.sessionLimit,
      onEvict: (key) => this.#tellEvicted(key),
      ...(this.#transactions === undefined ? {} : this.#noting()),
    })
  }

  #noting(): Pick<StoreOptions, 'onWrite' | 'onReplace'> {
    return {
      onWrite: (key, value, undo) =>
        this.#transactions?.note(undo, (keeper) => keeper.changed(this.name, { [key]: value ?? null })),
      onReplace: (undo) => this.#transactions?.note(undo),
    }
  }

  #startOfClock(): number {
    const now = this.time()
    return serverTime(startClock(this.setup.clock, now), now)
  }
}
