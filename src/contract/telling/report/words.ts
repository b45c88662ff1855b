import { printable } from '../../../core/printable.ts'
import { noClause } from '../../playing/blame.ts'
import { replayLine } from '../curl.ts'
import type { Difference } from '../../comparing/difference.ts'
import type { Failure, Findings } from '../findings.ts'
import { someOf, type FailureGroup } from './grouping.ts'

/** A line that sums up. */
export function summary({ counts, documented, ms }: Pick<Findings, 'counts' | 'documented' | 'ms'>): string {
  const { passed, failed, differs, accepted, notReached } = counts
  const others = [
    ...(differs === 0 ? [] : [`${differs} differ from what is assumed`]),
    ...(accepted === 0 ? [] : [`${accepted} accepted`]),
  ]
  const outcomes = [`${passed} passed`, `${failed} failed`, ...others, `${notReached} not reached`].join(', ')
  const { checked, total } = documented
  return `${outcomes}; ${checked} of ${total} documented clauses checked, in ${(ms / 1000).toFixed(1)} s`
}

/** A difference in one sentence. */
export function differenceLine({ where, expected, received, words }: Difference): string {
  if (words !== undefined) return `${where}: ${words}`
  return `${where}: expected ${expected}, received ${received}`
}

/** What became of a clause by an answer, in words. */
export function outcomeWords({ outcome }: Pick<Failure, 'outcome'>): string {
  return {
    broken: 'is broken',
    differs: 'differs (no vendor says it)',
    accepted: 'differs, as accepted',
    unexpected: 'is not as the journey expects',
    outside: 'gives something else than the consumer expects, which is outside the contract',
  }[outcome]
}

/** What failures go against: a clause, or an answer where no clause is about what differs. */
export function subjectOf({ clause }: Pick<Failure, 'clause'>): string {
  return clause === noClause ? 'an answer' : clause
}

/** Failures that are one as printable lines: clause, expected, received, and how to see it again. */
export function groupLines({ clause, text, first, checks }: FailureGroup): string[] {
  const { id, step, written, reason, because, request, curl, differences, again } = first
  const others = checks.filter((other) => other !== id)
  const lines = [
    `${subjectOf(first)} ${outcomeWords(first)}: ${request} (${id}, step ${step}${written === undefined ? '' : `, ${written}`})`,
    ...(reason === undefined ? [] : [`  accepted: ${reason}`]),
    ...differences.map((difference) => `  ${differenceLine(difference)}`),
    `  because ${because}`,
    ...(text === '' ? [] : [`  ${clause} says: ${text}`]),
    `  ${curl}`,
    `  ${again ?? replayLine(id)}`,
    ...(others.length === 0 ? [] : [`  the same in ${others.length} more: ${someOf(others, 5)}`]),
  ]
  return lines.map(printable)
}

/** A failure by itself, as plain text. */
export function failureLines(failure: Failure): string[] {
  const { clause, outcome, id } = failure
  return groupLines({ clause, outcome, text: '', first: failure, checks: [id] })
}
