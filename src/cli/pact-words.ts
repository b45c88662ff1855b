import type { Findings } from '../contract/findings.ts'
import { groupFailures, groupUnreached, someOf } from '../contract/report/grouping.ts'
import { groupLines } from '../contract/report/words.ts'
import { paint, type Line } from './shown.ts'

/** What became of consumers' pacts, for a terminal. */
export function pactWords(findings: Findings): Line[] {
  const { target, brokenOff, brokenHooks, warnings, checks, counts, ms } = findings
  const groups = groupFailures(findings).flatMap((group) => {
    const [first = '', ...more] = groupLines(group)
    return [group.outcome === 'accepted' ? paint('bold', first) : paint('red', first), ...more, '']
  })
  const { passed, failed, accepted, notReached } = counts
  const others = accepted === 0 ? '' : `, ${accepted} accepted or pending`
  const sum = `${passed} kept, ${failed} broken${others}, ${notReached} not played, in ${(ms / 1000).toFixed(1)} s`
  const isGood = failed === 0 && notReached === 0
  return [
    ...(brokenOff === undefined ? [] : [paint('bold', `Broken off: ${brokenOff}`), '']),
    ...brokenHooks.map((line) => paint('red', `A hook of the target failed: ${line}`)),
    ...(brokenHooks.length === 0 ? [] : ['']),
    [paint('bold', target.title), ` at ${target.baseUrl}`],
    ...warnings,
    '',
    ...groups,
    ...groupUnreached(checks).flatMap(({ because, ids }) => [
      `not played, because ${because}`,
      paint('dim', `  ${someOf(ids)}`),
    ]),
    ...(notReached === 0 ? [] : ['']),
    isGood ? paint('green', sum) : sum,
  ]
}
