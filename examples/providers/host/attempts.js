// @ts-check

/**
 * How many wrong codes each user has seen and how often that locked them, over the whole life of the server: nothing
 * that arranges or undoes a state makes it less, so a test can prove what it did to an account.
 */
export class Attempts {
  /** @type {Map<string, { wrong: number, locked: number }>} */
  #counts = new Map()

  /** @param {string} username */
  wrong(username) {
    this.#countOf(username).wrong++
  }

  /** @param {string} username */
  locked(username) {
    this.#countOf(username).locked++
  }

  toJSON() {
    return Object.fromEntries(this.#counts)
  }

  /** @param {string} username */
  #countOf(username) {
    const count = this.#counts.get(username) ?? { wrong: 0, locked: 0 }
    this.#counts.set(username, count)
    return count
  }
}
