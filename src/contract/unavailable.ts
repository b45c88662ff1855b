import { UnderstudyError } from '../core/errors.ts'

/** How far a request got to which no answer of the server came. */
export type Trouble =
  /** Nowhere: no connection was made. */
  | 'unsent'
  /** Somebody said that it was not dealt with, and may be sent again. */
  | 'refused'
  /** Perhaps to the server: what became of it is not known. */
  | 'unanswered'
  /** Nowhere, and another try would get no further. */
  | 'hopeless'

/** Thrown where a server was not to be had. That says nothing about the contract. */
export class UnavailableError extends UnderstudyError {
  readonly trouble: Trouble
  /** By which somebody in front of the server, or the server itself, has said so. */
  readonly status: number | undefined

  /** The request alone could not be sent again, but what it was a part of can be done from the start. */
  readonly canStartOver: boolean

  constructor(message: string, trouble: Trouble, status?: number, canStartOver = false) {
    super('ERR_TARGET_UNREACHABLE', message)
    this.trouble = trouble
    this.status = status
    this.canStartOver = canStartOver
  }
}

/** Statuses by which gateways, and servers that are not ready, say that nobody has dealt with a request. */
const outages: ReadonlyMap<number, Trouble> = new Map([
  [429, 'refused'],
  [502, 'unanswered'],
  [503, 'refused'],
  [504, 'unanswered'],
])

/** What a status says about the way to the server; undefined where it is an answer. */
export function troubleOf(status: number): Trouble | undefined {
  return outages.get(status)
}
