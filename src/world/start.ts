import { startClock, worldTime } from '../core/clock.ts'
import { momentAt } from '../core/field.ts'
import type { Setup } from './setup.ts'
import type { Changes } from './changes.ts'
import { toFault } from './to-fault.ts'

/** Clock, faults and schedule of a scenario that starts at an instant of the host's clock: they count from there. */
export function beganNow({ clock: spec, faults: specs, schedule: planned }: Setup, at: number): Changes {
  const clock = startClock(spec, at)
  const worldAt = worldTime(clock, at)
  const faults = specs.map((fault, index) => toFault(fault, `f${index + 1}`, (when) => momentAt(when, worldAt)))
  const schedule = planned.map((event, index) => ({ ...event, id: `s${index + 1}`, at: momentAt(event.at, worldAt) }))
  return { clock, faults, ...(schedule.length === 0 ? {} : { schedule }) }
}

/** What a snapshot that is played like a scenario had changed already when it was taken. */
export function changedBefore({ start }: Setup, at: number): Changes {
  if (start === undefined) return {}
  const { at: worldAt, ...rest } = start.clock
  return { ...start.records, clock: { worldAt, realAt: at, ...rest } }
}
