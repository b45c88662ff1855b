import { fromIso, toIso } from '../../core/instant.ts'
import type { Json } from '../../core/json.ts'
import type { Deviation, Kit, Volatile } from '../../core/kit.ts'
import type { Answered } from './answered.ts'

/** Clocks may differ by this much without a word. */
const toleranceMs = 5000

const quarterMs = 900_000

/** What a value had to be that is not, and whether it is of that form at least. */
export interface Breach {
  readonly how: Deviation
  readonly expected: string
}

/** The rule for a member that differs from server to server; one for the clause counts more than one for all. */
export function ruleFor(
  { volatile }: Pick<Kit, 'volatile'>,
  clause: string | undefined,
  path: string,
): Volatile | undefined {
  const name = [`${clause} ${path}`, path].find((candidate) => Object.hasOwn(volatile, candidate))
  return name === undefined ? undefined : volatile[name]
}

/** What a volatile member had to be, where it is not. */
export function breaksRule(
  rule: Exclude<Volatile, 'same shape'>,
  wanted: Json,
  got: Json,
  expected: Pick<Answered, 'at'>,
  received: Pick<Answered, 'at'>,
): Breach | undefined {
  if (rule instanceof RegExp) return typeof got === 'string' && rule.test(got) ? undefined : form(`like ${rule.source}`)
  if (typeof rule === 'object') {
    const name = rule.naming.exec(String(wanted))?.[1] ?? ''
    return typeof got === 'string' && got.includes(name) ? undefined : form(`a text with "${name}" in it`)
  }
  if (rule === 'anything') return undefined
  if (rule === 'same type') return breaksType(wanted, got)
  if (rule === 'text or null') return got === null || typeof got === 'string' ? undefined : form('a text or null')
  if (rule === 'milliseconds') {
    if (typeof wanted !== 'number' || typeof got !== 'number') return breaksType(wanted, got)
    return offBy(wanted - expected.at, got - received.at, received.at)
  }
  const wantedAt = fromIso(String(wanted))
  if (wantedAt === undefined) return wanted === got ? undefined : form(JSON.stringify(wanted))
  const gotAt = typeof got === 'string' && inGmt.test(got) ? fromIso(got) : undefined
  if (gotAt === undefined) return form('an instant of ISO 8601 in GMT')
  return offBy(wantedAt - expected.at, gotAt - received.at, received.at)
}

/** A date with a time, whose zone is said and is GMT. Fractions and the spelling of the zone are up to the server. */
const inGmt = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]00:?00)$/

/** What is wrong with an instant that should be `wanted` ahead of the server's clock, in milliseconds, and is `got`. */
function offBy(wanted: number, got: number, now: number): Breach | undefined {
  const off = got - wanted
  if (Math.abs(off) <= toleranceMs) return undefined
  const about = `about ${toIso(now + wanted)}`
  // Zones are quarters of hours apart, and where servers stand one to fourteen hours from GMT.
  const quarters = off / quarterMs
  const isFar = Math.abs(quarters) >= 4 && Math.abs(quarters) < 57
  const looksLocal = isFar && Math.abs(off - Math.round(quarters) * quarterMs) <= toleranceMs
  if (looksLocal) return form(`${about}, in GMT; this looks like local time`)
  const isPast = wanted > toleranceMs && got < toleranceMs
  return isPast ? form(`${about}, which is still to come`) : { how: 'value', expected: about }
}

/** The type that a value had to be of, where it is not. */
export function breaksType(wanted: Json, got: Json): Breach | undefined {
  return kindOf(wanted) === kindOf(got) ? undefined : form(`a ${kindOf(wanted)}`)
}

function form(expected: string): Breach {
  return { how: 'form', expected }
}

function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}
