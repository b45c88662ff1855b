import type { AnyApi } from '../core/api.ts'
import type { HttpRequest } from '../core/http.ts'
import { replayRandom, type Random } from '../core/random.ts'
import type { TracedExchange } from '../core/tracing.ts'
import { Needs } from '../core/step.ts'
import type { JsonObject } from '../core/json.ts'
import type { Lint } from '../core/lint.ts'
import type { Ask } from './answers.ts'
import { ApiHandle } from './api-handle.ts'
import type { WorldEvent } from './events.ts'
import { arrangeState, type AskedState } from './arrange.ts'
import { Linter, type LintTable } from './linter.ts'
import { exchangeOf } from './traced-exchange.ts'
import { play, type Answer } from './play.ts'
import { rebase, type RebaseReport } from './rebase.ts'
import type { Setup } from './setup.ts'
import { restoreSnapshot } from './restore-snapshot.ts'
import { checkSnapshot, takeSnapshot, type Snapshot } from './snapshot.ts'
import type { AnySettings } from './any-settings.ts'
import { apiUnknown } from './api-selection.ts'
import type { Stage } from './stage.ts'
import type { RequestFilter } from './request-filter.ts'
import type { ChangeView, ExchangeView, LintView, RequestView, WhyView } from './views.ts'
import { viewRequest } from './views.ts'
import { WorldBeside } from './world-beside.ts'
import { WorldClock } from './world-clock.ts'
import { WorldFaults } from './world-faults.ts'
import { loadOf, type WorldLoad } from './world-load.ts'
import { WorldJournal } from './world-journal.ts'
import { WorldRecords } from './world-records.ts'
import { WorldStory } from './world-story.ts'
import type { WorldTurn } from './world-turn.ts'
import { WorldSchedule } from './world-schedule.ts'
import { WorldUndo } from './world-undo.ts'
import type { Playable } from './world-source.ts'
import type { Worlds } from './worlds.ts'

/** One isolated copy of a scenario: its users, sessions, counts, clock, settings, faults and journal. */
export class World<On extends string = string, State extends string = string> implements Playable {
  readonly name: string
  /** All worlds of the same scenario, this one among them. */
  readonly worlds: Worlds
  readonly clock: WorldClock
  readonly faults: WorldFaults<On>
  readonly records: WorldRecords
  readonly beside: WorldBeside
  readonly story: WorldStory
  readonly undo: WorldUndo
  readonly schedule: WorldSchedule
  readonly #stage: Stage
  readonly #journal: WorldJournal
  #handles: ReadonlyMap<string, ApiHandle> | undefined
  #turn: WorldTurn | undefined

  constructor(stage: Stage, worlds: Worlds) {
    this.name = stage.name
    this.worlds = worlds
    this.clock = new WorldClock(stage)
    this.faults = new WorldFaults(stage)
    this.records = new WorldRecords(stage)
    this.beside = new WorldBeside(stage)
    this.story = new WorldStory(stage)
    this.undo = new WorldUndo(stage, worlds)
    this.schedule = new WorldSchedule(stage)
    this.#stage = stage
    this.#journal = new WorldJournal(stage)
  }

  /** The scenario this world plays. */
  get scenario(): Setup {
    return this.#stage.setup
  }

  /** When it was started, in milliseconds of the server's clock: the scenario's relative times count from there. */
  get startedAt(): number {
    return this.#stage.startedAt
  }

  /** The APIs that play. */
  get apis(): readonly ApiHandle[] {
    return this.#stage.playing.map(({ id }) => this.api(id))
  }

  /** What these APIs are made of. */
  get playing(): readonly AnyApi[] {
    return this.#stage.playing
  }

  /** One API that plays, by its id. Throws ERR_API_UNKNOWN, naming the nearest. */
  api(id: string): ApiHandle {
    this.#handles ??= new Map(this.#stage.apis.map((api) => [api.id, new ApiHandle(this.#stage, api)]))
    const handle = this.#handles.get(id)
    const { playing } = this.scenario
    if (handle !== undefined && playing.includes(id)) return handle
    throw apiUnknown(id, playing, handle?.title)
  }

  /** Loads what making up the scenario's people takes, so that everything after it is synchronous. */
  async ready(): Promise<void> {
    await this.#stage.ready()
  }

  /** Plays a request. Answers at once, unless the step needs a library that is not loaded yet. */
  play(request: HttpRequest): Answer | Promise<Answer> {
    const turn = this.#turn
    if (turn !== undefined) return this.#playUntil((attempt) => turn(() => play(this.#stage, request, ...attempt)))
    const whole = (ask?: Ask, random?: Random): Answer | Promise<Answer> =>
      this.#stage.whole(() => play(this.#stage, request, ask, random))
    try {
      if (!this.#stage.isBusy) return whole()
    } catch (error) {
      if (!(error instanceof Needs)) throw error
    }
    return this.#playUntil((attempt) => whole(...attempt))
  }

  /** From now on each request waits for its turn: for whoever keeps copies of this world in step. */
  takeTurns(turn: WorldTurn): void {
    this.#turn = turn
  }

  /** For its worlds, when they drop it: what is still under way in it is kept nowhere. */
  leave(): void {
    this.#stage.leave()
  }

  #playUntil(attempt: (given: readonly [Ask, Random]) => Answer | Promise<Answer>): Promise<Answer> {
    // Each attempt draws the same values, or a question that depends on them would never be the one that was answered.
    const random = replayRandom(this.#stage.random)
    return this.#stage.answers.until((ask) => attempt([ask, random()]))
  }

  /** The latest requests, oldest first, secrets masked. */
  get requests(): RequestView[] {
    return this.#journal.requests()
  }

  /** The latest changes from outside, oldest first, each with the number of requests before it. */
  get changes(): ChangeView[] {
    return this.#journal.changes()
  }

  /**
   * The requests for an operation (`secure-login.auth`, `secure-login.*`, `*`) that fit, oldest first, the latest of them
   * with a limit: `world.asked('secure-login.auth', { outcome: 'refused' })`. Throws ERR_FILTER_INVALID for a word that
   * means none, naming the nearest.
   */
  asked(operation: On, filter?: RequestFilter<State>, limit?: number): RequestView[] {
    return this.#journal.asked(operation, filter, limit)
  }

  /** The same with headers and bodies. */
  exchanges(operation: On, filter?: RequestFilter<State>, limit?: number): ExchangeView[] {
    return this.#journal.exchanges(operation, filter, limit)
  }

  /**
   * The next request that fits, after the last that `next` told of, whether it has come or is yet to come:
   * `await world.next('secure-login.auth', { timeout: '2s' })`. Rejects with ERR_NOT_ASKED, and what was asked instead, when
   * the time is over (5s), by the machine's clock and not the world's.
   */
  next(
    operation: On,
    options: RequestFilter<State> & { readonly timeout?: string | number } = {},
  ): Promise<ExchangeView> {
    return this.#journal.next(operation, options)
  }

  /** What clients did against the rules of the APIs: each with the request, the clause it follows from, and what to mend. */
  lints(): Promise<LintView[]> {
    return this.#journal.lints()
  }

  /** How many requests this world saw, and how many the journal had to drop. */
  get journal(): { readonly total: number; readonly evicted: number; readonly limit: number } {
    const { total, evicted, limit } = this.#stage.journal
    return { total, evicted, limit }
  }

  /** How many sessions an API may have here, and how many had to go. */
  get sessionCap(): { readonly evicted: number; readonly limit: number } {
    return { evicted: this.#stage.evicted, limit: this.#stage.sessionLimit }
  }

  /** How much it holds beside the scenario of all: requests in its journal, records that came with requests, bytes. */
  get load(): WorldLoad {
    return loadOf(this.#stage, this.worlds.scenario)
  }

  /** Forgets its requests and what can be taken back, to make room for other worlds; that requests were there is still told. */
  dropJournal(): void {
    this.#stage.journal.drop()
    this.#stage.past?.drop()
  }

  /** One request and its answer in full, secrets masked. Throws ERR_REQUEST_UNKNOWN. */
  request(id: string): ExchangeView {
    return this.#journal.request(id)
  }

  /** Why a request was answered as it was. Throws ERR_REQUEST_UNKNOWN. */
  why(id: string): WhyView {
    return this.#journal.why(id)
  }

  /** The whole world as JSON. */
  snapshot(): Snapshot {
    this.schedule.catchUp()
    return takeSnapshot(this.#stage)
  }

  /** Becomes the world of a snapshot. Throws ERR_SNAPSHOT_INVALID for what is none, and stays what it was. */
  restore(snapshot: unknown): void {
    restoreSnapshot(this.#stage, snapshot, this.worlds.readScenario)
    this.#stage.tell('a snapshot was restored')
  }

  /** Throws ERR_SNAPSHOT_INVALID for what could not be restored. */
  checkSnapshot(snapshot: unknown): void {
    checkSnapshot(this.#stage.apis, snapshot, this.worlds.readScenario)
  }

  /** Puts the world into a provider state of the pacts; gives back the values that requests need. */
  arrange(state: string, params?: unknown): JsonObject {
    return this.arrangeAll([{ name: state, params }], 'here')
  }

  /**
   * Puts the world into several provider states, in their order, or, where one cannot be arranged, into none; as it is, or
   * after starting the scenario again. Gives back the values of all.
   */
  arrangeAll(states: readonly AskedState[], from: 'here' | 'start'): JsonObject {
    const values = arrangeState(this.#stage, states, from === 'start')
    if (from === 'start') this.note(`the scenario ${this.#stage.setup.name} was started again`)
    for (const { name } of states) this.#stage.tell(`provider state "${name}"`)
    return values
  }

  /** Forgets its requests and what was told of changes, and nothing else; how many requests there were. */
  clearRequests(): number {
    const { total } = this.#stage.journal
    this.#stage.clearJournal()
    this.note('the requests were cleared')
    return total
  }

  /** Starts the scenario again: records, clock, faults and journal. */
  reset(): void {
    this.#stage.startOver()
    this.#stage.clearJournal()
    this.note(`the scenario ${this.#stage.setup.name} was started again`)
  }

  /** Plays another scenario from its start. */
  async startScenario(setup: Setup): Promise<void> {
    this.#stage.use(setup)
    this.reset()
    await this.ready()
  }

  /** Takes over an edited scenario and keeps the running state where the edit does not touch it. */
  async rebase(setup: Setup): Promise<RebaseReport> {
    const report = await this.#stage.answers.until(() => rebase(this.#stage, setup))
    this.#stage.tell(`the scenario ${setup.name} was read again`)
    return report
  }

  /** Tells listeners something in words. */
  note(what: string): void {
    this.#stage.tell(what)
  }

  /** Calls back for every request and every change from outside; the result stops it. */
  listen(listener: (event: WorldEvent) => void): () => void {
    return this.#stage.listen(listener)
  }

  /** Tells of each request that {@link listen} delivers, in their order, which rules of the APIs it breaks. */
  lintBy(table: LintTable): (event: Extract<WorldEvent, { kind: 'request' }>) => readonly Lint[] {
    const linter = new Linter(this.#stage, table)
    return ({ entry }) => linter.heed(entry)
  }

  /** The line for a journal entry that {@link listen} delivered. */
  describe(event: Extract<WorldEvent, { kind: 'request' }>): RequestView {
    return viewRequest(event.entry, this.#stage.apis)
  }

  /**
   * The exchange that {@link listen} delivered, for traces: unmasked, never to be shown as it is. Only while the
   * listener runs, as the records go on; undefined for a request that was nobody's.
   */
  exchange(event: Extract<WorldEvent, { kind: 'request' }>): TracedExchange<AnySettings> | undefined {
    return exchangeOf(this.#stage, event.entry)
  }
}
