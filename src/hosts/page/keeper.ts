import { freshId } from '../fresh-id.ts'
import { worldTime, type ClockState } from '../../core/clock.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { toIso } from '../../core/instant.ts'
import { sameJson, type Json, type JsonObject } from '../../core/json.ts'
import type { World } from '../../world/world.ts'
import type { CookieStore, CookiesByWorld } from '../jar.ts'
import { PageDatabase, type Head, type StoredRecord, type Tables } from './database.ts'

const cookiesKey = 'cookies'

type Keys = Set<string> | 'all'

/**
 * Keeps a world over reloads, and in step with other tabs: what changed is in IndexedDB, and each request is played
 * within a transaction, which first takes over what other tabs wrote. So a wrong PIN counts once, wherever it is entered.
 */
export class PageKeeper {
  readonly #world: World
  readonly #jar: CookieStore | undefined
  readonly #origin: JsonObject
  readonly #database: PageDatabase
  readonly #channel: BroadcastChannel
  #generation = ''
  #version = 0
  /** Keys of what this tab changed and has not written yet; all, where it started the world anew. */
  #unwritten: Keys = new Set()
  /** How often something became unwritten. */
  #noted = 0
  #busy: 'taking over' | 'playing' | undefined
  #writing: Promise<void> | undefined

  constructor(world: World, jar: CookieStore | undefined, name: string) {
    if (typeof indexedDB === 'undefined' || typeof BroadcastChannel === 'undefined') {
      const message = 'A world can be kept where there are IndexedDB and BroadcastChannel: in a page. Leave out `keep`.'
      throw new UnderstudyError('ERR_NOT_SUPPORTED', message)
    }
    this.#world = world
    this.#jar = jar
    this.#origin = world.scenario.source
    this.#database = new PageDatabase(`auth-understudy/${name}`, (error) => {
      this.#generation = ''
      if (error !== undefined) world.note(`nothing is kept: the page may not open its database (${String(error)})`)
    })
    this.#channel = new BroadcastChannel(`auth-understudy/${name}`)
    this.#channel.addEventListener('message', () => void this.catchUp())
    jar?.listen(() => this.#note([cookiesKey]))
    world.records.watch((keys) => this.#note(keys))
    world.takeTurns((attempt) => this.#turn(attempt))
    void this.catchUp()
  }

  /** Takes over what other tabs wrote. */
  catchUp(): Promise<void> {
    return this.#turn(() => undefined)
  }

  /** Waits until everything that this tab changed is written. */
  async written(): Promise<void> {
    await this.#writing
  }

  #note(keys: readonly string[] | undefined): void {
    if (this.#busy === 'taking over') return
    if (keys === undefined) this.#unwritten = 'all'
    else if (this.#unwritten !== 'all') for (const key of keys) this.#unwritten.add(key)
    // What a request changes is written with it.
    if (this.#busy === 'playing') return
    this.#noted++
    this.#writing ??= this.#writeSoon()
  }

  async #writeSoon(): Promise<void> {
    let noted: number
    do {
      noted = this.#noted
      await this.catchUp()
    } while (noted !== this.#noted)
    this.#writing = undefined
  }

  async #turn<Result>(attempt: () => Result): Promise<Result> {
    const turn: { done?: { readonly result: Result }; wrote: Keys } = { wrote: new Set() }
    try {
      await this.#database.transact((tables) =>
        tables.read(tables.heads.get(tables.headKey), (head: Head | undefined) =>
          this.#takeOver(head, tables, () => {
            turn.done = { result: this.#during('playing', attempt) }
            turn.wrote = this.#unwritten
            this.#write(tables)
          }),
        ),
      )
    } catch (error) {
      // Nothing was written, so all is read again; but what was decided stays decided.
      this.#generation = ''
      this.#unwritten = union(turn.wrote, this.#unwritten)
      if (turn.done === undefined) throw error
    }
    // The rule means windows; a channel has no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (turn.wrote === 'all' || turn.wrote.size > 0) this.#channel.postMessage(this.#version)
    // Where there is no database, nobody else has a turn.
    return turn.done === undefined ? attempt() : turn.done.result
  }

  #during<Result>(busy: 'taking over' | 'playing', act: () => Result): Result {
    this.#busy = busy
    try {
      return act()
    } finally {
      this.#busy = undefined
    }
  }

  #takeOver(head: Head | undefined, { rows, read }: Tables, then: () => void): void {
    if (this.#unwritten !== 'all' && (head?.format !== 1 || !sameJson(head.origin, this.#origin)))
      this.#unwritten = 'all'
    if (this.#unwritten === 'all' || head === undefined) then()
    else if (head.generation !== this.#generation) {
      read(rows.getAll(), (all: StoredRecord[]) => {
        this.#during('taking over', () => this.#become(head, all))
        then()
      })
    } else if (head.version > this.#version) {
      read(rows.index('version').getAll(IDBKeyRange.lowerBound(this.#version, true)), (changed: StoredRecord[]) => {
        this.#during('taking over', () => this.#apply(changed))
        this.#version = head.version
        then()
      })
    } else then()
  }

  /** Becomes the world that was kept; goes on with its own, where that one is of no use to this version. */
  #become({ generation, version, name, scenario, startedAt }: Head, all: readonly StoredRecord[]): void {
    const { clock, [cookiesKey]: cookies, ...records } = toChanges(all)
    const own = this.#own()
    try {
      const state = clock as ClockState
      const at = worldTime(state, Date.now())
      const shown = { at, frozen: state.frozen, scale: state.scale, skewMs: state.skewMs }
      const kind = 'auth-understudy/snapshot'
      const takenAt = toIso(at)
      this.#world.restore({ kind, version: 1, takenAt, name, scenario, startedAt, clock: shown, records })
      this.#world.records.apply({ clock: state, ...own })
      if (!this.#isUnwritten(cookiesKey)) this.#jar?.load((cookies ?? {}) as CookiesByWorld)
      this.#generation = generation
      this.#version = version
    } catch (error) {
      this.#world.note(`what was kept is of no use to this version, and is started again: ${String(error)}`)
      this.#unwritten = 'all'
    }
  }

  #apply(rows: readonly StoredRecord[]): void {
    const { [cookiesKey]: cookies, ...changes } = toChanges(rows.filter(({ key }) => !this.#isUnwritten(key)))
    if (cookies !== undefined) this.#jar?.load(cookies as CookiesByWorld)
    this.#world.records.apply(changes)
  }

  #write({ heads, headKey, rows }: Tables): void {
    const isAll = this.#unwritten === 'all'
    if (this.#unwritten !== 'all' && this.#unwritten.size === 0) return
    if (isAll) {
      rows.clear()
      this.#generation = freshId()
      this.#version = 0
    }
    const version = this.#version + 1
    const { name, source: scenario } = this.#world.scenario
    const { startedAt } = this.#world
    const generation = this.#generation
    heads.put(
      { format: 1, generation, version, origin: this.#origin, name, scenario, startedAt } satisfies Head,
      headKey,
    )
    const changes = isAll ? this.#world.records.changes() : this.#own()
    for (const [key, value] of Object.entries(changes)) rows.put({ key, value, version } satisfies StoredRecord)
    if (this.#jar !== undefined && this.#isUnwritten(cookiesKey))
      rows.put({ key: cookiesKey, value: this.#jar.all(), version } satisfies StoredRecord)
    this.#version = version
    this.#unwritten = new Set()
  }

  /** What this tab changed and has not written yet. */
  #own(): { readonly [key: string]: Json } {
    const keys = this.#unwritten === 'all' ? [] : [...this.#unwritten].filter((key) => key !== cookiesKey)
    return Object.fromEntries(keys.map((key) => [key, this.#world.records.get(key) ?? null]))
  }

  #isUnwritten(key: string): boolean {
    return this.#unwritten === 'all' || this.#unwritten.has(key)
  }
}

function union(some: Keys, others: Keys): Keys {
  return some === 'all' || others === 'all' ? 'all' : new Set([...some, ...others])
}

function toChanges(rows: readonly StoredRecord[]): { readonly [key: string]: Json } {
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}
