import type { Engine, EngineCall, Logged } from '../../world/engine.ts'
import { RedisCall, type Limits } from './call.ts'
import { RedisConnection } from './connection.ts'
import { follow } from './follow.ts'
import type { RedisPlace } from './place.ts'

/** How a Redis is used. */
export interface RedisOptions {
  readonly place: RedisPlace
  readonly limits: Limits
  /** How long one caller waits for it in all (2000). */
  readonly patienceMs?: number
}

/** Redis, or Valkey, as the store of worlds that several servers share. */
export class RedisEngine implements Engine {
  readonly #options: RedisOptions
  readonly #connection: RedisConnection
  readonly #followers = new Set<() => void>()
  /** Names of commits must differ over all servers. */
  readonly #id = crypto.randomUUID().replaceAll('-', '').slice(0, 16)
  #commits = 0

  constructor(options: RedisOptions) {
    this.#options = options
    this.#connection = new RedisConnection(options.place)
  }

  /** How far Redis's clock is ahead of this process's, in milliseconds. */
  get clockOffset(): number {
    return this.#connection.clockOffset
  }

  open(): EngineCall {
    const { place, limits, patienceMs = 2000 } = this.#options
    const nextName = (): string => `${this.#id}:${++this.#commits}`
    return new RedisCall({ connection: this.#connection, shown: place.shown, limits, patienceMs, nextName })
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
