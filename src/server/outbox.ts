import type { ServerResponse } from 'node:http'
import type { Answer } from '../world/play.ts'

/**
 * Answers that leave together, once every request that came in with theirs is played. Sent one by one, each would wake
 * its reader, who then waits for the next: to wake somebody costs the system more than to play a request.
 */
export class Outbox {
  readonly #send: (response: ServerResponse, answer: Answer) => void
  #waiting: (readonly [ServerResponse, Answer])[] = []

  /** What sends an answer must not throw. */
  constructor(send: (response: ServerResponse, answer: Answer) => void) {
    this.#send = send
  }

  add(response: ServerResponse, answer: Answer): void {
    if (this.#waiting.length === 0) setImmediate(this.#empty)
    this.#waiting.push([response, answer])
  }

  readonly #empty = (): void => {
    const waiting = this.#waiting
    this.#waiting = []
    for (const [response, answer] of waiting) this.#send(response, answer)
  }
}
