import type { SharedStore, StoreCall, Logged, Make } from '../shared-store.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { RedisCall } from './call.ts'
import type { Retention } from './commit-args.ts'
import { RedisConnection } from './connection.ts'
import { follow } from './follow.ts'
import { readHabits, type Habits } from './habits.ts'
import { KnownStore } from './known-store.ts'
import type { RedisPlace } from './place.ts'
import { findTlsMismatch } from './tls-mismatch.ts'
import { storeError } from './trouble.ts'

/** How a Redis is used. */
export interface RedisOptions {
  readonly place: RedisPlace
  readonly limits: Retention
  /** What the servers of the store have in common. */
  readonly make: Make
  /** Told, in words, when the store has lost something. */
  readonly onLoss: (what: string) => void
  /** How long one caller waits for it in all (2000). */
  readonly patienceMs?: number
}

/** Redis, or Valkey, as the store of worlds that several servers share. */
export class RedisStore implements SharedStore {
  readonly #options: RedisOptions
  readonly #connection: RedisConnection
  readonly #known: KnownStore
  readonly #followers = new Set<() => void>()
  /** Names of commits must differ over all servers. */
  readonly #id = crypto.randomUUID().replaceAll('-', '').slice(0, 16)
  #commits = 0

  constructor(options: RedisOptions) {
    this.#options = options
    this.#connection = new RedisConnection(options.place)
    this.#known = new KnownStore(options)
  }

  /** How far Redis's clock is ahead of this process's, in milliseconds. */
  get clockOffset(): number {
    return this.#connection.clockOffset
  }

  /** Why it cannot be used, in words. */
  get trouble(): string {
    return this.#connection.trouble.why
  }

  /** What kind of a Redis it is. Throws as calls do, and ERR_STORE_REFUSED for one that can be no store. */
  async inspect(): Promise<Habits> {
    const { place } = this.#options
    try {
      return readHabits(await this.#call().inspect(), place)
    } catch (error) {
      const mismatch =
        error instanceof UnderstudyError && error.code === 'ERR_STORE_UNAVAILABLE'
          ? await findTlsMismatch(place)
          : undefined
      throw mismatch === undefined ? error : storeError(place, mismatch)
    }
  }

  open(): StoreCall {
    return this.#call()
  }

  #call(): RedisCall {
    const { place, limits, patienceMs = 2000 } = this.#options
    const nextName = (): string => `${this.#id}:${++this.#commits}`
    const known = this.#known
    return new RedisCall({ connection: this.#connection, known, place, limits, patienceMs, nextName })
  }

  follow(world: string, after: number, each: (logged: Logged) => void): () => void {
    const { place } = this.#options
    // Whoever waits for something to happen would keep everybody else waiting on the same connection.
    const connection = new RedisConnection(place)
    let isOver = false
    const stop = (): void => {
      isOver = true
      this.#followers.delete(stop)
      connection.close()
    }
    this.#followers.add(stop)
    void follow(connection, { prefix: place.prefix, world, after }, each, () => isOver)
    return stop
  }

  close(): void {
    for (const stop of this.#followers) stop()
    this.#connection.close()
  }
}
