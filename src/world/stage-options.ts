import type { AnyApi } from '../core/api.ts'
import type { Random } from '../core/random.ts'
import type { Wait } from '../core/wait.ts'
import type { Answers } from './answers.ts'
import type { Events } from './events.ts'
import type { Entries } from './journal.ts'
import type { Routes } from './routes.ts'
import type { Setup } from './setup.ts'
import type { Store } from './store.ts'
import type { Transactions } from './transactions.ts'

/** What a stage is given. */
export interface StageOptions {
  readonly name: string
  readonly apis: readonly AnyApi[]
  readonly setup: Setup
  readonly answers: Answers
  /** The host's clock, in milliseconds. */
  readonly time: () => number
  readonly wait?: Wait | undefined
  /** Makes the identifiers of this world differ from those of every other; not part of its state. */
  readonly salt: string
  readonly journalLimit: number
  readonly sessionLimit: number
  readonly nextId: () => string
  /** Where the world is kept beyond the process. */
  readonly transactions?: Transactions | undefined
  /** What to play on instead of an own memory: one turn of a world that several servers share. */
  readonly turn?: StageTurn
}

/** The insides of a stage that lasts for one turn. */
export interface StageTurn {
  readonly store: Store
  readonly journal: Entries
  readonly events: Events
  readonly routes: Routes
  readonly random: Random
  /** How many records had to go to stay within the limit. */
  readonly evicted: () => number
  /** Left out by a turn that begins the world. */
  readonly startedAt: number | undefined
}
