import { headerValue } from '../../core/http.ts'
import { objectIn } from '../../core/json.ts'
import type { Kit, AnswerPart } from '../../core/kit.ts'
import type { Difference } from '../comparing/difference.ts'
import type { Exchange } from './exchange.ts'
import { isRepeated } from './repeated-password.ts'
import { isUnlikeTwin } from './twin.ts'

/** Stands for a clause where only a journey of one's own says what has to come back. */
export const noClause = 'journey'

/** What of an answer goes against a clause. */
export interface Charge {
  readonly clause: string
  readonly differences: readonly Difference[]
}

/**
 * What is wrong with an answer, by clause. Where the server has gone another way, all that differs follows from that;
 * elsewhere each difference stands for itself, so that a guess that does not hold hides nothing that is promised.
 */
export function chargesOf(kit: Kit, exchange: Exchange): readonly Charge[] {
  const { differences } = exchange
  if (differences.length === 0) return []
  if (goesAnotherWay(kit, exchange)) return [{ clause: blame(kit, exchange), differences }]
  const charges = new Map<string, Difference[]>()
  for (const difference of differences) {
    const clause = difference.expectedBy === 'journey' ? noClause : blameFor(kit, exchange, difference)
    charges.set(clause, [...(charges.get(clause) ?? []), difference])
  }
  return [...charges].map(([clause, found]) => ({ clause, differences: found }))
}

/**
 * Whether the server has done something else than it should, instead of having told the same in other words or shown
 * less of it: what comes next cannot be compared any more.
 */
export function goesAnotherWay(kit: Kit, exchange: Exchange): boolean {
  const { expected, received, sent } = exchange
  // What a journey expects beside the contract says nothing of which way a server goes.
  const differences = exchange.differences.filter(({ expectedBy }) => expectedBy !== 'journey')
  if (received === undefined && differences.length > 0) return true
  const captured = Object.values(sent.capture ?? {})
  return differences.some((difference) => {
    const { where, how } = difference
    if (captured.some((from) => from === where || where.startsWith(`${from}.`))) return true
    if (saysTheSame(kit, exchange)) return false
    if (where === 'header set-cookie') return /^none$/.test(difference.expected) || /^none$/.test(difference.received)
    if (where.startsWith('header ')) return false
    // With the same body, another status says the same in another way.
    if (where === 'status') return differences.length > 1 || expected.body === ''
    return how === 'value' || decides(kit, difference)
  })
}

/**
 * The clause that an answer breaks: of the part that differs; of the step, where the server decided otherwise than it
 * should; or else the one that the answer plays.
 */
export function blame(kit: Kit, exchange: Exchange): string {
  const { meaning, shows } = exchange
  const differences = exchange.differences.filter(({ expectedBy }) => expectedBy !== 'journey')
  const first = differences.find((difference) => decides(kit, difference)) ?? differences[0]
  return first === undefined ? (shows ?? meaning.clause) : blameFor(kit, exchange, first)
}

function blameFor(kit: Kit, exchange: Exchange, difference: Difference): string {
  const { meaning, shows } = exchange
  if (isRepeated(difference) && kit.repeatedPassword !== undefined) return kit.repeatedPassword
  if (isUnlikeTwin(difference) && kit.likeTwins !== undefined) return kit.likeTwins
  if (kit.verdicts === undefined && shows !== undefined) return shows
  const part = kit.parts.find((candidate) => fits(kit, candidate, exchange, difference))
  return part?.clause ?? (decides(kit, difference) ? shows : undefined) ?? meaning.clause
}

/** Whether a server that differs in this has decided otherwise. */
function decides({ verdicts = [] }: Kit, { where, received }: Difference): boolean {
  return verdicts.some((verdict) => verdict.where.test(where) && verdict.received.test(received))
}

/** Whether both answers have the same word that tells what was decided. */
function saysTheSame(kit: Kit, { expected, received }: Exchange): boolean {
  const wanted = kit.word?.(objectIn(expected.body))
  return wanted !== undefined && wanted === kit.word?.(objectIn(received?.body ?? ''))
}

function fits(kit: Kit, part: AnswerPart, exchange: Exchange, first: Difference): boolean {
  const { meaning, shows, differences } = exchange
  if (!isOf(part, meaning.clause) || part.notOf?.includes(meaning.clause) === true) return false
  if (part.shows !== undefined && part.shows !== shows) return false
  if (part.alone === true && differences.length > 1 && !saysTheSame(kit, exchange)) return false
  const looked = part.anywhere === true ? differences : [first]
  return looked.some(
    ({ where, how, expected, received }) =>
      part.where?.test(where) !== false &&
      part.how?.includes(how) !== false &&
      part.expected?.test(expected) !== false &&
      part.received?.test(received) !== false,
  )
}

function isOf({ of }: AnswerPart, clause: string): boolean {
  return of === undefined || of.includes(clause)
}

/** Every clause that an answer shows: the one it plays, the one its step is there for, and those of its parts. */
export function clausesOf(kit: Kit, exchange: Exchange): string[] {
  const { meaning, shows, expected } = exchange
  const headers = kit.headers.filter((name) => headerValue(expected.headers, name) !== undefined)
  const places = [...placesOf(expected.body), ...headers.map((name) => `header ${name}`)]
  const parts = kit.parts.filter(
    (part) => isOf(part, meaning.clause) && places.some((place) => part.where?.test(place) ?? part.of !== undefined),
  )
  const twins = exchange.sent.likeBefore === true && kit.likeTwins !== undefined ? [kit.likeTwins] : []
  return [meaning.clause, ...(shows === undefined ? [] : [shows]), ...parts.map(({ clause }) => clause), ...twins]
}

/** Everything that an answer tells, as it is called where it differs: `body.blocked`, `body.blocked.until`. */
function placesOf(body: string): string[] {
  const visit = (value: unknown, where: string): string[] => {
    if (typeof value !== 'object' || value === null) return [where]
    const members = Object.entries(value).flatMap(([name, member]) =>
      visit(member, Array.isArray(value) ? `${where}[${name}]` : `${where}.${name}`),
    )
    return [where, ...members]
  }
  try {
    return visit(JSON.parse(body), 'body')
  } catch {
    return []
  }
}
