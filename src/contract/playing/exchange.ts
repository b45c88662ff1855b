import type { SendStep } from '../../core/journey.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Difference } from '../comparing/difference.ts'
import type { Call } from './player.ts'
import { UnavailableError, type RepeatRisk } from './unavailable.ts'

/** One request of a check: what was sent, what had to come back by which clause, and what came. */
export interface Exchange {
  /** Which step of a journey it belongs to, counted from 0. */
  readonly step: number
  readonly call: Call
  /** The step as the journey writes it: its names tell what was sent without telling any secret. */
  readonly sent: SendStep
  readonly meaning: Meaning
  /** The clause that the step is there for, where it says so. */
  readonly shows?: string
  readonly expected: Answered
  /** Undefined where nobody was asked, or nothing came back. */
  readonly received: Answered | undefined
  readonly differences: readonly Difference[]
  /** What the journey expects and the oracle itself does not answer: then it is the journey that is wrong. */
  readonly unmet?: readonly Difference[]
}

/** What the oracle knows of its answer. */
export interface Meaning {
  /** The clause that it plays. */
  readonly clause: string
  readonly because: string
  readonly operation: string | undefined
  readonly user: string | undefined
}

/** What became of a check. */
export interface CheckResult {
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** Why it was not reached. */
  readonly because?: string
  readonly exchanges: readonly Exchange[]
  /** Something was not reached because the server was not to be had; what was, was as is told. */
  readonly unavailable?: true
  /** What was lost on the way: with another start it may come through. */
  readonly lost?: RepeatRisk
  /** A hook or a command of the target failed. */
  readonly isHookBroken?: true
  /** When it began, by the server's time, if that is not when it was asked for. */
  readonly at?: number
  /** How long the oracle was left alone, wait by wait, in milliseconds. */
  readonly waits?: readonly number[]
}

/** Keeps accounts from being locked. */
export interface Guard {
  /**
   * Asked before requests go to the subject; throws {@link NotReachedError} where they must not. Gives back whether the
   * server may count them: such are not sent again.
   */
  before(meaning: Meaning, count: number): boolean
  /** Told of an answer that was as expected. */
  answered(meaning: Meaning): void
}

/** What became of a check all of whose requests were sent. */
export function outcomeOf(exchanges: readonly Exchange[]): CheckResult {
  const outcome = exchanges.some(isDifferent) ? 'failed' : 'passed'
  return { outcome, exchanges }
}

/** What became of a check that was not played to its end because the server was not to be had. */
export function outcomeOfOutage(error: Error, where: string, exchanges: readonly Exchange[]): CheckResult {
  const isServers = error instanceof UnavailableError
  const because = where + (isServers ? 'the server was unavailable: ' : '') + error.message
  // What it did before stays what it did.
  const outcome = exchanges.some(isDifferent) ? 'failed' : 'not reached'
  const lost = isServers && outcome === 'not reached' ? error.lost : undefined
  return { outcome, because, exchanges, unavailable: true, ...(lost === undefined ? {} : { lost }) }
}

/** Whether something came back that should not have. */
export function isDifferent({ differences }: Exchange): boolean {
  return differences.length > 0
}
