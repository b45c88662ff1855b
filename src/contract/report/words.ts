import { isGuess } from '../../core/clause.ts'
import { printable } from '../../core/printable.ts'
import { replayLine } from '../curl.ts'
import type { Difference } from '../difference.ts'
import type { Failure, Findings } from '../findings.ts'

/** A line that sums up. */
export function summary({ counts, ms }: Pick<Findings, 'counts' | 'ms'>): string {
  const { passed, failed, differs, notReached } = counts
  const differing = differs === 0 ? '' : `${differs} differ from a guess, `
  return `${passed} passed, ${failed} failed, ${differing}${notReached} not reached, in ${(ms / 1000).toFixed(1)} s`
}

/** A difference in one sentence. */
export function differenceLine({ where, expected, received }: Difference): string {
  return `${where}: expected ${expected}, received ${received}`
}

/** A failure as printable lines: clause, expected, received, and how to see it again. */
export function failureLines({ id, step, clause, because, request, curl, differences }: Failure): string[] {
  const lines = [
    `${clause} ${isGuess(clause) ? 'is a guess that does not hold here' : 'is broken'}: ${request} (${id}, step ${step})`,
    ...differences.map((difference) => `  ${differenceLine(difference)}`),
    `  because ${because}`,
    `  ${curl}`,
    `  ${replayLine(id)}`,
  ]
  return lines.map(printable)
}
