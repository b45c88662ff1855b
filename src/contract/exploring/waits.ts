import type { JsonObject } from '../../core/json.ts'
import type { CheckedApi } from '../target/checked-api.ts'

const dayMs = 86_400_000

/** For how long a sequence waits that is about one duration, in milliseconds. */
export type Waits = readonly number[]

/**
 * For each duration that an administrator set: until just before and just after it is over, and a little more than half of
 * it, which twice is more than the whole and once is not. And in each for a moment.
 */
export function boundaryWaits(api: CheckedApi, settings: JsonObject): Waits[] {
  const durations = Object.entries(api.settings).flatMap(([name, field]) => {
    const ms = settings[name]
    return field.kind === 'duration' && typeof ms === 'number' && ms >= 2000 && ms <= 30 * dayMs ? [ms] : []
  })
  const around = durations.map((ms) => [20_000, ms - Math.min(5000, ms / 2), ms + 2000, ms * 0.6].map(Math.round))
  return around.length === 0 ? [[20_000]] : around
}
