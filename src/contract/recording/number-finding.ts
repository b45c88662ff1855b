import { formatDuration } from '../../core/duration.ts'
import type { AnyField } from '../../core/field.ts'
import type { Json } from '../../core/json.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import { seekAlternative } from './alternative.ts'
import { boundsOf } from './bounds.ts'
import { judgedBy, judgeMove, foundBy, type Finding, type Judged } from './finding.ts'
import type { Explanation } from './guess.ts'
import { moved, type OtherValue } from './moves.ts'
import { sizeOf } from './others.ts'
import type { Search } from './search.ts'

/** So far is followed what takes more and more to be otherwise. */
const mostSteps = 4

/** A year and a day: no setting is longer. */
const longest = 366 * 86_400_000

/** What is known of a setting that is a count or a duration: from where to where it may be. */
export async function numberFinding(
  api: CheckedApi,
  search: Search,
  best: Explanation,
  base: number,
  { name, field, moves }: { readonly name: string; readonly field: AnyField; readonly moves: readonly OtherValue[] },
  verdicts: Judged[],
): Promise<Finding> {
  const isDuration = field.kind === 'duration'
  const write = (value: number | null): Json => (isDuration && value !== null ? formatDuration(value) : value)
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
  if (isEndless && !(await fits(most))) {
    const far = await seekAlternative(search, best, { near: [moveTo(most)], far: moves }, base)
    const judged = await judgeMove(search, best, moveTo(most), base)
    verdicts.push(far === 'none' || judged.left !== undefined ? judged : judgedBy(judged, far))
    const [{ left }] = verdicts as [Judged]
    return foundBy(verdicts, { name, value: null, ...(left === undefined ? {} : { range: { from: left.value } }) })
  }
  const good = isEndless ? most : Number(inForce)
  const step = (value: number): number => (isDuration ? Math.max(1000, value / 200) : 1)
  const bounds = await boundsOf(fits, good, { least, most, step })
  const { below, above } = bounds
  let { from, to } = bounds
  const canEnd = 'nullable' in field && field.nullable
  const beyond = above ?? (canEnd && !(await fits(null)) ? null : undefined)
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
  // And where several things would have to be.
  const read = ({ value }: OtherValue): number => sizeOf(value)
  for (let times = 0; verdicts.length > 0 && times < mostSteps; times++) {
    const outside = moves.filter((move) => read(move) < from || (read(move) > to && !isOpen))
    const ends = [from > least ? below : undefined, isOpen ? undefined : beyond].flatMap((end) =>
      end === undefined || !(sizeOf(write(end)) < from || sizeOf(write(end)) > to) ? [] : [moveTo(end)],
    )
    const [first = outside[0]] = ends
    if (first === undefined) break
    const sought = await seekAlternative(search, best, { near: ends, far: outside }, base)
    if (sought === 'none') break
    verdicts.push(judgedBy({ move: first }, sought))
    const reached = sought === undefined ? outside.map(read) : [read(sought.held)]
    from = Math.min(from, ...reached)
    to = Math.max(to, ...reached.filter((value) => value !== Infinity))
    isOpen ||= reached.includes(Infinity) || (sought === undefined && reached.some((value) => value > to))
    if (sought === undefined) break
  }
  const isOne = isDuration ? to - from <= 2 * step(from) : from === to
  if (verdicts.length > 0 && !isOne) {
    const between = { move: moveTo(good), left: { value: write(from) } }
    const range = { from: write(from), ...(isOpen ? {} : { to: write(to) }) }
    const finding = foundBy([...verdicts, between], { name, value: isEndless ? null : write(good), range })
    return { ...finding, left: verdicts.flatMap(({ left }) => left ?? []) }
  }
  const finding = foundBy(verdicts, { name, value: isEndless ? null : write(good) })
  if (verdicts.length > 0) return finding
  // What is as good at both ends may be told by another setting yet.
  const ends = [least, most].filter((value) => value !== good)
  return { ...finding, range: { from: write(least) }, left: ends.map((value) => ({ value: write(value) })) }
}
