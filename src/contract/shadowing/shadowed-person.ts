import { isSettled, type Possibility } from './possibility.ts'

/** Somebody whose requests are followed: nobody in particular where they have no name. */
export class ShadowedPerson {
  readonly username: string
  #possible: readonly Possibility[]
  #hasPast: boolean
  #isLoose = false

  /** With a past, what happened before may decide what comes next, until they are let in. */
  constructor(username: string, possible: readonly Possibility[], hasPast = false) {
    this.username = username
    this.#possible = possible
    this.#hasPast = hasPast
  }

  /** All that they may be. */
  get possible(): readonly Possibility[] {
    return this.#possible
  }

  /** Whether what is not followed may explain what none of the possibilities does. */
  get isOpen(): boolean {
    return this.#isLoose || this.#hasPast
  }

  /** They may be no more than this from now on. */
  narrow(possible: readonly Possibility[]): void {
    this.#possible = possible
    if (possible.every(isSettled)) this.#hasPast = false
  }

  /** What is not known may decide what comes next from now on. */
  loosen(): void {
    this.#isLoose = true
  }
}
