import { formatDuration } from '../../core/duration.ts'
import type { AnyField } from '../../core/field.ts'
import type { Json } from '../../core/json.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import { masked } from '../../world/mask.ts'
import { boundsOf } from './bounds.ts'
import { withPairs } from './pairs.ts'
import { confidenceOf, judgeMove, type Finding, type Judged } from './finding.ts'
import type { Explanation } from './guess.ts'
import { moved, type OtherValue } from './moves.ts'
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
  for (const [first, ...others] of places.values()) {
    // Which of masked codes was none is told of nobody.
    if (first === undefined || first.name === 'malformed') continue
    const field = first.who === undefined ? api.settings[first.name] : undefined
    const isNumber = field?.kind === 'integer' || field?.kind === 'duration'
    findings.push(
      isNumber
        ? await numberFinding(api, search, best, base, { name: first.name, field })
        : await wordFinding(api, search, best, base, [first, ...others]),
    )
  }
  return withPairs(search, best, findings)
}

async function wordFinding(
  api: CheckedApi,
  search: Search,
  best: Explanation,
  base: number,
  moves: readonly OtherValue[],
): Promise<Finding> {
  const verdicts: Judged[] = []
  for (const move of moves) verdicts.push(await judgeMove(search, best, move, base))
  const [{ who, name } = { name: '' }] = moves
  const value = who === undefined ? readSettings(api, best.settings)[name] : personValue(best, who, name)
  const finding = toFinding(verdicts, { ...(who === undefined ? {} : { who }), name, value: value ?? null })
  // There may always be more in a list than was met.
  const isOpen = who === undefined && api.settings[name]?.kind === 'list' && finding.confidence !== 'not seen'
  return isOpen ? { ...finding, confidence: 'in part' } : finding
}

function personValue({ people }: Explanation, who: string, name: string): Json | undefined {
  const about = people[who]
  if (name === 'password' || name === 'code') return about?.[name] === undefined ? null : masked
  if (name === 'failures') return about?.failures ?? 0
  if (name === 'hasApp') return about?.hasApp ?? false
  return (people[who] as unknown as { readonly [name: string]: Json | undefined } | undefined)?.[name]
}

function toFinding(verdicts: readonly Judged[], about: Pick<Finding, 'who' | 'name' | 'value' | 'range'>): Finding {
  const evidence = verdicts.find((verdict) => verdict.evidence !== undefined)?.evidence
  return {
    ...about,
    confidence: confidenceOf(verdicts),
    ...(evidence === undefined ? {} : { evidence }),
    left: verdicts.flatMap(({ left }) => left ?? []),
  }
}

/** So far is followed what takes more and more to be otherwise. */
const mostSteps = 4

/** A year and a day: no setting is longer. */
const longest = 366 * 86_400_000

async function numberFinding(
  api: CheckedApi,
  search: Search,
  best: Explanation,
  base: number,
  { name, field }: { readonly name: string; readonly field: AnyField },
): Promise<Finding> {
  const isDuration = field.kind === 'duration'
  const write = (value: number): Json => (isDuration ? formatDuration(value) : value)
  const moveTo = (value: number | null): OtherValue => {
    const written = value === null ? null : write(value)
    return { name, value: written, patch: { [name]: written } }
  }
  const fitsFrom =
    (guess: Explanation) =>
    async (value: number | null): Promise<boolean> =>
      (await search.score(moved(guess, moveTo(value)), base)) <= base
  const fits = fitsFrom(best)
  const inForce = readSettings(api, best.settings)[name] ?? null
  const { min, max }: { readonly min?: number; readonly max?: number } = 'min' in field || 'max' in field ? field : {}
  const [least, most] = [min ?? (isDuration ? 1000 : 0), max ?? (isDuration ? longest : 1000)]
  const isEndless = inForce === null
  if (isEndless && !(await fits(most)))
    return toFinding([await judgeMove(search, best, moveTo(most), base)], { name, value: null })
  const good = isEndless ? most : Number(inForce)
  const step = (value: number): number => (isDuration ? Math.max(1000, value / 200) : 1)
  const bounds = await boundsOf(fits, good, { least, most, step })
  const { below, above } = bounds
  let { from, to } = bounds
  const canEnd = 'nullable' in field && field.nullable
  const beyond = above ?? (canEnd && !(await fits(null)) ? null : undefined)
  const verdicts: Judged[] = []
  let isOpen = above === undefined
  // Where something else would have to be otherwise as well, that may reach further.
  for (const [end, isUp] of [
    [below, false],
    [beyond, true],
  ] as const) {
    let [value, guess] = [end, best]
    for (let times = 0; value !== undefined && times < mostSteps; times++) {
      const verdict: Judged = await judgeMove(search, guess, moveTo(value), base)
      if (times === 0 || verdict.rescued !== undefined) verdicts.push(verdict)
      if (verdict.rescued === undefined || verdict.isHistory === true || value === null) break
      guess = verdict.rescued
      const further = await boundsOf(fitsFrom(guess), value, { least, most, step })
      if (isUp) to = further.to
      else from = further.from
      isOpen ||= isUp && further.above === undefined
      value = isUp ? further.above : further.below
    }
  }
  const isOne = isDuration ? to - from <= 2 * step(from) : from === to
  if (verdicts.length > 0 && !isOne) {
    const between = { move: moveTo(good), left: { value: write(from) } }
    const range = { from: write(from), ...(isOpen ? {} : { to: write(to) }) }
    const finding = toFinding([...verdicts, between], { name, value: isEndless ? null : write(good), range })
    return { ...finding, left: verdicts.flatMap(({ left }) => left ?? []) }
  }
  const finding = toFinding(verdicts, { name, value: isEndless ? null : write(good) })
  if (verdicts.length > 0) return finding
  // What is as good at both ends may be told by another setting yet.
  const ends = [least, most].filter((value) => value !== good)
  return { ...finding, range: { from: write(least) }, left: ends.map((value) => ({ value: write(value) })) }
}
