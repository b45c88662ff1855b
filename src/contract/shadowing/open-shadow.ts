import type { JsonObject } from '../../core/json.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import type { SeenExchange } from '../playing/seen.ts'
import { SeenClock } from './seen-clock.ts'
import { Shadow, type Drift, type Shadowed } from './shadow.ts'

/** So much is remembered, to be held against another reading. */
const mostRemembered = 2000

/**
 * A shadow that leaves open what the contract does: before it tells a drift, it looks whether another reading of one open
 * point explains all that was seen, and goes on by that.
 */
export class OpenShadow {
  readonly #api: CheckedApi
  readonly #settings: JsonObject
  readonly #history: { readonly seen: SeenExchange; readonly number: number }[] = []
  readonly #clock = new SeenClock()
  #shadow: Shadow
  #readings: JsonObject = {}
  #told = new Set<string>()

  constructor(api: CheckedApi, settings: JsonObject) {
    this.#api = api
    this.#settings = settings
    this.#shadow = new Shadow(api, settings)
  }

  /** Whether a request is one of the API's. */
  takes(request: SeenExchange['request']): boolean {
    return this.#shadow.takes(request)
  }

  get result(): Shadowed {
    return { ...this.#shadow.result, readings: this.#readings }
  }

  /** Compares an answer, the how many-th of all, and gives back what is told for the first time. */
  observe({ request, answer, cameAt }: SeenExchange, number: number): readonly Drift[] {
    const at = cameAt === undefined ? answer.at : this.#clock.at(answer.at, cameAt)
    const seen = { request, answer: { ...answer, at } }
    if (this.#history.length < mostRemembered) this.#history.push({ seen, number })
    const found = this.#shadow.observe(seen, number)
    if (found.some(({ binding }) => binding) && this.#history.length < mostRemembered) this.#reread()
    return this.#shadow.result.drifts.filter((drift) => {
      const key = `${drift.clause} ${drift.operation} ${drift.difference.where}`
      const isNew = !this.#told.has(key)
      this.#told.add(key)
      return isNew
    })
  }

  #reread(): void {
    if (Object.keys(this.#readings).length > 0) return
    for (const reading of readingsOf(this.#api, this.#settings)) {
      const other = new Shadow(this.#api, { ...this.#settings, ...reading })
      for (const { seen, number } of this.#history) other.observe(seen, number)
      if (other.result.drifts.length > 0) continue
      this.#shadow = other
      this.#readings = reading
      return
    }
  }
}

/** Each other value of a setting that stands for an open point, has a few values, and of which nobody has said what it is. */
function readingsOf(api: CheckedApi, settings: JsonObject): JsonObject[] {
  const inForce = readSettings(api, settings)
  return Object.entries(api.settings).flatMap(([name, field]): JsonObject[] => {
    if (!('openPoint' in field) || field.openPoint === undefined || Object.hasOwn(settings, name)) return []
    const values = field.kind === 'choice' ? field.choices : field.kind === 'boolean' ? [true, false] : []
    return values.filter((value) => value !== inForce[name]).map((value) => ({ [name]: value }))
  })
}
