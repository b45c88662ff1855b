import type { ClockState } from '../core/clock.ts'
import type { Fault } from '../core/fault.ts'
import { single } from '../core/kind.ts'

// What a world records beside the records of its APIs.

export const clockRecord = single<ClockState>('clock')
export const faultsRecord = single<readonly Fault[]>('faults')
