/** A limit to how long somebody waits in all. */
export class Deadline {
  readonly #until: number

  constructor(ms: number) {
    this.#until = performance.now() + ms
  }

  /** Milliseconds that are left; 0 or less when it is over. */
  get left(): number {
    return this.#until - performance.now()
  }

  /** What the promise comes to; throws {@link OutOfPatience} if that takes too long. */
  async wait<Result>(promise: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new OutOfPatience()), Math.max(0, this.left))
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Thrown to somebody who has waited long enough. */
export class OutOfPatience extends Error {
  constructor() {
    super('there was no answer in time')
    this.name = 'OutOfPatience'
  }
}
