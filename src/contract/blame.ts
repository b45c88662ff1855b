import { headerValue } from '../core/http.ts'
import type { Kit, Part } from '../core/kit.ts'
import type { Difference } from './difference.ts'
import type { Exchange } from './exchange.ts'

/**
 * The clause that is broken by a difference: of the part that differs; of the step, where the server decided otherwise
 * than it should; or else the one that the answer plays.
 */
export function blame(kit: Kit, exchange: Exchange): string {
  const { meaning, shows, differences } = exchange
  const decisive = differences.find((difference) => decides(kit, difference))
  const first = decisive ?? differences[0]
  if (first === undefined || (kit.verdicts === undefined && shows !== undefined)) return shows ?? meaning.clause
  const part = kit.parts.find((candidate) => fits(candidate, exchange, first))
  return part?.clause ?? (decisive === undefined ? undefined : shows) ?? meaning.clause
}

/** Whether a server that differs in this has decided otherwise. */
function decides({ verdicts = [] }: Kit, { where, received }: Difference): boolean {
  return verdicts.some((verdict) => verdict.where.test(where) && verdict.received.test(received))
}

function fits(part: Part, { meaning, differences }: Exchange, first: Difference): boolean {
  if (!isOf(part, meaning.clause) || (part.alone === true && differences.length > 1)) return false
  const looked = part.anywhere === true ? differences : [first]
  return looked.some(
    ({ where, how, expected, received }) =>
      part.where?.test(where) !== false &&
      part.how?.includes(how) !== false &&
      part.expected?.test(expected) !== false &&
      part.received?.test(received) !== false,
  )
}

function isOf({ of }: Part, clause: string): boolean {
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
  return [meaning.clause, ...(shows === undefined ? [] : [shows]), ...parts.map(({ clause }) => clause)]
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
