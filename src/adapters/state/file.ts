import { UnderstudyError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { Keeper } from '../../world/keeper.ts'
import type { Setup } from '../../world/setup.ts'
import type { Snapshot } from '../../world/snapshot.ts'
import type { Changes } from '../../world/store.ts'
import type { Worlds } from '../../world/worlds.ts'
import type { NamedSource, State, StateEntry, WorldEntry } from './entry.ts'
import { lock } from './lock.ts'
import { StateLog } from './log.ts'
import { readState, type StatePlace } from './reading.ts'

/** Where state is kept, and by whom. */
export interface StateFileOptions extends StatePlace {
  readonly pid: number
  /** Told when what happened outside of requests could not be written. */
  readonly onError: (error: unknown) => void
}

/** A log is written anew when it is this many times as long as when it was new, and not short. */
const growth = 4
const short = 1_048_576

interface Pending {
  readonly whole?: () => Snapshot
  readonly changes?: Record<string, Json>
  readonly ended?: true
}

/** Keeps all worlds of a server in a file: every change is written before the request that made it is answered. */
export class StateFile implements Keeper {
  /** What the file held, if it held anything. */
  readonly found: State | undefined
  /** What is to be said about the file. */
  readonly notes: readonly string[]
  readonly #options: StateFileOptions
  readonly #unlock: () => void
  readonly #worlds = new Map<string, Pending>()
  readonly #snapshots = new Map<string, Snapshot | null>()
  #scenario: NamedSource | undefined
  #log: { readonly file: StateLog; readonly all: () => Json[]; fullSize: number } | undefined
  #isScheduled = false

  /** Throws ERR_STATE_FILE where another process has the file, or it cannot be read. */
  constructor(options: StateFileOptions) {
    this.#options = options
    this.#unlock = this.#attempt('used', () => lock(options.path, options.pid))
    try {
      const { state, notes } = this.#attempt('read', () => readState(options))
      this.found = state
      this.notes = notes
    } catch (error) {
      this.#unlock()
      throw error
    }
  }

  /** Writes everything, and from now on every change. `served` is the scenario as it was asked for. */
  begin(worlds: Worlds, served: Setup): void {
    const head = { kind: 'auth-understudy/state', version: 1, scenario: sourceOf(served) }
    const all = (): Json[] => [head, this.#everything(worlds)]
    this.#forget()
    const file = this.#attempt('written', () => new StateLog(this.#options.path, all()))
    this.#log = { file, all, fullSize: file.size }
  }

  began(world: string, take: () => Snapshot): void {
    this.#note(world, { whole: take })
  }

  changed(world: string, changes: Changes): void {
    const before = this.#worlds.get(world)
    // What is written as a whole is read only then.
    if (before?.whole !== undefined) return
    this.#note(world, { changes: Object.assign(before?.changes ?? {}, changes) })
  }

  ended(world: string): void {
    this.#note(world, { ended: true })
  }

  started(setup: Setup): void {
    this.#scenario = sourceOf(setup)
    this.#schedule()
  }

  saved(name: string, snapshot: Snapshot | undefined): void {
    this.#snapshots.set(name, snapshot ?? null)
    this.#schedule()
  }

  /** Writes what has changed, as one line. Throws ERR_STATE_FILE, and tries again the next time. */
  flush(): void {
    if (this.#log === undefined || (this.#worlds.size === 0 && this.#snapshots.size === 0 && !this.#scenario)) return
    const { file, all } = this.#log
    this.#attempt('written', () => file.add(this.#entry()))
    this.#forget()
    if (file.size < short || file.size < growth * this.#log.fullSize) return
    this.#attempt('written', () => file.restart(all()))
    this.#log.fullSize = file.size
  }

  /** Writes what is left, and lets go of the file. */
  close(): void {
    try {
      this.flush()
      this.#log?.file.close()
    } finally {
      this.#log = undefined
      this.#unlock()
    }
  }

  #note(world: string, pending: Pending): void {
    this.#worlds.set(world, pending)
    this.#schedule()
  }

  /** For what no request asked for, such as an edited scenario. */
  #schedule(): void {
    if (this.#isScheduled || this.#log === undefined) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      try {
        this.flush()
      } catch (error) {
        this.#options.onError(error)
      }
    })
  }

  #forget(): void {
    this.#worlds.clear()
    this.#snapshots.clear()
    this.#scenario = undefined
  }

  #entry(): Json {
    const realAt = this.#options.time()
    const worlds = [...this.#worlds].map(([name, { whole, changes = {}, ended }]): [string, WorldEntry] => {
      if (ended === true) return [name, null]
      return [name, whole === undefined ? { changes } : { whole: whole(), realAt }]
    })
    const entry: StateEntry = {
      ...(worlds.length === 0 ? {} : { worlds: Object.fromEntries(worlds) }),
      ...(this.#snapshots.size === 0 ? {} : { snapshots: Object.fromEntries(this.#snapshots) }),
      ...(this.#scenario === undefined ? {} : { scenario: this.#scenario }),
    }
    return entry
  }

  #everything(worlds: Worlds): Json {
    const realAt = this.#options.time()
    const each = worlds.all().map((world): [string, WorldEntry] => [world.name, { whole: world.snapshot(), realAt }])
    const entry: StateEntry = {
      worlds: Object.fromEntries(each),
      snapshots: Object.fromEntries(worlds.snapshots),
      scenario: sourceOf(worlds.scenario),
    }
    return entry
  }

  #attempt<Result>(what: string, work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      if (error instanceof UnderstudyError) throw error
      const why = (error as NodeJS.ErrnoException).code ?? String(error)
      throw new UnderstudyError('ERR_STATE_FILE', `The state file ${this.#options.shown} could not be ${what}: ${why}.`)
    }
  }
}

function sourceOf({ name, source }: Setup): NamedSource {
  return { name, source }
}
