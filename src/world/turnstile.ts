/** Lets in one at a time, in the order in which they came. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve()

  /** Waits until everybody before has left; the result is to be called on leaving. */
  async enter(): Promise<() => void> {
    const before = this.#last
    let leave: () => void = () => undefined
    this.#last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    return leave
  }
}
