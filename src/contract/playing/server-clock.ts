import { fromIso } from '../../core/instant.ts'
import { headerValue } from '../../core/http.ts'
import { valueIn } from '../../core/json.ts'
import type { Kit } from '../../core/kit.ts'
import type { Response } from './http-client.ts'

/** A Date header is cut to the second; what is closer than that is no drift. */
const cutMs = 1500

/** A clock that goes on as ours does does not jump by more than this between two answers. */
const jumpMs = 5000

const hourMs = 3_600_000

/**
 * The clock of a server, as far as its answers tell: by the time that the API itself tells, else by `Date`. Instants are
 * judged by it, and codes are made for it, so that a server whose clock is off is told to be off and nothing else.
 */
export class ServerClock {
  readonly #time: Kit['time']
  /** Whether somebody can move it, so that it may be anywhere. */
  readonly #isMovable: boolean
  readonly #now: () => number
  #driftMs = 0
  #movedMs = 0
  /** Whether the API has told its time since something may have moved it. */
  #isTold = false
  #firstDriftMs: number | undefined

  constructor(time: Kit['time'], isMovable: boolean, now: () => number) {
    this.#time = time
    this.#isMovable = isMovable
    this.#now = now
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#now() + this.#driftMs + this.#movedMs
  }

  /** How far it was ahead of ours when it was first told, in milliseconds; 0 where nothing told it. */
  get driftMs(): number {
    return this.#firstDriftMs ?? 0
  }

  /** We have moved it on. */
  moved(ms: number): void {
    this.#movedMs += ms
  }

  /** Something else may have moved it, such as a provider state. */
  unsettle(): void {
    this.#isTold = false
  }

  /** Takes what an answer tells of the time. */
  hear(path: string, answered: Response): void {
    const told = this.#told(path, answered)
    const date = Date.parse(headerValue(answered.headers, 'date') ?? '')
    if (told !== undefined && this.#isCredible(told, date)) {
      this.#isTold = true
      this.#set(told)
    } else if (!this.#isTold && this.#movedMs === 0 && !Number.isNaN(date)) {
      // Once the clock was moved, a Date header may tell of another one.
      if (Math.abs(date - this.now()) > cutMs) this.#set(date)
      this.#firstDriftMs ??= 0
    }
  }

  #told(path: string, { body }: Response): number | undefined {
    if (this.#time === undefined || !path.startsWith(this.#time.path)) return undefined
    const value = valueIn(body, this.#time.member)
    return typeof value === 'string' ? fromIso(value) : undefined
  }

  /** What stands still, or is local time, is no clock: it is left to be judged by the one that is known. */
  #isCredible(told: number, date: number): boolean {
    if (this.#isTold) return Math.abs(told - this.now()) <= jumpMs
    return this.#isMovable || Number.isNaN(date) || Math.abs(told - date) < hourMs - jumpMs
  }

  #set(instant: number): void {
    if (Math.abs(instant - this.now()) > cutMs) this.#driftMs = instant - this.#now() - this.#movedMs
    this.#firstDriftMs ??= this.#driftMs
  }
}
