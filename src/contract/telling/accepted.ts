import { momentAt } from '../../core/field.ts'
import { toIso } from '../../core/instant.ts'
import { matchesGlob } from '../target/check-selection.ts'
import type { Difference } from '../comparing/difference.ts'
import type { CheckFinding } from './findings.ts'
import type { Acceptance } from '../target/target.ts'

/** Tells which deviations of a target are accepted, and which of its acceptances are of no use any more. */
export class Accepted {
  readonly #entries: readonly Acceptance[]
  readonly #now: number
  readonly #used = new Set<Acceptance>()

  /** `now` in milliseconds: an acceptance that has expired accepts nothing. */
  constructor(entries: readonly Acceptance[], now: number) {
    this.#entries = entries
    this.#now = now
  }

  /** Why all that differs is accepted; undefined where something of it is not. */
  reasonFor(check: string, clause: string, differences: readonly Difference[]): string | undefined {
    const found = differences.map(({ where }) => this.#entryFor(check, clause, where))
    if (found.length === 0 || found.includes(undefined)) return undefined
    const entries = found as readonly Acceptance[]
    for (const entry of entries) this.#used.add(entry)
    return [...new Set(entries.map(({ reason }) => reason))].join('; ')
  }

  /** What to tidy up: acceptances that have expired, and those of what was checked and does not differ any more. */
  warnings(checks: readonly CheckFinding[]): string[] {
    return this.#entries.flatMap((entry) => {
      const what = `accept: ${nameOf(entry)} ("${entry.reason}")`
      if (!this.#isInForce(entry)) return [`${what} has expired at ${toIso(endOf(entry))}.`]
      const isPlayed = checks.some((check) => check.outcome !== 'not reached' && isAbout(entry, check))
      return this.#used.has(entry) || !isPlayed ? [] : [`${what} is not needed any more: nothing of it differs.`]
    })
  }

  #entryFor(check: string, clause: string, where: string): Acceptance | undefined {
    return this.#entries.find(
      (entry) =>
        this.#isInForce(entry) &&
        (entry.clause === undefined || entry.clause === clause) &&
        (entry.check === undefined || matchesGlob(entry.check, check)) &&
        (entry.member === undefined || where === entry.member || where === `body.${entry.member}`),
    )
  }

  #isInForce(entry: Acceptance): boolean {
    return endOf(entry) > this.#now
  }
}

function endOf({ until }: Acceptance): number {
  return until === undefined ? Infinity : momentAt(until, 0)
}

function nameOf({ clause, check, member }: Acceptance): string {
  return [clause, check, member].filter((part) => part !== undefined).join(' ')
}

/** Whether a check could have met what an acceptance is about. */
function isAbout({ clause, check }: Acceptance, finding: CheckFinding): boolean {
  return (
    (clause === undefined || finding.clauses.includes(clause)) &&
    (check === undefined || matchesGlob(check, finding.id))
  )
}
