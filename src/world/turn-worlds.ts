import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { HeaderList, HttpRequest } from '../core/http.ts'
import type { Answer } from './play.ts'
import type { Setup } from './setup.ts'
import type { Snapshot } from './snapshot.ts'
import { Unloaded, type Loaded, type TurnStore } from './turn.ts'
import { scenarioKey } from './shared-scenario.ts'
import type { Acted, Playable, WorldSource } from './world-source.ts'
import type { World } from './world.ts'
import { mainName, type Worlds } from './worlds.ts'

type Public<Some> = { readonly [Name in keyof Some]: Some[Name] }

/** What the worlds of a store share, as one of them sees it during a turn. */
export class TurnWorlds implements Public<Worlds> {
  readonly readScenario: Worlds['readScenario']
  readonly #worlds: WorldSource
  readonly #name: string
  readonly #store: TurnStore
  readonly #loaded: Loaded
  #shelf: SnapshotShelf | undefined

  constructor(
    name: string,
    worlds: WorldSource,
    readScenario: Worlds['readScenario'],
    store: TurnStore,
    loaded: Loaded,
  ) {
    this.#name = name
    this.#worlds = worlds
    this.readScenario = readScenario
    this.#store = store
    this.#loaded = loaded
  }

  get apis(): readonly AnyApi[] {
    return this.#worlds.apis
  }

  get snapshots(): Map<string, Snapshot> {
    this.#shelf ??= new SnapshotShelf(this.#load().snapshots)
    return this.#shelf
  }

  /** Snapshots that were saved or taken away. */
  get saved(): ReadonlyMap<string, string | undefined> {
    return this.#shelf?.saved ?? new Map<string, string>()
  }

  get evicted(): number {
    return this.#load().evicted
  }

  get main(): never {
    return this.get()
  }

  get(): never {
    throw new UnderstudyError('ERR_NOT_SUPPORTED', 'Of worlds that servers share one is open at a time.')
  }

  drop(): never {
    return this.get()
  }

  watch(): never {
    return this.get()
  }

  names(): string[] {
    // The one that asks may be about to begin.
    return [...new Set([mainName, ...this.#load().names, this.#name])]
  }

  useScenario({ name, source }: Setup): void {
    this.#store.put(scenarioKey, { name, source })
  }

  play(request: HttpRequest, otherwise: Playable): Answer | Promise<Answer> {
    return this.#worlds.play(request, otherwise)
  }

  act<Result>(
    headers: HeaderList,
    otherwise: Playable,
    action: (world: World) => Result | Promise<Result>,
  ): Promise<Acted<Result>> {
    return this.#worlds.act(headers, otherwise, action)
  }

  #load(): NonNullable<Loaded['shelf']> {
    if (this.#loaded.shelf === undefined) throw new Unloaded('shelf')
    return this.#loaded.shelf
  }
}

/** The snapshots of a store, and which of them a turn saved. */
class SnapshotShelf extends Map<string, Snapshot> {
  readonly saved = new Map<string, string | undefined>()

  constructor(texts: ReadonlyMap<string, string>) {
    super()
    for (const [name, text] of texts) super.set(name, JSON.parse(text) as Snapshot)
  }

  override set(name: string, snapshot: Snapshot): this {
    this.saved.set(name, JSON.stringify(snapshot))
    return super.set(name, snapshot)
  }

  override delete(name: string): boolean {
    this.saved.set(name, undefined)
    return super.delete(name)
  }
}
