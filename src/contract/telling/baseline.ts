import { differingMembers } from './findings.ts'
import type { KeptFailure, KeptReport } from './kept-report.ts'

/** What is known to be amiss: that of an earlier run. */
export class Baseline {
  readonly report: KeptReport
  /** The file it was read from, for people. */
  readonly file: string
  readonly #passed: ReadonlySet<string>
  readonly #failures: readonly KeptFailure[]

  constructor(report: KeptReport, file: string) {
    this.report = report
    this.file = file
    const { checks } = report
    this.#passed = new Set(checks.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id))
    this.#failures = checks.flatMap(({ failures }) => failures)
  }

  /**
   * Whether something failed in the same way: by the same clause, in these members at least, whatever the values were. A check
   * that passed has no excuse; one that failed may show now what came after, and one that was not played what others showed.
   */
  has(check: string, failure: KeptFailure): boolean {
    return !this.#passed.has(check) && this.#failures.some((known) => covers(known, failure))
  }
}

function covers(known: KeptFailure, failure: KeptFailure): boolean {
  const members = differingMembers(known)
  return known.clause === failure.clause && differingMembers(failure).every((member) => members.includes(member))
}
