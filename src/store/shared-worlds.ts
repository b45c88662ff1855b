import type { AnyApi } from '../core/api.ts'
import type { HeaderList, HttpRequest } from '../core/http.ts'
import { toHttpDate } from '../core/instant.ts'
import { createRandom, replayRandom, type Random } from '../core/random.ts'
import { Needs } from '../core/step.ts'
import type { Ask, Found } from '../world/answers.ts'
import type { Anew, SharedStore, Held } from './shared-store.ts'
import { KnownRecords, toKnownRecord } from './known-records.ts'
import { eventsOf } from './log-text.ts'
import { play, toAnswer, type Answer } from '../world/play.ts'
import { isOfStore, refusalOf } from '../world/refusal.ts'
import type { Setup } from '../world/setup.ts'
import { SharedPlace } from './shared-place.ts'
import { SharedTurn, type Follow, type TurnOptions } from './shared-turn.ts'
import type { Entry } from '../world/entry.ts'
import { anyKey, storeWide, toLoadedState, Unloaded, unsupported, type LoadedState } from './turn.ts'
import type { World } from '../world/world.ts'
import { commitHeader, type Acted, type Playable, type WorldSource } from '../world/world-source.ts'
import type { WorldsOptions } from '../world/worlds.ts'
import { checkName, mainName, nameOfWorld } from '../world/world-name.ts'

/** What a turn came to, and its place in the order of the store. */
interface Made<Result> {
  readonly result: Result
  readonly commit: number
  /** The number of the request, if it was one. */
  readonly request: number
}

/**
 * Worlds whose records live in a store that several servers share. Every request and every control call is one turn:
 * it is played on what this server remembers, and committed only if all that it read is still so. Where it is not, the
 * store tells what it has become, and the turn is played again.
 */
export class SharedWorlds implements WorldSource, Playable {
  readonly name: string = mainName
  readonly worlds: this = this
  readonly #options: WorldsOptions
  readonly #store: SharedStore
  readonly #turns: Omit<TurnOptions, 'follow' | 'look'>
  readonly #places = new Map<string, SharedPlace>()
  readonly #wide = new KnownRecords(100)
  #epoch = ''
  #forgotten = 0

  constructor(options: WorldsOptions, store: SharedStore) {
    this.#options = options
    this.#store = store
    this.#turns = { ...options, apis: this.apis, source: this }
  }

  /** What this server would begin the store with. */
  get scenario(): Setup {
    return this.#options.setup
  }

  get apis(): readonly AnyApi[] {
    return Object.values(this.#options.apis)
  }

  async play(request: HttpRequest, otherwise: Playable): Promise<Answer> {
    try {
      const name = nameOfWorld(request.headers) ?? otherwise.name
      checkName(name)
      const { result: entry, ...made } = await this.#turn(name, (turn, ask, random) => {
        play(turn.stage, request, ask, random)
        return turn.journal.entry as Entry
      })
      const answer = toAnswer({ ...entry, id: `r${made.request}` }, toHttpDate(entry.at))
      return { ...answer, headers: [...answer.headers, commitHeader, String(made.commit)] }
    } catch (error) {
      return refusalOf(error)
    }
  }

  async act<Result>(
    headers: HeaderList,
    otherwise: Playable,
    action: (world: World) => Result | Promise<Result>,
  ): Promise<Acted<Result>> {
    const name = nameOfWorld(headers) ?? otherwise.name
    checkName(name)
    const { result, commit } = await this.#turn(name, (turn) => action(turn.world))
    return { result, commit }
  }

  async #turn<Result>(
    name: string,
    action: (turn: SharedTurn, ask: Ask, random: SharedTurn['stage']['random']) => Result | Promise<Result>,
  ): Promise<Made<Result>> {
    const { answers } = this.#options
    const place = this.#place(name)
    const call = this.#store.open()
    const found: Found = new Map()
    let random = replayRandom(place.random)
    let loaded: LoadedState = {}
    let leave: (() => void) | undefined
    // Whoever listens does so from the commit on in which they began.
    let begun = 0
    const follow: Follow = (listener) =>
      this.#store.follow(name, begun, (logged) => eventsOf(name, logged).forEach(listener))
    try {
      for (;;) {
        const turn = this.#open(place, loaded, random(), follow)
        const outcome = await attempt(() => action(turn, answers.knowing(found), turn.stage.random))
        if (outcome.error instanceof Needs) {
          // As a world in memory does, so that the same requests draw the same.
          if (found.size === 0) random = replayRandom(place.random)
          await answers.find(outcome.error.question, found)
          continue
        }
        if (outcome.error instanceof Unloaded) {
          const { what } = outcome.error
          const loading = await call.load(this.#epoch, name, what)
          loaded = loading.kind === 'anew' ? {} : { ...loaded, ...toLoadedState(what, loading.loaded) }
          if (loading.kind === 'anew') await this.#beginAnew(loading)
          continue
        }
        if ('error' in outcome) turn.store.undo()
        // What was loaded just now as a whole needs no second look.
        if ('result' in outcome && turn.isLook && loaded.records !== undefined)
          return { result: outcome.result, commit: loaded.records.get(anyKey)?.version ?? 0, request: 0 }
        const verdict = await call.commit(turn.commit(this.#epoch))
        if (verdict.kind === 'made') {
          begun = verdict.commit
          turn.made(verdict.commit, this.#wide)
          if ('error' in outcome) throw outcome.error
          return { result: outcome.result, commit: verdict.commit, request: verdict.request }
        }
        loaded = {}
        if (verdict.kind === 'anew') await this.#beginAnew(verdict)
        else this.#learn(place, verdict.now)
        leave ??= await place.turnstile.enter()
      }
    } finally {
      leave?.()
    }
  }

  #open(place: SharedPlace, loaded: LoadedState, random: Random, follow: Follow): SharedTurn {
    const look = (name: string, of: LoadedState): World => this.#open(this.#place(name), of, random, unsupported).world
    return new SharedTurn(place, this.#wide, loaded, random, { ...this.#turns, follow, look })
  }

  #learn(place: SharedPlace, now: ReadonlyMap<string, Held>): void {
    for (const [key, held] of now) {
      const records = key.startsWith(storeWide) ? this.#wide : place.known
      records.learn(key, toKnownRecord(held))
    }
  }

  /** Forgets everything that was known of the store. What was lost is noted in it by whoever noticed first. */
  async #beginAnew({ epoch, lost }: Anew): Promise<void> {
    this.#epoch = epoch
    this.#wide.forget()
    for (const { known } of this.#places.values()) known.forget()
    if (lost === undefined) return
    try {
      await this.#turn(mainName, (turn) => turn.world.note(`the store has lost ${lost}`))
    } catch (error) {
      // Whoever asks next is told as much.
      if (!isOfStore(error)) throw error
    }
  }

  #place(name: string): SharedPlace {
    const known = this.#places.get(name)
    // One that was forgotten must not draw the same identifiers again.
    const salt = this.#forgotten === 0 ? name : `${name}:${this.#forgotten}`
    const place = known ?? new SharedPlace(name, this.apis, createRandom(this.#options.salt(salt)))
    this.#places.delete(name)
    this.#places.set(name, place)
    if (this.#places.size > this.#options.worldLimit + 1) {
      const [oldest] = this.#places.keys()
      this.#places.delete(oldest as string)
      this.#forgotten++
    }
    return place
  }
}

type Outcome<Result> = { readonly result: Result; readonly error?: never } | { readonly error: unknown }

/** However an action ends: what it decided on stale records may not even be a mistake. */
async function attempt<Result>(action: () => Result | Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { result: await action() }
  } catch (error) {
    return { error }
  }
}
