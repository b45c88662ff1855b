import type { ClockState } from '../core/clock.ts'
import type { Fault } from '../core/fault.ts'
import { number } from '../core/field.ts'
import { single } from '../core/kind.ts'
import type { Records } from '../core/step.ts'
import type { ScheduledEvent } from './scheduled.ts'

// What a world records beside the records of its APIs.

export const clockRecord = single<ClockState>('clock')
export const faultsRecord = single<readonly Fault[]>('faults')

/** What is to come, in the order in which it was scheduled. */
export function scheduleOf(records: Records): readonly ScheduledEvent[] {
  return (records.get('schedule') ?? []) as unknown as readonly ScheduledEvent[]
}

/** How fast a clock may run: a day in less than a tenth of a second. */
export const scaleField = number({ about: 'world seconds per real second', min: 0, max: 1_000_000 })
