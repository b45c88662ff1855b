import { isGuess, type Clause } from '../core/clause.ts'
import type { Difference } from './difference.ts'

/** One answer that was not as it should be, with the clause that is broken and how to see it again. */
export type Failure = {
  /** The check's id: stable from run to run, and what `understudy replay` takes. */
  readonly id: string
  readonly title: string
  /** Which step of a journey, counted from 1. */
  readonly step: number
  readonly clause: string
  /** Why the contract wants what was expected. */
  readonly because: string
  /** Method and path, with the names of values instead of secrets. */
  readonly request: string
  /** A line for a shell that sends the request again; secrets are variables. */
  readonly curl: string
  readonly differences: readonly Difference[]
}

/** What was found out about a clause. */
export type ClauseFinding = {
  readonly clause: Clause
  readonly outcome: 'kept' | 'broken' | 'differs' | 'not reached'
  /** How many answers showed it kept. */
  readonly shown: number
  /** Why it was not reached, or by what it was broken. */
  readonly because?: string
}

/** What became of one check. */
export type CheckFinding = {
  readonly id: string
  readonly title: string
  readonly kind: 'journey' | 'interaction'
  /** It differs where nothing is wrong but a guess of this project's. */
  readonly outcome: 'passed' | 'failed' | 'differs' | 'not reached'
  readonly because?: string
  /** Something of it was not reached because the server was not to be had. */
  readonly unavailable?: true
  readonly clauses: readonly string[]
  /** How many answers showed each clause kept. */
  readonly kept: { readonly [clause: string]: number }
  readonly ms: number
  readonly failures: readonly Failure[]
}

/** Everything a run of `verify` found: what reports are made of. It holds no secret. */
export type Findings = {
  readonly target: { readonly path: string; readonly api: string; readonly title: string; readonly baseUrl: string }
  /** What would pass where this fails, in words. */
  readonly hint?: string
  /** Where the run was broken off. */
  readonly brokenOff?: string
  readonly startedAt: string
  readonly ms: number
  readonly checks: readonly CheckFinding[]
  readonly clauses: readonly ClauseFinding[]
  readonly counts: {
    readonly passed: number
    readonly failed: number
    readonly differs: number
    readonly notReached: number
  }
}

/** Counts the checks by what became of them. */
export function countOutcomes(checks: readonly CheckFinding[]): Findings['counts'] {
  const count = (wanted: CheckFinding['outcome']): number => checks.filter(({ outcome }) => outcome === wanted).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    differs: count('differs'),
    notReached: count('not reached'),
  }
}

/** What the checks say of each clause of the contract. */
export function clauseFindings(clauses: readonly Clause[], checks: readonly CheckFinding[]): ClauseFinding[] {
  return clauses.map((clause): ClauseFinding => {
    const failure = checks.flatMap(({ failures }) => failures).find((candidate) => candidate.clause === clause.id)
    const shown = checks.reduce((sum, { kept }) => sum + (kept[clause.id] ?? 0), 0)
    if (failure !== undefined)
      return {
        clause,
        outcome: isGuess(clause.id) ? 'differs' : 'broken',
        shown,
        because: `${failure.id}, step ${failure.step}`,
      }
    if (shown > 0) return { clause, outcome: 'kept', shown }
    const lost = checks.find((check) => check.outcome === 'not reached' && check.clauses.includes(clause.id))
    const failed = checks.find((check) => check.failures.length > 0 && check.clauses.includes(clause.id))
    const instead =
      failed === undefined ? 'no check that was played shows it' : `${failed.id} failed before it showed it`
    const because = lost === undefined ? instead : `${lost.id}: ${lost.because ?? ''}`
    return { clause, outcome: 'not reached', shown, because }
  })
}
