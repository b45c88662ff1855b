// @ts-check

/** A server's clock: the machine's, moved on by as much as was asked, or standing still at an instant. */
export class Clock {
  #ahead = 0
  /** @type {number | undefined} */
  #stoppedAt

  /** @returns {number} milliseconds since 1970 */
  now() {
    return this.#stoppedAt ?? Date.now() + this.#ahead
  }

  /** @param {number} milliseconds */
  advance(milliseconds) {
    if (this.#stoppedAt === undefined) this.#ahead += milliseconds
    else this.#stoppedAt += milliseconds
  }

  /** @param {number} instant */
  stopAt(instant) {
    this.#stoppedAt = instant
  }

  /** Back to the machine's time. */
  reset() {
    this.#ahead = 0
    this.#stoppedAt = undefined
  }
}
