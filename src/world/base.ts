import type { AnyApi, Seed } from '../core/api.ts'
import type { Json } from '../core/json.ts'
import type { Answers } from './answers.ts'
import type { Setup } from './setup.ts'

/** The records a world starts with, by full key (`secure-login/user:alice`), each made when it is first read. */
export class Base {
  readonly #seeds = new Map<string, Seed>()
  readonly #made = new Map<string, Json>()

  constructor(apis: readonly AnyApi[], setup: Setup, startAt: number, answers: Answers) {
    const start = { now: startAt, seed: setup.seed, answer: answers.now }
    for (const api of apis) this.#seeds.set(api.id, api.seed(setup.sections[api.id] ?? {}, start))
  }

  get(key: string): Json | undefined {
    const made = this.#made.get(key)
    if (made !== undefined) return made
    const slash = key.indexOf('/')
    const record = this.#seeds.get(key.slice(0, slash))?.get(key.slice(slash + 1))
    if (record !== undefined) this.#made.set(key, record)
    return record
  }

  /** Every key that starts so. APIs that cannot have one are not asked for theirs: a crowd has many. */
  *keys(prefix = ''): Iterable<string> {
    for (const [api, seed] of this.#seeds) {
      const own = `${api}/`
      const rest = prefix.startsWith(own) ? prefix.slice(own.length) : own.startsWith(prefix) ? '' : undefined
      if (rest === undefined) continue
      for (const key of seed.keys()) if (key.startsWith(rest)) yield own + key
    }
  }
}
