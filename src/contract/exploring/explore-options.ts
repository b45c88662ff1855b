import type { Budget } from '../playing/budget.ts'
import type { HttpPlayerOptions } from '../playing/http-player.ts'
import type { FoundDeviation } from './found.ts'

/** How a target is explored. */
export interface ExploreOptions extends HttpPlayerOptions {
  readonly budget: Budget
  readonly seed: number
  /** How many sequences are made before the first that is played: those of an earlier run. */
  readonly after: number
  readonly sequences: number
  /** How many sequences are played at once, each by accounts of its own; one if left out. */
  readonly jobs?: number
  /** Ends the run after so long, in milliseconds. */
  readonly time?: number
  /** What an earlier run has found: it is not shrunk again. */
  readonly known?: readonly string[]
  readonly onStart?: (number: number, last: number) => void
  readonly onFound?: (found: FoundDeviation) => void
}
