const second = 1000

/**
 * What a server's clock shows, more exactly than the whole seconds that it tells: by when its answers came, as far as
 * all that it told allows. Two failures within a second are told from two within two.
 */
export class SeenClock {
  // So much ahead of ours it is at least, and at most.
  #least = -Infinity
  #most = Infinity
  #ahead: number | undefined

  /** The instant of an answer, from the whole seconds in it and the instant at which it came. */
  at(told: number, cameAt: number): number {
    const least = told - cameAt
    this.#least = Math.max(this.#least, least)
    this.#most = Math.min(this.#most, least + second)
    if (this.#least > this.#most) {
      // Somebody has set it.
      this.#least = least
      this.#most = least + second
    }
    // Most servers are set as this machine is.
    this.#ahead = Math.min(Math.max(this.#ahead ?? 0, this.#least), this.#most)
    return cameAt + this.#ahead
  }
}
