import type { Issue } from '../../core/errors.ts'
import type { Account } from '../../core/kit.ts'
import type { CheckResult, Exchange, Guard } from './exchange.ts'
import type { Player } from './player.ts'
import type { Selection } from '../target/check-selection.ts'

/** One thing that a run is going to check, as rehearsed on the mock. */
export interface PlannedCheck {
  readonly id: string
  readonly title: string
  readonly kind: 'interaction' | 'journey'
  /** What will be sent; nothing where the check is left out. */
  readonly exchanges: readonly Exchange[]
  /** What it shows, whether it is left out or not. */
  readonly clauses: readonly string[]
  /** Who of the target's accounts plays whom. */
  readonly accounts: ReadonlyMap<string, Account>
  /** How many wrong codes each account will see, by username. */
  readonly attempts: ReadonlyMap<string, number>
  /** Whether it leaves an account locked. */
  readonly locks: boolean
  /** For how long it waits in real time, in milliseconds: 0 where the server's clock is moved instead. */
  readonly waitMs: number
  /** Whether all who play are made anew by provider states, so that no code harms anybody. */
  readonly isArranged: boolean
  /** Why it cannot be played. */
  readonly leftOut?: string
  /** What it expects that the mock itself does not answer, which is a mistake of whoever wrote it. */
  readonly mistakes?: readonly Issue[]
  /** Why it must not be. */
  readonly unsafe?: string
  /** Plays it on a server. */
  readonly play: (subject: Player, guard: Guard | undefined, at: number) => Promise<CheckResult>
}

/** How a plan is made. */
export interface PlanOptions extends Selection {
  /** Whether waiting in real time is all right, and for how long at a time, in milliseconds. */
  readonly allowWait: boolean
  readonly maxWait?: number
  /** Goes on after a difference, to see them all. */
  readonly toTheEnd?: boolean
  /** Takes any code for one that may be wrong, so that accounts play that may be locked wherever there are some. */
  readonly anyCodes?: boolean
}

/** A check that is not played. */
export function leftOut(head: Pick<PlannedCheck, 'id' | 'title' | 'kind' | 'clauses'>, because: string): PlannedCheck {
  const play = (): Promise<CheckResult> => Promise.resolve({ outcome: 'not reached', because, exchanges: [] })
  return {
    ...head,
    accounts: new Map(),
    exchanges: [],
    attempts: new Map(),
    locks: false,
    waitMs: 0,
    isArranged: false,
    leftOut: because,
    play,
  }
}
