import type { Findings } from '../contract/findings.ts'
import { groupFailures, groupUnreached, someOf } from '../contract/report/grouping.ts'
import { groupLines, summary } from '../contract/report/words.ts'
import { paint, type Line } from './shown.ts'

/** Findings for a terminal: what is wrong, what was kept, what was not reached and why, and a line that sums up. */
export function findingsWords(findings: Findings): Line[] {
  const { target, hint, brokenOff, brokenHooks, warnings, checks, clauses, counts } = findings
  const groups = groupFailures(findings).flatMap((group) => {
    const [first = '', ...more] = groupLines(group)
    return [group.outcome === 'broken' ? paint('red', first) : paint('bold', first), ...more, '']
  })
  const kept = clauses.filter(({ outcome }) => outcome === 'kept').map(({ clause }) => clause.id)
  const unshown = clauses.filter(({ outcome }) => outcome === 'not reached').map(({ clause }) => clause.id)
  const isGood = counts.failed === 0 && counts.passed > 0
  return [
    ...(hint === undefined ? [] : [paint('bold', hint), '']),
    ...(brokenOff === undefined ? [] : [paint('bold', `Broken off: ${brokenOff}`), '']),
    ...brokenHooks.map((line) => paint('red', `A hook of the target failed: ${line}`)),
    ...(brokenHooks.length === 0 ? [] : ['']),
    [paint('bold', target.title), ` at ${target.baseUrl}`],
    ...warnings,
    '',
    ...groups,
    ...(kept.length === 0 ? [] : [`kept: ${kept.join(' ')}`]),
    ...(unshown.length === 0 ? [] : [paint('dim', `not shown: ${unshown.join(' ')}`)]),
    ...groupUnreached(checks).flatMap(({ because, ids }) => [
      `not reached, because ${because}`,
      paint('dim', `  ${someOf(ids)}`),
    ]),
    '',
    isGood ? paint('green', summary(findings)) : summary(findings),
    ...(counts.notReached === checks.length ? ['Nothing was checked, so nothing is known.'] : []),
  ]
}
