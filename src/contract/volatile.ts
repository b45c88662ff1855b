import { fromIso, toIso } from '../core/instant.ts'
import type { Json } from '../core/json.ts'
import type { Kit, Volatile } from '../core/kit.ts'
import type { Answered } from './difference.ts'

/** Clocks may differ by this much without a word. */
const toleranceMs = 5000

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
): string | undefined {
  if (rule instanceof RegExp) return typeof got === 'string' && rule.test(got) ? undefined : `like ${rule.source}`
  if (rule === 'same type') return breaksType(wanted, got)
  if (rule === 'text or null') return got === null || typeof got === 'string' ? undefined : 'a text or null'
  const form = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z'
  if (typeof got !== 'string' || !new RegExp(`^${form}$`).test(got)) return 'an instant in GMT to the second, with Z'
  const [wantedAt, gotAt] = [fromIso(String(wanted)), fromIso(got)]
  if (wantedAt === undefined || gotAt === undefined) return 'an instant'
  const ahead = wantedAt - expected.at
  const off = gotAt - received.at - ahead
  return Math.abs(off) <= toleranceMs ? undefined : `about ${toIso(received.at + ahead)}`
}

/** The type that a value had to be of, where it is not. */
export function breaksType(wanted: Json, got: Json): string | undefined {
  return kindOf(wanted) === kindOf(got) ? undefined : `a ${kindOf(wanted)}`
}

function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}
