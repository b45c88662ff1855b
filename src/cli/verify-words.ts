import type { Findings } from '../contract/telling/findings.ts'
import { summary } from '../contract/telling/report/words.ts'
import { runWords, unreachedWords } from './run-words.ts'
import { paint, type Line } from './shown.ts'

/** Findings for a terminal: what is wrong, what was kept, what was not reached and why, and a line that sums up. */
export function findingsWords(findings: Findings): Line[] {
  const { checks, clauses, counts } = findings
  const kept = clauses.filter(({ outcome }) => outcome === 'kept').map(({ clause }) => clause.id)
  const unshown = clauses.filter(({ outcome }) => outcome === 'not reached').map(({ clause }) => clause.id)
  const isGood = counts.failed === 0 && counts.passed > 0
  return [
    ...runWords(findings),
    ...(kept.length === 0 ? [] : [`kept: ${kept.join(' ')}`]),
    ...(unshown.length === 0 ? [] : [paint('dim', `not shown: ${unshown.join(' ')}`)]),
    ...unreachedWords(findings, 'not reached'),
    '',
    isGood ? paint('green', summary(findings)) : summary(findings),
    ...(counts.notReached === checks.length ? ['Nothing was checked, so nothing is known.'] : []),
  ]
}
