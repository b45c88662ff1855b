import { isFatal, type Findings } from '../contract/telling/findings.ts'
import { groupFailures, groupUnreached, someOf } from '../contract/telling/report/grouping.ts'
import { groupLines } from '../contract/telling/report/words.ts'
import { paint, type Line } from './shown.ts'

/** What comes first of a run on a server: why it ended, which server it was, and what went wrong. */
export function runWords(findings: Findings): Line[] {
  const { target, hint, brokenOff, brokenHooks, warnings } = findings
  const groups = groupFailures(findings).flatMap((group) => {
    const [first = '', ...more] = groupLines(group)
    return [paint(isFatal(group) ? 'red' : 'bold', first), ...more, '']
  })
  return [
    ...(hint === undefined ? [] : [paint('bold', hint), '']),
    ...(brokenOff === undefined ? [] : [paint('bold', `Broken off: ${brokenOff}`), '']),
    ...brokenHooks.map((line) => paint('red', `A hook of the target failed: ${line}`)),
    ...(brokenHooks.length === 0 ? [] : ['']),
    [paint('bold', target.title), ` at ${target.baseUrl}`],
    ...warnings,
    '',
    ...groups,
  ]
}

/** What was not reached, or played, and why. */
export function unreachedWords({ checks }: Pick<Findings, 'checks'>, outcome: string): Line[] {
  return groupUnreached(checks).flatMap(({ because, ids }) => [
    `${outcome}, because ${because}`,
    paint('dim', `  ${someOf(ids)}`),
  ])
}
