import { UnderstudyError } from '../core/errors.ts'
import type { Setup } from './setup.ts'

const mib = 1_048_576

/** Bytes that callers may fill, by what they fill. */
interface Room {
  /** The journal of a world, and those of all. */
  readonly journal: number
  readonly journals: number
  /** What is large among the records of a world, and that with the scenarios of all that have one of their own. */
  readonly world: number
  readonly worlds: number
  /** Named snapshots. */
  readonly snapshots: number
  /** What was there before changes of a world that can be taken back, but for the latest. */
  readonly past: number
  /** The faults of a world, and what is scheduled in it. */
  readonly faults: number
  readonly schedule: number
}

/**
 * How many they may be. The numbers of things are bounded elsewhere, but a few can be large; docs/security.md tells what
 * goes or is refused beyond each.
 */
export const room: Room = {
  journal: 16 * mib,
  journals: 64 * mib,
  world: 64 * mib,
  worlds: 256 * mib,
  snapshots: 64 * mib,
  past: 16 * mib,
  faults: mib,
  schedule: mib,
}

/** A record counts by what it has beyond this: a crowd has as many small ones as were touched. */
const smallRecord = 4096

/** What V8 takes for a text beside its letters, for a list or a map, and for a member beside its name; roughly. */
const [perText, perObject, perMember] = [24, 56, 16]

/** Bytes that plain data takes in memory, roughly. */
export function weigh(value: unknown): number {
  if (typeof value === 'string') return perText + value.length
  if (typeof value !== 'object' || value === null) return 8
  let weight = perObject
  if (Array.isArray(value)) for (const item of value) weight += weigh(item)
  else
    for (const name of Object.keys(value))
      weight += perMember + name.length + weigh((value as Record<string, unknown>)[name])
  return weight
}

/** What a record counts with. */
export function weighRecord(record: unknown): number {
  return Math.max(0, weigh(record) - smallRecord)
}

const scenarios = new WeakMap<Setup, number>()

/** What a scenario takes: as it was written, as it was read, and as the records that are made of it. */
export function weighScenario(setup: Setup): number {
  const known = scenarios.get(setup)
  if (known !== undefined) return known
  const weight = 3 * weigh(setup.source) + weigh(setup.start ?? null)
  scenarios.set(setup, weight)
  return weight
}

/** The error for what would not fit. Nothing was changed. */
export function noRoom(what: string, limit: number, advice: string): UnderstudyError {
  const message = `${what} may take ${limit / mib} MiB, and this would be more; ${advice}.`
  return new UnderstudyError('ERR_NO_ROOM', message, [{ path: [], message }])
}
