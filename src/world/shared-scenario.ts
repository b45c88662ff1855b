import type { JsonObject } from '../core/json.ts'
import { storeWide } from './turn.ts'

/** A scenario as it was written, under the name that people know it by. */
export type NamedScenario = { readonly name: string; readonly source: JsonObject }

/** What a shared world plays, and since when. */
export type StageRecord = NamedScenario & {
  /** By the server's clock: the scenario's relative times count from there. */
  readonly startedAt: number
}

/** Where the scenario of worlds that are yet to begin is written. */
export const scenarioKey: string = `${storeWide}scenario`
