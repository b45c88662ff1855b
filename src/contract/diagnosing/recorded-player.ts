import type { Answered } from '../comparing/answered.ts'
import type { Exchange } from '../playing/exchange.ts'
import { NotReachedError, type SessionCredentials, type Player } from '../playing/player.ts'

/** Answers that a server gave earlier, given again in the same order: to see who else would have given them. */
export class RecordedPlayer implements Player {
  readonly baseUrl: string
  readonly #answers: readonly (Answered | undefined)[]
  #next = 0
  #at: number

  /** `at` is when the server was asked first, by its clock. */
  constructor(exchanges: readonly Exchange[], baseUrl: string, at: number) {
    this.baseUrl = baseUrl
    this.#at = at
    this.#answers = exchanges.map(({ received }) => received)
  }

  now(): number {
    return this.#at
  }

  async send(): Promise<Answered> {
    const answer = this.#answers[this.#next++]
    if (answer === undefined) throw new NotReachedError('no more answers were recorded')
    this.#at = answer.at
    return answer
  }

  async open(): Promise<SessionCredentials> {
    return { cookies: [], headers: [] }
  }

  async code(): Promise<string> {
    return ''
  }

  async wait(): Promise<void> {
    // Time has passed already.
  }

  async arrange(): Promise<Record<string, never>> {
    return {}
  }
}
