/** So many values are kept at least before those are looked for that nobody needs any more. */
const few = 64

/**
 * What stood at one place of the entries of a journal: each value once, with the entry from which on it stood there. Most requests
 * are like the one before them, and of what is alike nothing is written: a journal that wrote a thousand entries one over the
 * other would have each request wait for memory that no request has used for long.
 */
export class Column<Value> {
  #latest: Value | undefined
  #from: number[] = []
  #values: (Value | undefined)[] = []
  #enough = few

  /** The value of the latest entry that has one. */
  get latest(): Value | undefined {
    return this.#latest
  }

  /** How many values it holds, those that nobody needs any more among them. */
  get size(): number {
    return this.#from.length
  }

  /** Takes the value of an entry, which comes after all that were taken; those before `oldest` may be forgotten. */
  put(entry: number, value: Value | undefined, oldest: number): void {
    if (value !== this.#latest) this.#add(entry, value, oldest)
  }

  #add(entry: number, value: Value | undefined, oldest: number): void {
    this.#latest = value
    this.#from.push(entry)
    this.#values.push(value)
    if (this.#from.length < this.#enough) return
    this.forget(oldest)
    this.#enough = Math.max(few, 2 * this.#from.length)
  }

  /** The value of an entry. */
  at(entry: number): Value | undefined {
    return this.#values[this.#whereFor(entry)]
  }

  /** Forgets what no entry from this one on has. */
  forget(oldest: number): void {
    const first = this.#whereFor(oldest)
    if (first <= 0) return
    this.#from = this.#from.slice(first)
    this.#values = this.#values.slice(first)
  }

  /** Where the value of an entry is; -1 before the first. */
  #whereFor(entry: number): number {
    const from = this.#from
    let [low, high] = [0, from.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((from[middle] as number) <= entry) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
