import type { JsonObject } from '../../core/json.ts'
import { nameOfWorld } from '../../world/world-name.ts'
import { controlPath } from '../../control/control-path.ts'
import type { SeenExchange } from '../playing/seen.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { OpenShadow } from './open-shadow.ts'
import type { Drift, Shadowed } from './shadow.ts'

/** So many worlds are followed, the latest. */
const mostWorlds = 100

// These change neither users nor settings; the clock tells itself in each answer.
const harmless = /^\/(clock|requests|share|schedule|faults|snapshots$)/
// What is set from then on is not known.
const isAboutSettings = /^\/(scenario|apis|snapshots\/)/

/**
 * The server behind, which may be a mock with a world for each test of a suite: each is followed on its own. What is changed
 * there by a control request that passes is forgotten, and of a world that is set otherwise nothing is said.
 */
export class ShadowedWorlds {
  readonly #api: CheckedApi
  readonly #settings: JsonObject
  readonly #worlds = new Map<string, OpenShadow>()
  readonly #otherwise = new Set<string>()
  readonly #first: OpenShadow
  readonly #drifts = new Map<string, Drift>()
  #past: Omit<Shadowed, 'drifts'> = { seen: 0, compared: 0, unknown: 0, readings: {} }
  #seen = 0

  constructor(api: CheckedApi, settings: JsonObject) {
    this.#api = api
    this.#settings = settings
    this.#first = new OpenShadow(api, settings)
  }

  /** Whether a request is one of the API's, or changes a mock. */
  takes(request: SeenExchange['request']): boolean {
    return this.#first.takes(request) || isChange(request)
  }

  get result(): Shadowed {
    const shadows = [...this.#worlds.values()].map(({ result }) => result)
    return { ...shadows.reduce(together, this.#past), drifts: [...this.#drifts.values()] }
  }

  /** Compares an answer, and gives back what is told for the first time. */
  observe(seen: SeenExchange): readonly Drift[] {
    const world = nameOfWorld(seen.request.headers) ?? ''
    if (isChange(seen.request)) {
      if (seen.answer.status < 300) this.#change(world, seen.request.path.slice(controlPath.length))
      return []
    }
    this.#seen++
    if (this.#otherwise.has(world)) {
      this.#past = together(this.#past, { seen: 1, compared: 0, unknown: 1, readings: {} })
      return []
    }
    const shadow = this.#worlds.get(world) ?? new OpenShadow(this.#api, this.#settings)
    this.#worlds.delete(world)
    this.#worlds.set(world, shadow)
    const [oldest] = this.#worlds.keys()
    if (this.#worlds.size > mostWorlds && oldest !== undefined) this.#forget(oldest)
    return shadow.observe(seen, this.#seen).filter((drift) => {
      const key = `${drift.clause} ${drift.operation} ${drift.difference.where}`
      const isNew = !this.#drifts.has(key)
      if (isNew) this.#drifts.set(key, drift)
      return isNew
    })
  }

  #change(world: string, path: string): void {
    if (harmless.test(path)) return
    const dropped = /^\/worlds\/(.*)$/.exec(path)?.[1]
    const changed = dropped === undefined ? world : decodeURIComponent(dropped)
    this.#forget(changed)
    if (isAboutSettings.test(path)) this.#otherwise.add(changed)
    else if (dropped !== undefined || path === '/reset') this.#otherwise.delete(changed)
  }

  #forget(world: string): void {
    const shadow = this.#worlds.get(world)
    if (shadow === undefined) return
    this.#past = together(this.#past, shadow.result)
    this.#worlds.delete(world)
  }
}

function isChange({ method, path }: SeenExchange['request']): boolean {
  return path.startsWith(`${controlPath}/`) && method !== 'GET' && method !== 'HEAD'
}

function together(one: Omit<Shadowed, 'drifts'>, other: Omit<Shadowed, 'drifts'>): Omit<Shadowed, 'drifts'> {
  return {
    seen: one.seen + other.seen,
    compared: one.compared + other.compared,
    unknown: one.unknown + other.unknown,
    readings: { ...one.readings, ...other.readings },
  }
}
