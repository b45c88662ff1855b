import type { Keeper } from './keeper.ts'
import { Turnstile } from './turnstile.ts'

/**
 * Makes one whole of what a request or a control call changes: it is kept before anybody is told of it, or undone. For
 * worlds that have a keeper; all others have nothing that could fail.
 */
export class Transactions {
  readonly #keeper: Keeper
  readonly #turnstile = new Turnstile()
  /** How to take back what was changed since the last time, oldest first. */
  #undo: (() => void)[] = []
  /** What waits until the changes are kept. */
  #late: (() => void)[] = []
  #isOpen = false
  /** How many are under way that take longer than one go, or wait for such. */
  #waiting = 0

  constructor(keeper: Keeper) {
    this.#keeper = keeper
  }

  /** Whether whoever comes now has to wait. */
  get isBusy(): boolean {
    return this.#waiting > 0
  }

  /** Something was changed, or is about to be: how to take it back, and what the keeper has to know of it. */
  note(undo: () => void, tell?: (keeper: Keeper) => void): void {
    this.#undo.push(undo)
    tell?.(this.#keeper)
  }

  /** For what nobody may hear of before it is kept: at once, where nothing is under way. */
  afterwards(action: () => void): void {
    if (this.#isOpen) this.#late.push(action)
    else action()
  }

  /**
   * Does something, and keeps what it changed; waits only while another is under way. Whatever is thrown, by the work or
   * by the keeper, nothing was changed.
   */
  run<Result>(work: () => Result): Result | Promise<Result> {
    if (this.isBusy) return this.runAlone(work)
    try {
      this.#open()
      return this.#keep(work())
    } catch (error) {
      this.#takeBack()
      throw error
    }
  }

  /** As {@link run}, for work that waits: nobody else is let in before it is over. */
  async runAlone<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    this.#waiting++
    const leave = await this.#turnstile.enter()
    try {
      this.#open()
      return this.#keep(await work())
    } catch (error) {
      this.#takeBack()
      throw error
    } finally {
      this.#waiting--
      leave()
    }
  }

  #open(): void {
    // What was changed outside of any stands by itself.
    this.#keeper.keep()
    this.#reset()
    this.#isOpen = true
  }

  #keep<Result>(result: Result): Result {
    this.#keeper.keep()
    const late = this.#late
    this.#reset()
    for (const action of late) action()
    return result
  }

  /** The newest first, so that each finds what it left. */
  #takeBack(): void {
    for (const undo of this.#undo.toReversed()) undo()
    this.#keeper.forget()
    this.#reset()
  }

  #reset(): void {
    this.#undo = []
    this.#late = []
    this.#isOpen = false
  }
}

/** Has a map hold what it held before, in the same order. */
export function refill<Value>(map: Map<string, Value>, entries: readonly (readonly [string, Value])[]): void {
  map.clear()
  for (const [name, value] of entries) map.set(name, value)
}
