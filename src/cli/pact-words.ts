import type { Findings } from '../contract/telling/findings.ts'
import { runWords, unreachedWords } from './run-words.ts'
import { paint, type Line } from './shown.ts'

/** What became of consumers' pacts, for a terminal. */
export function pactWords(findings: Findings): Line[] {
  const { passed, failed, accepted, notReached } = findings.counts
  const others = accepted === 0 ? '' : `, ${accepted} accepted or pending`
  const sum = `${passed} kept, ${failed} broken${others}, ${notReached} not played, in ${(findings.ms / 1000).toFixed(1)} s`
  const isGood = failed === 0 && notReached === 0
  return [
    ...runWords(findings),
    ...unreachedWords(findings, 'not played'),
    ...(notReached === 0 ? [] : ['']),
    isGood ? paint('green', sum) : sum,
  ]
}
