import { UnderstudyError } from '../../core/errors.ts'

/** How far a request got to which no answer of the server came. */
export type Delivery =
  /** Nowhere: no connection was made. */
  | 'unsent'
  /** Somebody said that it was not dealt with, and may be sent again. */
  | 'refused'
  /** Perhaps to the server: what became of it is not known. */
  | 'unanswered'
  /** Nowhere, and another try would get no further. */
  | 'hopeless'

/** A request that was not answered, and not sent again, by what a second one might do. */
export type RepeatRisk = 'request' | 'attempt'

/** Thrown where a server was not to be had. That says nothing about the contract. */
export class UnavailableError extends UnderstudyError {
  readonly trouble: Delivery
  /** By which somebody in front of the server, or the server itself, has said so. */
  readonly status: number | undefined

  /** What could not be sent again alone: a request that may have changed something, or one that the server counts. */
  readonly lost: RepeatRisk | undefined

  constructor(message: string, trouble: Delivery, status?: number, lost?: RepeatRisk) {
    super('ERR_TARGET_UNREACHABLE', message)
    this.trouble = trouble
    this.status = status
    this.lost = lost
  }
}

/** Statuses by which gateways, and servers that are not ready, say that nobody has dealt with a request. */
const outages: ReadonlyMap<number, Delivery> = new Map([
  [429, 'refused'],
  [502, 'unanswered'],
  [503, 'refused'],
  [504, 'unanswered'],
])

/** What a status says about the way to the server; undefined where it is an answer. */
export function troubleOf(status: number): Delivery | undefined {
  return outages.get(status)
}
