import type { Json } from '../../core/json.ts'
import type { Breach } from './volatile.ts'

/** A value that a step has captured, and out of what. */
export interface Captured {
  readonly from: string
  readonly value: string
  /** When, by the server's time. */
  readonly at: number
}

/** What the steps before an answer have captured, on both sides. */
export interface Captures {
  readonly oracle: ReadonlyMap<string, Captured>
  readonly subject: ReadonlyMap<string, Captured>
}

/**
 * What a value had to be that differs from server to server, where it was met before: a session that goes on has the
 * number that this server gave it, and a new one has another. Undefined where nothing is wrong with it.
 */
export function breaksSameness(known: Captures, from: string, wanted: Json, got: Json): Breach | undefined {
  const met = [...known.oracle].flatMap(([name, { value }]) => (isValue(value, wanted) ? [name] : []))
  const [first] = met
  if (first !== undefined)
    return met.some((name) => known.subject.get(name)?.value === String(got))
      ? undefined
      : { how: 'value', expected: `the ${first} of before` }
  // Chance makes a number of one kind equal to one of another, so only what was captured here counts.
  const again = [...known.subject].find(([, captured]) => captured.from === from && isValue(captured.value, got))
  return again === undefined ? undefined : { how: 'value', expected: `another than the ${again[0]} of before` }
}

function isValue(captured: string, value: Json): boolean {
  return captured !== '' && (typeof value === 'string' || typeof value === 'number') && captured === String(value)
}
