import { formatDuration, parseDuration } from '../../core/duration.ts'
import { sameJson, type Json, type JsonObject } from '../../core/json.ts'
import { masked } from '../../world/mask.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { nameOf, shownValue, type Finding, type Left } from './finding.ts'
import type { Explanation } from './guess.ts'
import { isApart } from './moves.ts'
import type { Search } from './search.ts'

/** One thing of an explanation that is not as it was found. */
interface Other {
  readonly who?: string
  readonly name: string
  readonly value: Json
}

/** Findings with what other explanations of the same recording say of each. */
export function withOthers(
  api: CheckedApi,
  search: Search,
  best: Explanation,
  findings: readonly Finding[],
  explanations: readonly Explanation[],
): Finding[] {
  const others = explanations.map((each) => otherwiseIn(api, search, best, each))
  return findings.map((finding) => {
    if (finding.confidence === 'not seen') return finding
    return others.reduce((told, other) => {
      const own = other.find(({ who, name }) => who === told.who && name === told.name)
      if (own === undefined || isCovered(told, own.value)) return told
      const rest = other.filter((one) => one !== own).map((one) => [nameOf(one), shownValue(one)] as const)
      const left = { value: shownValue(own), with: Object.fromEntries(rest) }
      return { ...told, confidence: 'in part' as const, left: [...told.left, left], ...widened(told, left) }
    }, finding)
  })
}

function isCovered({ left, range }: Finding, value: Json): boolean {
  if (left.some((one) => sameJson(one.value, value))) return true
  if (range === undefined) return false
  return sizeOf(range.from) <= sizeOf(value) && (range.to === undefined || sizeOf(value) <= sizeOf(range.to))
}

function widened(
  { value: found, range = { from: found, to: found } }: Finding,
  { value }: Left,
): Pick<Finding, 'range'> {
  if (Number.isNaN(sizeOf(value)) || Number.isNaN(sizeOf(range.from)) || typeof found === 'boolean') return {}
  // What lies between the two was not tried.
  const isBelow = sizeOf(value) < sizeOf(range.from)
  const isAbove = range.to !== undefined && sizeOf(value) > sizeOf(range.to)
  const to = isAbove ? value : range.to
  return { range: { from: isBelow ? value : range.from, ...(to === undefined || to === null ? {} : { to }) } }
}

/** What is otherwise in another explanation. */
function otherwiseIn(api: CheckedApi, search: Search, best: Explanation, other: Explanation): Other[] {
  const [usual, here] = [search.inForce(best), search.inForce(other)]
  const settings = Object.keys(api.settings).flatMap((name): Other[] => {
    if (isApart(name) || sameJson(usual[name] ?? null, here[name] ?? null)) return []
    return [{ name, value: written(api, other.settings, name, here) }]
  })
  const people = Object.keys(other.people).flatMap((who): Other[] =>
    ['role', 'password', 'code', 'hasApp'].flatMap((name): Other[] => {
      const [one, another] = [best, other].map(({ people: about }) => JSON.stringify({ ...about[who] }[name] ?? null))
      return one === another ? [] : [{ who, name, value: personValue(other, who, name) ?? null }]
    }),
  )
  return [...settings, ...people]
}

function written(api: CheckedApi, settings: JsonObject, name: string, inForce: JsonObject): Json {
  const value = settings[name] ?? inForce[name] ?? null
  return api.settings[name]?.kind === 'duration' && typeof value === 'number' ? formatDuration(value) : value
}

/** What somebody is by an explanation, as it may be told. */
export function personValue({ people }: Explanation, who: string, name: string): Json | undefined {
  const about = people[who]
  if (name === 'password' || name === 'code') return about?.[name] === undefined ? null : masked
  if (name === 'failures') return about?.failures ?? 0
  if (name === 'hasApp') return about?.hasApp ?? false
  return (people[who] as unknown as { readonly [name: string]: Json | undefined } | undefined)?.[name]
}

/** Of counts and durations; null is without end. */
export function sizeOf(value: Json): number {
  if (value === null) return Infinity
  return typeof value === 'string' ? (parseDuration(value) ?? Number.NaN) : Number(value)
}
