import type { CheckFinding, Findings } from '../contract/findings.ts'
import { failureLines, summary } from '../contract/report/words.ts'
import { paint, type Line } from './shown.ts'
import { table } from './table.ts'

const styles = { broken: 'red', differs: 'bold', 'not reached': 'dim' } as const

/** Findings for a terminal: the clauses, what is broken, what was not reached, and a line that sums up. */
export function findingsWords(findings: Findings): Line[] {
  const { target, hint, brokenOff, checks, clauses } = findings
  const failures = checks.flatMap((check) => check.failures)
  const rows = clauses.map(({ clause, outcome, shown, because }) => {
    const why = outcome === 'kept' ? `${shown} ${shown === 1 ? 'answer' : 'answers'}` : clip(because ?? '', 100)
    return [clause.id, outcome, why].map((text) => (outcome === 'kept' ? text : paint(styles[outcome], text)))
  })
  const unreached = checks.filter(({ outcome }) => outcome === 'not reached')
  return [
    ...(hint === undefined ? [] : [paint('bold', hint), '']),
    ...(brokenOff === undefined ? [] : [paint('bold', `Broken off: ${brokenOff}`), '']),
    [paint('bold', target.title), ` at ${target.baseUrl}`],
    '',
    ...table(['CLAUSE', 'OUTCOME', 'SHOWN BY, OR WHY NOT'], rows),
    '',
    ...failures.flatMap((failure) => {
      const [first = '', ...more] = failureLines(failure)
      return [paint('red', first), ...more, '']
    }),
    ...reasons(unreached),
    findings.counts.failed === 0 && findings.counts.passed > 0 ? paint('green', summary(findings)) : summary(findings),
    ...(findings.counts.passed + findings.counts.failed === 0 ? ['Nothing was checked, so nothing is known.'] : []),
  ]
}

/** Checks that were not reached, by reason: most have one in common. */
function reasons(unreached: readonly CheckFinding[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { id, because = '' } of unreached) byReason.set(because, [...(byReason.get(because) ?? []), id])
  const lines = [...byReason].flatMap(([because, ids]) => {
    const shown = ids.length > 3 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ')
    return [`not reached, because ${because}`, `  ${shown}`]
  })
  return lines.length === 0 ? [] : [...lines, '']
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
