import { startClock, worldTime } from '../core/clock.ts'
import { momentAt } from '../core/field.ts'
import type { Setup } from './setup.ts'
import type { Changes } from './changes.ts'
import { toFault } from './to-fault.ts'

/** Clock and faults of a scenario that starts at an instant of the host's clock: they count from there. */
export function beganNow({ clock: spec, faults: specs }: Setup, at: number): Changes {
  const clock = startClock(spec, at)
  const worldAt = worldTime(clock, at)
  const faults = specs.map((fault, index) => toFault(fault, `f${index + 1}`, (when) => momentAt(when, worldAt)))
  return { clock, faults }
}

/** What a snapshot that is played like a scenario had changed already when it was taken. */
export function changedBefore({ start }: Setup, at: number): Changes {
  if (start === undefined) return {}
  const { at: worldAt, ...rest } = start.clock
  return { ...start.records, clock: { worldAt, realAt: at, ...rest } }
}
