import type { Fault, FaultSpec } from '../core/fault.ts'
import type { Moment } from '../core/field.ts'

/** A fault that is in force from now on; `instant` turns a moment into an instant of the world's clock. */
export function toFault(spec: FaultSpec, id: string, instant: (moment: Moment) => number): Fault {
  const { for: forMs, until, ...rest } = spec
  const ends = forMs === undefined ? until : { in: forMs }
  return { ...rest, id, seen: 0, struck: 0, ...(ends === undefined ? {} : { endsAt: instant(ends) }) }
}
