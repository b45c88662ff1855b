/** The right codes that were given out, by username: a server may take each only once. */
export class CodeBook {
  readonly #given = new Map<string, string>()

  /** The code that is shown now; where it must not be the last one again, the next, after a wait. */
  async next(
    username: string,
    { show, wait, once }: { show: () => Promise<string>; wait: () => Promise<void>; once: boolean },
  ): Promise<string> {
    let code = await show()
    if (once && code === this.#given.get(username)) {
      await wait()
      code = await show()
    }
    this.#given.set(username, code)
    return code
  }
}
