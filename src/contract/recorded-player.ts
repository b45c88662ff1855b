import type { Answered } from './difference.ts'
import type { Exchange } from './exchange.ts'
import { NotReachedError, type Opened, type Player } from './player.ts'

/** Answers that a server gave earlier, given again in the same order: to see who else would have given them. */
export class RecordedPlayer implements Player {
  readonly #answers: readonly (Answered | undefined)[]
  #next = 0

  constructor(exchanges: readonly Exchange[]) {
    this.#answers = exchanges.map(({ received }) => received)
  }

  async send(): Promise<Answered> {
    const answer = this.#answers[this.#next++]
    if (answer === undefined) throw new NotReachedError('no more answers were recorded')
    return answer
  }

  async open(): Promise<Opened> {
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
