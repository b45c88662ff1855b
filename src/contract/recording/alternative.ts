import { sameJson } from '../../core/json.ts'
import type { Explanation } from './guess.ts'
import { moved, type OtherValue } from './moves.ts'
import { weightOf, type UnlikeAnswer } from './replay.ts'
import type { Search } from './search.ts'

/** How much may be otherwise beside what is held on to, and how often without getting further. */
interface Limits {
  readonly taken: number
  readonly back: number
}

const usualLimits: Limits = { taken: 6, back: 1 }

/** Another explanation, and what of it is otherwise. */
export interface Alternative {
  readonly held: OtherValue
  readonly taken: readonly OtherValue[]
  readonly guess: Explanation
}

/** What is held on to. */
export interface HeldValues {
  /** Each by itself, with whatever may go with it. */
  readonly near: readonly OtherValue[]
  /** The same, but only with what gets further at once. */
  readonly far?: readonly OtherValue[]
}

/** Whether there is one; undefined where there were too many to try. */
export type Sought = Alternative | 'none' | undefined

interface Trial extends Alternative {
  readonly first: UnlikeAnswer
  readonly back: number
}

/**
 * Holds on to each of some other values, and looks for what explains as much with it: by the first answer that is unlike,
 * and what was read for it, those first that get furthest.
 */
export async function seekAlternative(
  search: Search,
  best: Explanation,
  { near, far = [] }: HeldValues,
  enough: number,
  { taken: mostTaken, back: mostBack }: Limits = usualLimits,
): Promise<Sought> {
  const last = search.played + search.patience
  const waiting: Trial[] = []
  const known = new Set<string>()
  /** What does not touch an answer does not explain it. */
  const mayGoBack = async (
    { guess, taken }: Alternative,
    first: UnlikeAnswer,
    { exchange, differences }: UnlikeAnswer,
  ): Promise<boolean> => {
    if (first.exchange === exchange) return !sameJson(first.differences, differences)
    // What somebody is, or has sent, is as it is because that explains something at once.
    if (taken.at(-1)?.who !== undefined) return false
    const unlike = await search.unlike(guess, Infinity, exchange.number)
    return unlike?.some((one) => one.exchange === exchange && sameJson(one.differences, differences)) === false
  }
  /** Undefined as long as it does not explain as much. */
  const attempt = async (one: Alternative, before: number, from?: Trial): Promise<Alternative | undefined> => {
    const key = JSON.stringify([search.inForce(one.guess), one.guess.people])
    if (known.has(key)) return undefined
    known.add(key)
    const unlike = await search.unlike(one.guess, enough)
    if (unlike === undefined) return undefined
    if (weightOf(unlike) <= enough) return one
    const first = unlike.at(-1)
    if (first === undefined || one.taken.length >= mostTaken) return undefined
    const isFurther = from === undefined || first.exchange.number > from.first.exchange.number
    const back = before + (isFurther ? 0 : 1)
    if (back > mostBack) return undefined
    if (!isFurther && !(await mayGoBack(one, first, from.first))) return undefined
    waiting.push({ ...one, first, back })
    return undefined
  }
  for (const [others, before] of [
    [near, 0],
    [far, mostBack],
  ] as const)
    for (const held of others) {
      const found = await attempt({ held, taken: [], guess: moved(best, held) }, before)
      if (found !== undefined) return found
    }
  for (let next = takeBest(waiting); next !== undefined; next = takeBest(waiting)) {
    const { held, taken, guess, first, back } = next
    for (const option of search.options(guess, first)) {
      if (search.played > last) return undefined
      if ([held, ...taken].some((one) => isSame(one, option))) continue
      const found = await attempt({ held, taken: [...taken, option], guess: moved(guess, option) }, back, next)
      if (found !== undefined) return found
    }
  }
  return 'none'
}

/** Nothing is held on to: goes on from a guess that does not explain everything. */
export async function seekExplanation(search: Search, from: Explanation): Promise<Explanation | undefined> {
  const nothing: OtherValue = { name: '', value: null, patch: {} }
  const sought = await seekAlternative(search, from, { near: [nothing] }, 0, { taken: 14, back: 2 })
  return typeof sought === 'object' ? sought.guess : undefined
}

function isSame({ who, patch }: OtherValue, option: OtherValue): boolean {
  return who === option.who && Object.keys(option.patch).some((name) => Object.hasOwn(patch, name))
}

/** The one that got furthest; of those, the one that takes least. */
function takeBest(waiting: Trial[]): Trial | undefined {
  const worth = ({ first, taken, back }: Trial): number => first.exchange.number - 0.1 * taken.length - 0.5 * back
  let at = 0
  for (const [index, trial] of waiting.entries()) if (worth(trial) > worth(waiting[at] as Trial)) at = index
  return waiting.splice(at, 1)[0]
}
