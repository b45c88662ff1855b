import { check } from '../core/check.ts'
import { didYouMean, formatIssue, UnderstudyError } from '../core/errors.ts'
import { describeFault, type Fault } from '../core/fault.ts'
import { integer, object, text } from '../core/field.ts'
import type { InferField } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import { nearestWord } from '../core/nearest.ts'
import { faultField, faultFields } from './fault-field.ts'
import { catchUp } from './catch-up.ts'
import { faultIssues } from './fault-issues.ts'
import { putFault } from './put-fault.ts'
import type { Stage } from './stage.ts'
import type { WrittenFault } from './written-fault.ts'
import { faultsRecord } from './own-records.ts'

// A fault in force tells its end by the clock.
const { for: _for, until: _until, ...lastingFields } = faultFields

/** A fault as people see it. */
export const faultViewField = object(
  {
    id: text({ about: 'its id' }),
    what: text({ about: 'what it does, in words' }),
    seen: integer({ about: 'requests that it could have struck' }),
    struck: integer({ about: 'requests that it struck' }),
    until: text({ about: 'when it ends by itself', optional: true }),
    spec: object(lastingFields, { about: 'the fault as it was written; durations in milliseconds' }),
  },
  { about: 'a fault in force', named: 'Fault' },
)

export type FaultView = InferField<typeof faultViewField>

/** The faults in force in a world. */
export class WorldFaults<On extends string = string> {
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  list(): FaultView[] {
    catchUp(this.#stage)
    return this.#faults.map(viewFault)
  }

  /** Puts a fault in force, written as in a scenario: `{ on: 'secure-login.auth', reply: { status: 503 }, times: 2 }`. */
  add(input: WrittenFault<On>): FaultView {
    const checked = check(faultField, input)
    const issues = checked.value === undefined ? checked.issues : faultIssues(checked.value, this.#stage.apis)
    if (checked.value === undefined || issues.length > 0) {
      throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
    }
    catchUp(this.#stage)
    return viewFault(putFault(this.#stage, checked.value))
  }

  /** Takes one fault off, or all of them; how many there were. */
  clear(id?: string): number {
    catchUp(this.#stage)
    const staying = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id)
    const cleared = this.#faults.length - staying.length
    if (id !== undefined && cleared === 0) {
      const ids = this.#faults.map((fault) => fault.id)
      const there = ids.length === 0 ? 'there are none' : `there are ${ids.join(', ')}`
      throw new UnderstudyError(
        'ERR_FAULT_UNKNOWN',
        `There is no fault "${id}"; ${there}.${didYouMean(nearestWord(id, ids))}`,
      )
    }
    this.#stage.store.put('faults', staying)
    this.#stage.tell(id === undefined ? 'all faults were cleared' : `fault ${id} was cleared`)
    return cleared
  }

  get #faults(): readonly Fault[] {
    return faultsRecord.get(this.#stage.store)
  }
}

function viewFault(fault: Fault): FaultView {
  const { id, seen, struck, endsAt, ...spec } = fault
  const limits = [
    fault.user === undefined ? '' : ` for ${fault.user}`,
    fault.nth === undefined ? '' : `, only call ${fault.nth}`,
    fault.times === undefined ? '' : `, ${fault.times} ${fault.times === 1 ? 'time' : 'times'}`,
    fault.probability === undefined ? '' : `, with probability ${fault.probability}`,
  ]
  return {
    id,
    what: describeFault(fault) + limits.join(''),
    seen,
    struck,
    ...(endsAt === undefined ? {} : { until: toIso(endsAt) }),
    spec,
  }
}
