import { inWords, type Json, type JsonObject } from '../../core/json.ts'
import { masked } from '../../world/mask.ts'
import { seekAlternative, type Alternative } from './alternative.ts'
import type { Explanation } from './guess.ts'
import { moved, type OtherValue } from './moves.ts'
import { weightOf, type UnlikeAnswer } from './replay.ts'
import type { Search } from './search.ts'

/** How sure it is that something is as it was found. */
export type Confidence = 'certain' | 'likely' | 'in part' | 'not seen'

/** What was found out about a setting, or about somebody. */
export type Finding = {
  /** Whose it is, if not the server's. */
  readonly who?: string
  readonly name: string
  /** What explains the recording, as a scenario writes it. */
  readonly value: Json
  readonly confidence: Confidence
  /** The request that tells it, and what would have been otherwise with another value. */
  readonly evidence?: Evidence
  /** Other values that explain it as well, and what they take. */
  readonly left: readonly Left[]
  /** For numbers and durations: every value from here to there does. */
  readonly range?: { readonly from: Json; readonly to?: Json }
}

/** The request by which a value is told from another. */
export type Evidence = {
  /** Counted from 1. */
  readonly request: number
  readonly what: string
  readonly otherwise: string
}

/** Another value. */
export type Left = {
  readonly value: Json
  /** What else would have to be otherwise: settings, or facts of people. */
  readonly with?: JsonObject
  /** What must not be otherwise as well: one of the two is as it was found. */
  readonly without?: JsonObject
  /** Nothing was found that explains it, but there was too much to try. */
  readonly untried?: true
}

/** What is known of one other value: that it does as well, or what speaks against it. */
export interface Judged {
  readonly move: OtherValue
  readonly left?: Left
  readonly evidence?: Evidence
  /** Nothing but what happened before the recording would explain it. */
  readonly isHistory?: true
  /** The guess with all that it takes. */
  readonly rescued?: Explanation
}

/** Judges one other value: by itself, and with one thing more that is otherwise. */
export async function judgeMove(search: Search, best: Explanation, move: OtherValue, base: number): Promise<Judged> {
  const half = moved(best, move)
  const found = await search.unlike(half, base)
  const value = shownValue(move)
  if (found !== undefined && weightOf(found) <= base) return { move, left: { value } }
  const known = new Set((await search.unlike(best))?.map(({ exchange }) => exchange.number))
  const telling = found?.find(({ exchange }) => !known.has(exchange.number))
  const evidence = telling === undefined ? undefined : evidenceOf(search, telling, move)
  // What was right is told by what it did; nothing else is tried with what was wrong.
  if (move.who !== undefined && move.name !== 'role' && move.name !== 'failures')
    return { move, ...(evidence === undefined ? {} : { evidence }) }
  const [first] = (found ?? []).slice(-1)
  const seconds = (first === undefined ? [] : search.options(half, first, { isBefore: true })).filter(
    (second) => second.who !== move.who || second.name !== move.name,
  )
  const rescues: Judged[] = []
  for (const second of seconds) {
    if (Object.keys(second.patch).some((name) => second.who === move.who && Object.hasOwn(move.patch, name))) continue
    if ((await search.score(moved(half, second), base)) === Infinity) continue
    const left = { value, with: { [nameOf(second)]: shownValue(second) } }
    const isHistory = second.name === 'failures'
    rescues.push({
      move,
      left,
      ...(evidence === undefined ? {} : { evidence }),
      ...(isHistory ? { isHistory } : {}),
      rescued: moved(half, second),
    })
    if (!isHistory) break
  }
  const [rescue] = rescues.toReversed()
  return rescue ?? { move, ...(evidence === undefined ? {} : { evidence }) }
}

/** The same of all ways to have one value; of a setting with whatever else may be otherwise as well. */
export async function judgeValue(
  search: Search,
  best: Explanation,
  moves: readonly OtherValue[],
  base: number,
): Promise<Judged[]> {
  const verdicts: Judged[] = []
  for (const move of moves) verdicts.push(await judgeMove(search, best, move, base))
  const [first] = verdicts
  const isLeft = verdicts.some(({ left, isHistory }) => left !== undefined && isHistory !== true)
  if (first === undefined || first.move.who !== undefined || isLeft) return verdicts
  const [near, ...far] = moves
  const sought = await seekAlternative(search, best, { near: near === undefined ? [] : [near], far }, base)
  return sought === 'none' ? verdicts : [...verdicts.slice(1), judgedBy(first, sought)]
}

/** What another explanation makes of a value; or that there was too much to try. */
export function judgedBy({ move, evidence }: Judged, sought: Alternative | undefined): Judged {
  const told = { move: sought?.held ?? move, ...(evidence === undefined ? {} : { evidence }) }
  const value = shownValue(told.move)
  if (sought === undefined) return { ...told, left: { value, untried: true } }
  const taken = Object.fromEntries(sought.taken.map((one) => [nameOf(one), shownValue(one)]))
  return { ...told, left: { value, with: taken }, rescued: sought.guess }
}

/** As it is told what else would have to be otherwise. */
export function nameOf({ who, name }: { readonly who?: string | undefined; readonly name: string }): string {
  return who === undefined ? name : `${who}.${name}`
}

/** What is sure after several others were judged. */
export function confidenceOf(verdicts: readonly Judged[]): Confidence {
  if (!verdicts.some(({ evidence }) => evidence !== undefined)) return 'not seen'
  if (verdicts.some(({ left, isHistory }) => left !== undefined && isHistory !== true)) return 'in part'
  return verdicts.some(({ isHistory }) => isHistory === true) ? 'likely' : 'certain'
}

/** What is found by several others that were judged. */
export function foundBy(
  verdicts: readonly Judged[],
  about: Pick<Finding, 'who' | 'name' | 'value' | 'range'>,
): Finding {
  const evidence = verdicts.find((verdict) => verdict.evidence !== undefined)?.evidence
  return {
    ...about,
    confidence: confidenceOf(verdicts),
    ...(evidence === undefined ? {} : { evidence }),
    left: verdicts.flatMap(({ left }) => left ?? []),
  }
}

/** A value as it may be told. */
export function shownValue({ who, name, value }: Pick<OtherValue, 'who' | 'name' | 'value'>): Json {
  return who !== undefined && value !== null && (name === 'password' || name === 'code') ? masked : value
}

/** What an answer says against a value. */
export function evidenceOf(
  search: Search,
  { exchange, differences: [first] }: UnlikeAnswer,
  move: OtherValue,
): Evidence {
  const {
    where,
    expected = '',
    received = '',
  } = first === undefined ? { where: 'the answer' } : search.redactor.difference(first)
  const value = shownValue(move)
  const other = value === masked || value === null ? 'another' : inWords(value)
  return {
    request: exchange.number,
    what: `${exchange.request.method} ${exchange.path}`,
    otherwise: `with ${other} ${where} would have been ${cut(expected)} instead of ${cut(received)}`,
  }
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
