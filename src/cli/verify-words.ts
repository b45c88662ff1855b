import { styleText } from 'node:util'
import type { CheckFinding, Findings } from '../contract/findings.ts'
import { failureLines, summary } from '../contract/report/words.ts'
import { table } from './table.ts'

/** Findings for a terminal: the clauses, what is broken, what was not reached, and a line that sums up. */
export function findingsWords(findings: Findings, color: boolean): string {
  const { target, hint, brokenOff, brokenHooks, warnings, checks, clauses } = findings
  const paint = (style: 'bold' | 'red' | 'green' | 'dim', text: string): string =>
    color ? styleText(style, text) : text
  const failures = checks.flatMap((check) => check.failures)
  const rows = clauses.map(({ clause, outcome, shown, because }) => [
    clause.id,
    outcome,
    outcome === 'kept' ? `${shown} ${shown === 1 ? 'answer' : 'answers'}` : clip(because ?? '', 100),
  ])
  const lines = table(['CLAUSE', 'OUTCOME', 'SHOWN BY, OR WHY NOT'], rows)
    .split('\n')
    .map((line) => {
      if (/^\S+ +broken/.test(line)) return paint('red', line)
      if (/^\S+ +differs/.test(line)) return paint('bold', line)
      return /^\S+ +not reached/.test(line) ? paint('dim', line) : line
    })
  const unreached = checks.filter(({ outcome }) => outcome === 'not reached')
  return [
    ...(hint === undefined ? [] : [paint('bold', hint), '']),
    ...(brokenOff === undefined ? [] : [paint('bold', `Broken off: ${brokenOff}`), '']),
    ...brokenHooks.map((line) => paint('red', `A hook of the target failed: ${line}`)),
    ...warnings,
    ...(brokenHooks.length + warnings.length === 0 ? [] : ['']),
    `${paint('bold', target.title)} at ${target.baseUrl}`,
    '',
    ...lines,
    '',
    ...failures.flatMap((failure) => {
      const [first = '', ...more] = failureLines(failure)
      return [failure.outcome === 'broken' ? paint('red', first) : first, ...more, '']
    }),
    ...reasons(unreached),
    findings.counts.failed === 0 && findings.counts.passed > 0 ? paint('green', summary(findings)) : summary(findings),
    ...(findings.counts.notReached === checks.length ? ['Nothing was checked, so nothing is known.'] : []),
  ].join('\n')
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
