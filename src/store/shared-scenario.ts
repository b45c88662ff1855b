import type { JsonObject } from '../core/json.ts'
import type { Setup, SetupStart } from '../world/setup.ts'
import { storeWide } from './turn.ts'

/** A scenario as it was written, under the name that people know it by. */
export type NamedScenario = {
  readonly name: string
  readonly source: JsonObject
  /** Where it begins instead of at the scenario's start. */
  readonly start?: SetupStart
}

/** What a shared world plays, and since when. */
export type StageRecord = NamedScenario & {
  /** By the server's clock: the scenario's relative times count from there. */
  readonly startedAt: number
}

/** Where the scenario of worlds that are yet to begin is written. */
export const scenarioKey: string = `${storeWide}scenario`
/** Where the scenario is written that servers are started with. */
export const startedKey: string = `${storeWide}started`

export function toNamed({ name, source, start }: Setup): NamedScenario {
  return { name, source, ...(start === undefined ? {} : { start }) }
}

export function fromNamed(
  { name, source, start }: NamedScenario,
  readScenario: (source: unknown, name: string) => Setup,
): Setup {
  return { ...readScenario(source, name), ...(start === undefined ? {} : { start }) }
}
