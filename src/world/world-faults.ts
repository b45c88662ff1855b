import type { AnyApi } from '../core/api.ts'
import { check } from '../core/check.ts'
import { worldTime } from '../core/clock.ts'
import { formatDuration } from '../core/duration.ts'
import { didYouMean, formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { describeFault, type Fault, type FaultSpec } from '../core/fault.ts'
import {
  choice,
  duration,
  flag,
  integer,
  moment,
  momentAt,
  number,
  object,
  text,
  type AnyField,
  type Field,
} from '../core/field.ts'
import { toIso } from '../core/instant.ts'
import { nearestWord } from '../core/nearest.ts'
import { noRoom, room, weigh } from './room.ts'
import type { Stage } from './stage.ts'
import { toFault } from './to-fault.ts'
import { clockRecord, faultsRecord } from './own-records.ts'

const fields = {
  on: text({ about: 'which operation: secure-login.auth, secure-login.* or *' }),
  user: text({ about: 'only requests of this user', optional: true }),
  nth: integer({ about: 'only the n-th matching request, counted from 1', optional: true, min: 1 }),
  times: integer({ about: 'at most so many times', optional: true, min: 1 }),
  probability: number({ about: 'how often, from 0 to 1; drawn by the seed', optional: true, min: 0, max: 1 }),
  processed: flag({ about: 'whether the server did its work before the fault struck', optional: true }),
  for: duration({ about: "ends by itself after so long, by the world's clock", optional: true, min: 1 }),
  until: moment({ about: 'ends by itself then, instead of `for`', optional: true }),
  reply: object(
    {
      status: integer({ about: 'the status', min: 200, max: 599 }),
      body: text({ about: 'the body', optional: true }),
      contentType: text({
        about: 'its type; text/plain if blank',
        optional: true,
        pattern: /^[\x20-\x7e]+$/,
        shape: 'a media type',
      }),
    },
    { about: 'answers this instead', optional: true },
  ),
  delay: duration({ about: 'waits so long before the answer, in real time', optional: true, min: 0 }),
  break: choice(['reset', 'truncate', 'malformed'], {
    about: 'resets the connection, cuts the body off, or spoils its form',
    optional: true,
  }),
  omit: text({ about: 'leaves this member out of the JSON body, by dotted path', optional: true }),
  dropCookie: flag({ about: 'leaves every Set-Cookie out', optional: true }),
} satisfies { readonly [Name in keyof FaultSpec]-?: AnyField }

const faultLimit = 1000

/** How a fault is written in scenarios and control calls. */
export const faultField: Field<FaultSpec> = object(fields, { about: 'a fault' })

/** What is wrong with the faults of a world together, wherever they come from: each is asked about every request. */
export function crowdIssues(faults: readonly (FaultSpec | Fault)[], path: Issue['path']): readonly Issue[] {
  if (faults.length > faultLimit)
    return [{ path, message: `There are ${faults.length} faults; there may be ${faultLimit}.` }]
  if (weigh(faults) <= room.faults) return []
  return [{ path, message: `The faults of a world may take ${room.faults / 1_048_576} MiB; these are more.` }]
}

/** How a fault is stored. */
export const storedFaultField: Field<Fault> = object(
  {
    ...fields,
    id: text({ about: 'its id', pattern: /^f[1-9][0-9]{0,8}$/, shape: 'an id such as f1' }),
    seen: integer({ about: 'matching calls', min: 0 }),
    struck: integer({ about: 'calls struck', min: 0 }),
    endsAt: integer({ about: 'when it ends', optional: true }),
  },
  { about: 'a fault' },
)

/** What is wrong with a fault's aim or effect although each member fits. */
export function faultIssues(spec: FaultSpec, apis: readonly AnyApi[]): readonly Issue[] {
  const targets = ['*', ...apis.flatMap((api) => [`${api.id}.*`, ...api.operations.map(({ id }) => `${api.id}.${id}`)])]
  const issues: Issue[] = []
  if (!targets.includes(spec.on)) {
    const nearest = nearestWord(spec.on, targets)
    const message = `"${spec.on}" is not an operation; there are ${targets.join(', ')}.`
    issues.push({ path: ['on'], message, ...(nearest === undefined ? {} : { nearest }) })
  }
  const hasEffect = [spec.reply, spec.delay, spec.break, spec.omit, spec.dropCookie].some(
    (effect) => effect !== undefined,
  )
  if (!hasEffect)
    issues.push({ path: ['on'], message: 'The fault does nothing; say reply, delay, break, omit or dropCookie.' })
  return issues
}

/** A fault as people see it. */
export type FaultView = {
  readonly id: string
  readonly what: string
  readonly seen: number
  readonly struck: number
  readonly until?: string
  readonly spec: Omit<Fault, 'id' | 'seen' | 'struck' | 'endsAt'>
}

/** The faults in force in a world. */
export class WorldFaults {
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  list(): FaultView[] {
    return this.#faults.map(viewFault)
  }

  /** Puts a fault in force, written as in a scenario: `{ on: 'secure-login.auth', reply: { status: 503 }, times: 2 }`. */
  add(input: unknown): FaultView {
    const checked = check(faultField, input)
    const issues = checked.value === undefined ? checked.issues : faultIssues(checked.value, this.#stage.apis)
    if (checked.value === undefined || issues.length > 0) {
      throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
    }
    if (this.#faults.length >= faultLimit) {
      const message = `There are ${faultLimit} faults in force already, and each is asked about every request; clear some first.`
      throw new UnderstudyError('ERR_CHANGE_INVALID', message, [{ path: [], message }])
    }
    const clock = clockRecord.get(this.#stage.store)
    const now = worldTime(clock, this.#stage.time())
    const fault = toFault(checked.value, this.#freeId(), (at) => momentAt(at, now))
    if (weigh([...this.#faults, fault]) > room.faults)
      throw noRoom('The faults of a world', room.faults, 'clear some first')
    this.#stage.store.put('faults', [...this.#faults, fault])
    this.#stage.tell(`fault ${fault.id}: ${describeFault(fault)}`)
    return viewFault(fault)
  }

  /** Takes one fault off, or all of them; how many there were. */
  clear(id?: string): number {
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

  #freeId(): string {
    const highest = Math.max(0, ...this.#faults.map((fault) => Number(fault.id.slice(1))))
    return `f${highest + 1}`
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
  const delay = spec.delay === undefined ? {} : { delay: spec.delay }
  return {
    id,
    what: describeFault(fault).replace(`${fault.delay} ms`, formatDuration(fault.delay ?? 0)) + limits.join(''),
    seen,
    struck,
    ...(endsAt === undefined ? {} : { until: toIso(endsAt) }),
    spec: { ...spec, ...delay },
  }
}
