import { parseDuration } from './duration.ts'

/**
 * Instants that tell durations from each other: one before the first, one between each two, and one after the last, in
 * milliseconds from the start. Whatever has ended at one of them and not at the one before took as long as what lies
 * between.
 */
export function dividingInstants(durations: readonly string[]): readonly number[] {
  const times = durations.map((duration) => parseDuration(duration) ?? 0)
  return [0, ...times].map((time, index) => (time + (times[index] ?? time * 2)) / 2)
}

/** How long to wait at each instant, if one was there at the one before. */
export function waitsBetween(durations: readonly string[]): readonly number[] {
  return dividingInstants(durations).map((at, index, all) => at - (all[index - 1] ?? 0))
}
