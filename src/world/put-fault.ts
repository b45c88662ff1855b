import { UnderstudyError } from '../core/errors.ts'
import { describeFault, type Fault, type FaultSpec } from '../core/fault.ts'
import { momentAt } from '../core/field.ts'
import { faultLimit } from './fault-issues.ts'
import { faultsRecord } from './own-records.ts'
import { noRoom, room, weigh } from './room.ts'
import type { Stage } from './stage.ts'
import { toFault } from './to-fault.ts'

/** Puts a fault in force that was checked, and tells it. Throws where there would be too many. */
export function putFault(stage: Stage, spec: FaultSpec): Fault {
  const faults = faultsRecord.get(stage.store)
  if (faults.length >= faultLimit) {
    const message = `There are ${faultLimit} faults in force already, and each is asked about every request; clear some first.`
    throw new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [], message }])
  }
  const highest = Math.max(0, ...faults.map(({ id }) => Number(id.slice(1))))
  const fault = toFault(spec, `f${highest + 1}`, (at) => momentAt(at, stage.worldNow()))
  if (weigh([...faults, fault]) > room.faults) throw noRoom('The faults of a world', room.faults, 'clear some first')
  stage.store.put('faults', [...faults, fault])
  stage.tell(`fault ${fault.id}: ${describeFault(fault)}`)
  return fault
}
