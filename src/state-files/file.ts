import { UnderstudyError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type { Keeper } from '../world/keeper.ts'
import type { Setup } from '../world/setup.ts'
import type { Snapshot } from '../world/snapshot.ts'
import type { Changes } from '../world/changes.ts'
import type { Worlds } from '../world/worlds.ts'
import { disk as realDisk, fileIdentity, reasonOf, type Disk } from './disk.ts'
import { stateKind, stateVersion, type NamedSource, type State, type StateEntry, type WorldEntry } from './entry.ts'
import { StateLog } from './log.ts'
import { ownFile } from './owner.ts'
import { checkPlace, followLinks } from './place.ts'
import { readState } from './reading.ts'

/** Where state is kept, and by whom. */
export interface StateFileOptions {
  readonly path: string
  /** The path as messages show it. */
  readonly shown: string
  readonly time: () => number
  readonly pid: number
  /** Told, once each, that the file cannot be written, and that it can be again. */
  readonly tell: (what: string) => void
  /** The file system, where it is not the machine's. */
  readonly disk?: Disk
}

/** A log is written anew when it is this many times as long as when it was new, and not short. */
const growth = 4
const short = 1_048_576

interface Pending {
  readonly whole?: () => Snapshot
  readonly changes?: Record<string, Json>
  readonly ended?: true
}

interface Kept {
  readonly file: StateLog
  /** Entries that say everything. */
  readonly all: () => Json[]
}

/** Keeps all worlds of a server in a file: every change is on the disk before the request that made it is answered. */
export class StateFile implements Keeper {
  /** The file itself, where the path was a link. */
  readonly path: string
  /** What the file held, if it held anything. */
  readonly found: State | undefined
  /** What is to be said about the file. */
  readonly notes: readonly string[]
  readonly #options: StateFileOptions
  readonly #letGo: () => void
  readonly #seen: string | undefined
  readonly #worlds = new Map<string, Pending>()
  readonly #snapshots = new Map<string, Snapshot | null>()
  #scenario: NamedSource | undefined
  #log: Kept | undefined
  /** Bytes from which on the log is written anew. */
  #limit = 0
  /** What it was last told that cannot be done. */
  #trouble = ''

  private constructor(options: StateFileOptions, path: string, letGo: () => void) {
    this.#options = options
    this.#letGo = letGo
    this.path = path
    this.#seen = fileIdentity(path)
    const { state, notes } = readState({ ...options, path })
    this.found = state
    this.notes = notes
  }

  /**
   * Takes a file for this server alone, and reads it. Throws ERR_STATE_FILE, and leaves it alone, where another server
   * has it, where something else is in its place, and where it cannot be read or kept from others.
   */
  static async open(options: StateFileOptions): Promise<StateFile> {
    const { shown, pid } = options
    let letGo: (() => void) | undefined
    try {
      const path = followLinks(options.path)
      checkPlace(path, shown)
      letGo = await ownFile(path, shown, pid)
      return new StateFile(options, path, letGo)
    } catch (error) {
      letGo?.()
      throw explain(shown, 'used', error)
    }
  }

  /** Writes everything, and from now on every change. `served` is the scenario as it was asked for. */
  begin(worlds: Worlds, served: Setup): void {
    const head = { kind: stateKind, version: stateVersion, scenario: sourceOf(served) }
    const all = (): Json[] => [head, this.#everything(worlds)]
    this.forget()
    try {
      const file = new StateLog(this.path, all(), this.#seen, this.#options.disk ?? realDisk)
      this.#log = { file, all }
      this.#limit = limitOf(file)
    } catch (error) {
      throw explain(this.#options.shown, 'written', error)
    }
  }

  began(world: string, take: () => Snapshot): void {
    this.#worlds.set(world, { whole: take })
  }

  changed(world: string, changes: Changes): void {
    const before = this.#worlds.get(world)
    // What is written as a whole is read only then.
    if (before?.whole !== undefined) return
    this.#worlds.set(world, { changes: Object.assign(before?.changes ?? {}, changes) })
  }

  ended(world: string): void {
    this.#worlds.set(world, { ended: true })
  }

  started(setup: Setup): void {
    this.#scenario = sourceOf(setup)
  }

  saved(name: string, snapshot: Snapshot | undefined): void {
    this.#snapshots.set(name, snapshot ?? null)
  }

  keep(): void {
    const log = this.#log
    if (log === undefined || (this.#worlds.size === 0 && this.#snapshots.size === 0 && !this.#scenario)) return
    try {
      log.file.add(this.#entry())
    } catch (error) {
      const { message } = explain(this.#options.shown, 'written', error)
      this.#tell('written', `${message} Until it can be written, whatever would change something is answered 503.`)
      throw new UnderstudyError('ERR_STATE_FILE', `${message} Nothing was changed; try again when it can be written.`)
    }
    this.forget()
    this.#tell('', `The state file ${this.#options.shown} is written again.`)
    if (log.file.size >= this.#limit) this.#shorten(log)
  }

  forget(): void {
    this.#worlds.clear()
    this.#snapshots.clear()
    this.#scenario = undefined
  }

  /** Writes what is left, and lets go of the file. */
  close(): void {
    try {
      this.keep()
      this.#log?.file.close()
    } finally {
      this.#log = undefined
      this.#letGo()
    }
  }

  /** All is written already, so that nobody has to be told but who watches the disk. */
  #shorten({ file, all }: Kept): void {
    try {
      file.restart(all())
      this.#limit = limitOf(file)
    } catch (error) {
      const { message } = explain(this.#options.shown, 'made shorter', error)
      this.#options.tell(`${message} It goes on as it is.`)
      this.#limit = file.size + short
    }
  }

  #tell(trouble: string, what: string): void {
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#options.tell(what)
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
}

function limitOf({ size }: StateLog): number {
  return Math.max(short, growth * size)
}

/** The error for what the system refused; other errors are themselves. */
function explain(shown: string, what: string, error: unknown): UnderstudyError {
  if (error instanceof UnderstudyError) return error
  const reason = reasonOf(error)
  const more = reason.startsWith('EBUSY') ? ` ${mounted}` : ''
  return new UnderstudyError('ERR_STATE_FILE', `The state file ${shown} could not be ${what}: ${reason}.${more}`)
}

const mounted =
  'It seems to be mounted by itself, and so cannot be replaced in one move, nor kept from servers elsewhere: mount the folder that it is in.'

function sourceOf({ name, source }: Setup): NamedSource {
  return { name, source }
}
