import type { AnyApi } from '../core/api.ts'
import type { HeaderList, HttpRequest } from '../core/http.ts'
import type { Wait } from '../core/wait.ts'
import type { Answers } from './answers.ts'
import type { Keeper } from './keeper.ts'
import { digitsOf } from '../core/digits.ts'
import { NamedSnapshots } from './named-snapshots.ts'
import type { Answer } from './play.ts'
import { room } from './room.ts'
import { refusalOf } from './refusal.ts'
import type { Setup } from './setup.ts'
import type { Snapshot } from './snapshot.ts'
import { Stage } from './stage.ts'
import { refill, Transactions } from './transactions.ts'
import { World } from './world.ts'
import { checkName, mainName, nameOfWorld } from './world-name.ts'
import type { Acted, Playable, WorldSource } from './world-source.ts'

/** What all worlds of a server share. */
export interface WorldsOptions {
  readonly setup: Setup
  /** The APIs, by the name their handles have on a world. */
  readonly apis: { readonly [name: string]: AnyApi }
  readonly answers: Answers
  /** The host's clock, in milliseconds. */
  readonly time: () => number
  readonly wait?: Wait | undefined
  /** Makes identifiers of one world differ from those of every other. */
  readonly salt: (world: string) => string
  /** Reads a scenario object; throws where it is invalid. */
  readonly readScenario: (source: unknown, name: string) => Setup
  /** Requests each journal keeps. */
  readonly journalLimit: number
  /** Worlds kept beside main; the one unused for longest goes first. */
  readonly worldLimit: number
  /** Sessions each world keeps of an API; the oldest goes first. */
  readonly sessionLimit: number
  readonly keeper?: Keeper | undefined
}

/** All worlds together may hold as much as so many full ones: journals, and sessions with what belongs to them. */
const [fullJournals, fullWorlds] = [20, 4]

/** Isolated copies of one scenario, each made when it is first asked for. */
export class Worlds implements WorldSource {
  readonly readScenario: WorldsOptions['readScenario']
  readonly #snapshots: NamedSnapshots
  readonly #options: WorldsOptions
  readonly #worlds = new Map<string, World>()
  readonly #World: typeof World
  readonly #watchers = new Set<(world: World) => void>()
  readonly #transactions: Transactions | undefined
  #setup: Setup
  #started: Setup
  #lastId = 0
  #evicted = 0
  #gone = 0

  constructor(options: WorldsOptions) {
    this.readScenario = options.readScenario
    this.#options = options
    this.#World = worldClass(options.apis)
    this.#setup = options.setup
    this.#started = options.setup
    this.#transactions = options.keeper && new Transactions(options.keeper)
    this.#snapshots = new NamedSnapshots(this.#transactions)
  }

  /** Named snapshots, shared by all worlds. */
  get snapshots(): ReadonlyMap<string, Snapshot> {
    return this.#snapshots.all
  }

  get main(): World {
    return this.get(mainName)
  }

  /** The world of that name. Throws ERR_WORLD_INVALID for a name that is none. */
  get(name: string): World {
    const known = this.#worlds.get(name)
    if (known !== undefined) {
      if (name !== mainName) this.#touch(name, known)
      return known
    }
    checkName(name)
    this.#transactions?.note(takingBack(this.#worlds))
    const world = this.#create(name)
    this.#touch(name, world)
    if (this.#worlds.size > this.#options.worldLimit + 1) this.#evictOldest()
    return world
  }

  /** Names of the worlds there are, main first. */
  names(): string[] {
    return [mainName, ...[...this.#worlds.keys()].filter((name) => name !== mainName)]
  }

  /** The worlds there are, main first; looking at them does not count as use. */
  all(): World[] {
    return [this.main, ...[...this.#worlds.values()].filter(({ name }) => name !== mainName)]
  }

  /** What later worlds start from. */
  get scenario(): Setup {
    return this.#setup
  }

  /** What the server was started with, as it was edited since. */
  get started(): Setup {
    return this.#started
  }

  get apis(): readonly AnyApi[] {
    return Object.values(this.#options.apis)
  }

  /** How many worlds were dropped to stay within the limit. */
  get evicted(): number {
    return this.#evicted
  }

  /** How many worlds there may be beside main. */
  get limit(): number {
    return this.#options.worldLimit
  }

  /** Forgets a world; when next asked for it starts anew. */
  drop(name: string): boolean {
    const world = this.#worlds.get(name)
    if (name === mainName || world === undefined) return false
    this.#transactions?.note(takingBack(this.#worlds), (keeper) => keeper.ended(name))
    this.#worlds.delete(name)
    world.leave()
    this.#gone++
    return true
  }

  /** Calls back with each world: those there are, and later ones when they are made. The result stops it. */
  watch(watcher: (world: World) => void): () => void {
    this.#watchers.add(watcher)
    for (const name of this.names()) watcher(this.get(name))
    return () => this.#watchers.delete(watcher)
  }

  play(request: HttpRequest, otherwise: Playable): Answer | Promise<Answer> {
    try {
      const world = this.#meet(nameOfWorld(request.headers) ?? otherwise.name)
      const played = world instanceof Promise ? world.then((met) => met.play(request)) : world.play(request)
      return played instanceof Promise ? played.catch(refusalOf) : played
    } catch (error) {
      return refusalOf(error)
    }
  }

  async act<Result>(
    headers: HeaderList,
    otherwise: Playable,
    action: (world: World) => Result | Promise<Result>,
  ): Promise<Acted<Result>> {
    const work = async (): Promise<Result> => {
      const result = await action(this.get(nameOfWorld(headers) ?? otherwise.name))
      this.#makeRoom()
      return result
    }
    return { result: await (this.#transactions === undefined ? work() : this.#transactions.runAlone(work)) }
  }

  /** The world for a request. One that begins has begun whatever becomes of the request, which may be played twice. */
  #meet(name: string): World | Promise<World> {
    if (this.#transactions === undefined || this.#worlds.has(name)) return this.get(name)
    return this.#transactions.run(() => this.get(name))
  }

  /** Later worlds start from this scenario. */
  useScenario(setup: Setup): void {
    const before = this.#setup
    this.#transactions?.note(
      () => {
        this.#setup = before
      },
      (keeper) => keeper.started(setup),
    )
    this.#setup = setup
  }

  /** What the server is started with has been edited: later worlds start from it as well. */
  startWith(setup: Setup): void {
    this.#started = setup
    this.useScenario(setup)
  }

  saveSnapshot(name: string, snapshot: Snapshot): void {
    this.#snapshots.save(name, snapshot, (oldest, why) => this.main.note(`snapshot ${oldest} was dropped: ${why}`))
  }

  dropSnapshot(name: string): boolean {
    return this.#snapshots.drop(name)
  }

  get snapshotsEvicted(): number | undefined {
    return this.#snapshots.evicted
  }

  #create(name: string): World {
    const { apis, answers, time, wait, salt, journalLimit, sessionLimit } = this.#options
    const stage = new Stage({
      name,
      apis: Object.values(apis),
      setup: this.#setup,
      answers,
      time,
      wait,
      // A world that was dropped and is made again must not give its old sessions to others.
      salt: salt(this.#gone === 0 ? name : `${name}:${this.#gone}`),
      journalLimit,
      sessionLimit,
      transactions: this.#transactions,
      nextId: () => this.#nextId(),
    })
    const world = new this.#World(stage, this)
    for (const watcher of this.#watchers) watcher(world)
    return world
  }

  #nextId(): string {
    // Looked at now and then, as it means looking at every world.
    if (++this.#lastId % 1000 === 0) this.#makeRoom()
    return `r${digitsOf(this.#lastId)}`
  }

  /** Journals of worlds unused for longest go first, and then the worlds. Main is the last to lose anything. */
  #makeRoom(): void {
    const { journalLimit, sessionLimit } = this.#options
    const most = { requests: fullJournals * journalLimit, records: fullWorlds * sessionLimit }
    const oldestFirst = [...this.#worlds.values()].filter(({ name }) => name !== mainName)
    const main = this.#worlds.get(mainName)?.load
    let [requests, records, requestBytes, bytes] = [0, 0, main?.requestBytes ?? 0, main?.bytes ?? 0]
    for (const world of oldestFirst.toReversed()) {
      const { load } = world
      requests += load.requests
      records += load.records
      requestBytes += load.requestBytes
      bytes += load.bytes
      if (records > most.records) this.#evict(world.name, `all worlds may hold ${most.records} sessions and the like`)
      else if (bytes > room.worlds) this.#evict(world.name, `all worlds may hold ${room.worlds / 1_048_576} MiB`)
      else if (requests > most.requests || requestBytes > room.journals) world.dropJournal()
    }
  }

  /** Moves a world to the end of the order in which worlds are dropped. */
  #touch(name: string, world: World): void {
    this.#worlds.delete(name)
    this.#worlds.set(name, world)
  }

  #evictOldest(): void {
    for (const name of this.#worlds.keys()) {
      if (name === mainName) continue
      this.#evict(name, `there may be ${this.#options.worldLimit} beside main`)
      return
    }
  }

  /** For what nobody may hear of before it is kept. */
  #afterwards(action: () => void): void {
    if (this.#transactions === undefined) action()
    else this.#transactions.afterwards(action)
  }

  #evict(name: string, why: string): void {
    this.drop(name)
    this.#afterwards(() => this.#evicted++)
    this.main.note(`world ${name} was dropped: ${why}`)
  }
}

/** How to take back that worlds come or go. */
function takingBack(worlds: Map<string, World>): () => void {
  const before = [...worlds]
  return () => refill(worlds, before)
}

/** Worlds that have a handle of each API: `world.secureLogin`. */
function worldClass(apis: WorldsOptions['apis']): typeof World {
  const WithHandles = class extends World {}
  for (const [property, { id }] of Object.entries(apis)) {
    Object.defineProperty(WithHandles.prototype, property, {
      get(this: World) {
        return this.api(id)
      },
      enumerable: true,
    })
  }
  return WithHandles
}
