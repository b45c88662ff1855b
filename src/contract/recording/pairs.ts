import type { JsonObject } from '../../core/json.ts'
import { evidenceOf, nameOf, type Evidence, type Finding, type Left } from './finding.ts'
import type { Explanation } from './guess.ts'
import { moved, type OtherValue } from './moves.ts'
import { weightOf } from './replay.ts'
import type { Search } from './search.ts'

/** So many things that could be otherwise are held against each other. */
const mostPartners = 40

interface Pair {
  readonly evidence: Evidence
  readonly left: readonly Left[]
}

/** What could be otherwise by itself, but not together with something else, or only with it, is told in part. */
export async function withPairs(search: Search, best: Explanation, findings: readonly Finding[]): Promise<Finding[]> {
  const base = await search.score(best)
  const free = findings.flatMap(alternatives).slice(0, mostPartners)
  const told: Finding[] = []
  for (const finding of findings) {
    const isOpen = finding.who === undefined && finding.confidence === 'not seen'
    const pair = isOpen ? (leaningOn(finding, findings) ?? (await against(finding, free))) : undefined
    told.push(
      pair === undefined
        ? finding
        : { ...finding, confidence: 'in part', evidence: pair.evidence, left: [...finding.left, ...pair.left] },
    )
  }
  return told

  async function against(finding: Finding, partners: readonly OtherValue[]): Promise<Pair | undefined> {
    for (const one of alternatives(finding))
      for (const other of partners) {
        if (other.who === undefined && other.name === one.name) continue
        const unlike = await search.unlike(moved(moved(best, one), other), base)
        const telling = unlike === undefined || weightOf(unlike) <= base ? undefined : unlike.at(-1)
        if (telling === undefined) continue
        const left = { value: one.value, without: { [nameOf(other)]: other.value } }
        return { evidence: evidenceOf(search, telling, one), left: [left] }
      }
    return undefined
  }
}

/** What another finding hangs on is told by the same answer. */
function leaningOn({ name }: Finding, findings: readonly Finding[]): Pair | undefined {
  for (const { who, name: other, evidence, left } of findings)
    for (const each of left) {
      const value = each.with?.[name]
      if (value === undefined || evidence === undefined) continue
      return { evidence, left: [{ value, with: { [nameOf({ who, name: other })]: each.value } }] }
    }
  return undefined
}

/** Values that do as well by themselves; of secrets none. */
function alternatives({ who, name, left }: Finding): OtherValue[] {
  if (name === 'password' || name === 'code') return []
  return left.flatMap((one): OtherValue[] => {
    if (one.with !== undefined || one.without !== undefined) return []
    const patch: JsonObject = { [name]: one.value }
    return [{ ...(who === undefined ? {} : { who }), name, value: one.value, patch }]
  })
}
