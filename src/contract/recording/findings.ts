import { formatDuration } from '../../core/duration.ts'
import type { AnyField } from '../../core/field.ts'
import type { Json } from '../../core/json.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import { boundsOf } from './bounds.ts'
import { confidenceOf, judgeMove, type Finding, type Verdict } from './finding.ts'
import type { Guess } from './guess.ts'
import { moved, type Move } from './moves.ts'
import type { Search } from './search.ts'

/** What is known of every setting, and of everybody, where a guess explains all but `base` answers. */
export async function findingsOf(api: CheckedApi, search: Search, best: Guess, base: number): Promise<Finding[]> {
  const moves = search.moves(best)
  const places = new Map<string, Move[]>()
  for (const move of moves) {
    const place = `${move.who ?? ''} ${move.name}`
    places.set(place, [...(places.get(place) ?? []), move])
  }
  const findings: Finding[] = []
  for (const [first, ...others] of places.values()) {
    if (first === undefined) continue
    const field = first.who === undefined ? api.settings[first.name] : undefined
    const isNumber = field?.kind === 'integer' || field?.kind === 'duration'
    findings.push(
      isNumber
        ? await numberFinding(api, search, best, base, { name: first.name, field })
        : await wordFinding(api, search, best, base, [first, ...others]),
    )
  }
  return findings
}

async function wordFinding(
  api: CheckedApi,
  search: Search,
  best: Guess,
  base: number,
  moves: readonly Move[],
): Promise<Finding> {
  const verdicts: Verdict[] = []
  for (const move of moves) verdicts.push(await judgeMove(search, best, move, base))
  const [{ who, name } = { name: '' }] = moves
  const value = who === undefined ? readSettings(api, best.settings)[name] : personValue(best, who, name)
  return toFinding(verdicts, { ...(who === undefined ? {} : { who }), name, value: value ?? null })
}

function personValue({ people }: Guess, who: string, name: string): Json | undefined {
  return (people[who] as unknown as { readonly [name: string]: Json | undefined } | undefined)?.[name]
}

function toFinding(verdicts: readonly Verdict[], about: Pick<Finding, 'who' | 'name' | 'value' | 'range'>): Finding {
  const evidence = verdicts.find((verdict) => verdict.evidence !== undefined)?.evidence
  return {
    ...about,
    confidence: confidenceOf(verdicts),
    ...(evidence === undefined ? {} : { evidence }),
    left: verdicts.flatMap(({ left }) => left ?? []),
  }
}

/** A year and a day: no setting is longer. */
const longest = 366 * 86_400_000

async function numberFinding(
  api: CheckedApi,
  search: Search,
  best: Guess,
  base: number,
  { name, field }: { readonly name: string; readonly field: AnyField },
): Promise<Finding> {
  const isDuration = field.kind === 'duration'
  const write = (value: number): Json => (isDuration ? formatDuration(value) : value)
  const moveTo = (value: number | null): Move => {
    const written = value === null ? null : write(value)
    return { name, value: written, patch: { [name]: written } }
  }
  const fits = async (value: number | null): Promise<boolean> =>
    (await search.score(moved(best, moveTo(value)), base)) <= base
  const inForce = readSettings(api, best.settings)[name] ?? null
  const { min, max }: { readonly min?: number; readonly max?: number } = 'min' in field || 'max' in field ? field : {}
  const [least, most] = [min ?? (isDuration ? 1000 : 0), max ?? (isDuration ? longest : 1000)]
  const isEndless = inForce === null
  if (isEndless && !(await fits(most)))
    return toFinding([await judgeMove(search, best, moveTo(most), base)], { name, value: null })
  const good = isEndless ? most : Number(inForce)
  const step = (value: number): number => (isDuration ? Math.max(1000, value / 200) : 1)
  const { from, below, to, above } = await boundsOf(fits, good, { least, most, step })
  const canEnd = 'nullable' in field && field.nullable === true
  const beyond = above ?? (canEnd && !(await fits(null)) ? null : undefined)
  const verdicts: Verdict[] = []
  for (const value of [below, beyond])
    if (value !== undefined) verdicts.push(await judgeMove(search, best, moveTo(value), base))
  const isOne = isDuration ? to - from <= 2 * step(from) : from === to
  if (verdicts.length > 0 && !isOne) {
    const between = { move: moveTo(good), left: { value: write(from) } }
    const range = { from: write(from), ...(above === undefined ? {} : { to: write(to) }) }
    const { left: _, ...finding } = toFinding([...verdicts, between], { name, value: isEndless ? null : write(good), range })
    return { ...finding, left: verdicts.flatMap(({ left }) => left ?? []) }
  }
  return toFinding(verdicts, { name, value: isEndless ? null : write(good) })
}
