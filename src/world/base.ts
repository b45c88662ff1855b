import type { AnyApi, Seed } from '../core/api.ts'
import type { Json } from '../core/json.ts'
import type { Answers } from './answers.ts'
import type { Setup } from './setup.ts'

/** The records a world starts with, by full key (`secure-login/user:alice`), each made when it is first read. */
export class Base {
  readonly #apis: readonly AnyApi[]
  readonly #setup: Setup
  readonly #startAt: number
  readonly #answers: Answers
  /** Made when they are first asked for: of a thousand worlds, most wait for somebody to come. */
  #seeds: Map<string, Seed> | undefined
  #made: Map<string, Json> | undefined

  constructor(apis: readonly AnyApi[], setup: Setup, startAt: number, answers: Answers) {
    this.#apis = apis
    this.#setup = setup
    this.#startAt = startAt
    this.#answers = answers
  }

  get(key: string): Json | undefined {
    const made = this.#made?.get(key)
    if (made !== undefined) return made
    const slash = key.indexOf('/')
    const record = this.#sown.get(key.slice(0, slash))?.get(key.slice(slash + 1))
    if (record !== undefined) (this.#made ??= new Map<string, Json>()).set(key, record)
    return record
  }

  /** Every key that starts so. APIs that cannot have one are not asked for theirs: a crowd has many. */
  *keys(prefix = ''): Iterable<string> {
    for (const [api, seed] of this.#sown) {
      const own = `${api}/`
      const rest = prefix.startsWith(own) ? prefix.slice(own.length) : own.startsWith(prefix) ? '' : undefined
      if (rest === undefined) continue
      for (const key of seed.keys()) if (key.startsWith(rest)) yield own + key
    }
  }

  get #sown(): ReadonlyMap<string, Seed> {
    return (this.#seeds ??= this.#sow())
  }

  #sow(): Map<string, Seed> {
    const { seed, sections } = this.#setup
    const start = { now: this.#startAt, seed, answer: this.#answers.now }
    return new Map(this.#apis.map((api) => [api.id, api.seed(sections[api.id] ?? {}, start)]))
  }
}
