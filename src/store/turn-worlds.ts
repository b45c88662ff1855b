import type { AnyApi } from '../core/api.ts'
import type { HeaderList, HttpRequest } from '../core/http.ts'
import type { Answer } from '../world/play.ts'
import type { Setup } from '../world/setup.ts'
import { fromNamed, scenarioKey, startedKey, toNamed, type NamedScenario } from './shared-scenario.ts'
import type { Snapshot } from '../world/snapshot.ts'
import { SnapshotShelf } from '../world/snapshot-shelf.ts'
import { toLoadedState, Unloaded, unsupported, type LoadedState, type TurnStore } from './turn.ts'
import type { Acted, Playable, WorldSource } from '../world/world-source.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../world/worlds.ts'
import { mainName } from '../world/world-name.ts'

type Public<Some> = { readonly [Name in keyof Some]: Some[Name] }

/** What worlds of a store know of each other. */
export interface TurnWorldsOptions {
  readonly source: WorldSource
  readonly readScenario: Worlds['readScenario']
  readonly worldLimit: number
  /** What worlds start from, where the store does not say. */
  readonly setup: Setup
  /** The world whose turn it is. */
  readonly own: () => World
  /** Another one, to look at what was loaded of it. */
  readonly look: (name: string, loaded: LoadedState) => World
}

/** What the worlds of a store share, as one of them sees it during a turn. */
export class TurnWorlds implements Public<Worlds> {
  readonly readScenario: Worlds['readScenario']
  readonly #options: TurnWorldsOptions
  readonly #store: TurnStore
  readonly #loaded: LoadedState
  readonly #dropped: string[] = []
  #shelf: SnapshotShelf | undefined

  constructor(options: TurnWorldsOptions, store: TurnStore, loaded: LoadedState) {
    this.readScenario = options.readScenario
    this.#options = options
    this.#store = store
    this.#loaded = loaded
  }

  get apis(): readonly AnyApi[] {
    return this.#options.source.apis
  }

  get limit(): number {
    return this.#options.worldLimit
  }

  get scenario(): Setup {
    return this.#shared(scenarioKey)
  }

  get started(): Setup {
    return this.#shared(startedKey)
  }

  get snapshots(): SnapshotShelf {
    this.#shelf ??= new SnapshotShelf(this.#load('shelf').snapshots)
    return this.#shelf
  }

  get evicted(): number {
    return this.#load('shelf').evicted
  }

  get snapshotsEvicted(): undefined {
    return undefined
  }

  /** Snapshots that were saved, or taken away. */
  get saved(): ReadonlyMap<string, string | undefined> {
    return this.#shelf?.saved ?? new Map<string, string>()
  }

  /** Worlds that were dropped. */
  get dropped(): readonly string[] {
    return this.#dropped
  }

  names(): string[] {
    // The one that asks may be about to begin.
    return [...new Set([mainName, ...this.#load('shelf').names, this.#options.own().name])]
  }

  all(): World[] {
    const { own, look } = this.#options
    const worlds = this.#load('worlds')
    const names = new Set([mainName, ...worlds.keys(), own().name])
    return [...names].flatMap((name) => {
      const part = worlds.get(name)
      if (name === own().name) return [own()]
      return part === undefined ? [] : [look(name, { ...toLoadedState('records', part.records), counts: part.counts })]
    })
  }

  drop(name: string): boolean {
    if (name === mainName || !this.names().includes(name)) return false
    this.#dropped.push(name)
    return true
  }

  useScenario(setup: Setup): void {
    this.#store.put(scenarioKey, toNamed(setup))
  }

  startWith(setup: Setup): void {
    this.useScenario(setup)
    this.#store.put(startedKey, toNamed(setup))
  }

  saveSnapshot(name: string, snapshot: Snapshot): void {
    this.snapshots.save(name, snapshot)
  }

  dropSnapshot(name: string): boolean {
    return this.snapshots.drop(name)
  }

  play(request: HttpRequest, otherwise: Playable): Answer | Promise<Answer> {
    return this.#options.source.play(request, otherwise)
  }

  act<Result>(
    headers: HeaderList,
    otherwise: Playable,
    action: (world: World) => Result | Promise<Result>,
  ): Promise<Acted<Result>> {
    return this.#options.source.act(headers, otherwise, action)
  }

  get main(): never {
    return unsupported()
  }

  get(): never {
    return unsupported()
  }

  watch(): never {
    return unsupported()
  }

  #shared(key: string): Setup {
    const shared = this.#store.get(key) as NamedScenario | undefined
    return shared === undefined ? this.#options.setup : fromNamed(shared, this.readScenario)
  }

  #load<What extends 'shelf' | 'worlds'>(what: What): NonNullable<LoadedState[What]> {
    const loaded = this.#loaded[what]
    if (loaded === undefined) throw new Unloaded(what)
    return loaded
  }
}
