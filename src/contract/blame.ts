import type { Kit, Part } from '../core/kit.ts'
import type { Difference } from './difference.ts'
import type { Exchange } from './exchange.ts'

/**
 * The clause that is broken by a difference: of the part that differs; of the step, where the server decided otherwise
 * than it should; or else the one that the answer plays.
 */
export function blame(kit: Kit, { meaning, shows }: Exchange, difference: Difference | undefined): string {
  if (difference === undefined) return shows ?? meaning.clause
  const { where, how, received } = difference
  if (kit.verdicts === undefined && shows !== undefined) return shows
  const part = kit.parts.find(
    (candidate) =>
      isOf(candidate, meaning.clause) &&
      candidate.where?.test(where) !== false &&
      candidate.how?.includes(how) !== false &&
      candidate.received?.test(received) !== false,
  )
  if (part !== undefined) return part.clause
  const decides = kit.verdicts?.some((verdict) => verdict.where.test(where) && verdict.received.test(received)) === true
  return (decides ? shows : undefined) ?? meaning.clause
}

function isOf({ of }: Part, clause: string): boolean {
  return of === undefined || of.includes(clause)
}

/** Every clause that an answer shows: the one it plays, the one its step is there for, and those of its parts. */
export function clausesOf(kit: Kit, exchange: Exchange): string[] {
  const { meaning, shows, expected } = exchange
  const places = placesOf(expected.body)
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
