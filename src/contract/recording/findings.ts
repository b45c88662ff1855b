import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import { numberFinding } from './number-finding.ts'
import { personValue, withOthers } from './others.ts'
import { withPairs } from './pairs.ts'
import { judgeValue, foundBy, type Finding, type Judged } from './finding.ts'
import type { Explanation } from './guess.ts'
import { isNumber, type OtherValue } from './moves.ts'
import type { Search } from './search.ts'

/** What is known of every setting, and of everybody, by the guess that explains most. */
export async function findingsOf(api: CheckedApi, search: Search, best: Explanation): Promise<Finding[]> {
  const base = await search.score(best)
  const moves = search.moves(best)
  const places = new Map<string, OtherValue[]>()
  for (const move of moves) {
    const place = `${move.who ?? ''} ${move.name}`
    places.set(place, [...(places.get(place) ?? []), move])
  }
  const findings: Finding[] = []
  const others: Explanation[] = []
  for (const [first, ...more] of places.values()) {
    // Which of masked codes was none is told of nobody.
    if (first === undefined || first.name === 'malformed') continue
    const field = first.who === undefined ? api.settings[first.name] : undefined
    const verdicts: Judged[] = []
    findings.push(
      field !== undefined && isNumber(field)
        ? await numberFinding(api, search, best, base, { name: first.name, field, moves: [first, ...more] }, verdicts)
        : await wordFinding(api, search, best, base, [first, ...more], verdicts),
    )
    for (const { rescued, isHistory } of verdicts) if (rescued !== undefined && isHistory !== true) others.push(rescued)
  }
  return withPairs(search, best, withOthers(api, search, best, findings, others))
}

async function wordFinding(
  api: CheckedApi,
  search: Search,
  best: Explanation,
  base: number,
  moves: readonly OtherValue[],
  verdicts: Judged[],
): Promise<Finding> {
  // One value may be told in several ways: who it is that strangers are taken for.
  const byValue = new Map<string, OtherValue[]>()
  for (const move of moves) {
    const key = JSON.stringify(move.value)
    byValue.set(key, [...(byValue.get(key) ?? []), move])
  }
  for (const same of byValue.values()) verdicts.push(...(await judgeValue(search, best, same, base)))
  const [{ who, name } = { name: '' }] = moves
  const value = who === undefined ? readSettings(api, best.settings)[name] : personValue(best, who, name)
  const finding = foundBy(verdicts, { ...(who === undefined ? {} : { who }), name, value: value ?? null })
  // There may always be more in a list than was met.
  const isOpen = who === undefined && api.settings[name]?.kind === 'list' && finding.confidence !== 'not seen'
  return isOpen ? { ...finding, confidence: 'in part' } : finding
}
