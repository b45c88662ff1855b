import { isJsonObject, parseJson, type Json } from '../../core/json.ts'
import { ruleFor } from '../comparing/volatile.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import type { ScriptedRequest } from './script.ts'

/** A member of an answer, by its steps, and what it is whenever and wherever the request is sent. */
export interface AlikeMember {
  readonly path: readonly string[]
  readonly value: string | number | boolean | null
}

/** So far in do answers tell what they are about. */
const deepest = 3

/**
 * Members that an answer and the same one elsewhere have alike: what is drawn, told by a clock, or by what is known to differ
 * from server to server, is none of them.
 */
export function toldAlike({ answer, again, clause }: ScriptedRequest, { kit, clauses }: CheckedApi): AlikeMember[] {
  // What the host around an API says of people is that installation's.
  if (clauses.find(({ id }) => id === clause)?.origin === 'host') return []
  const all = [...alike(parseJson(answer.body), parseJson(again.body), [])]
  const varies = (path: readonly string[]): boolean =>
    path.some((_, place) => ruleFor(kit, clause, path.slice(0, place + 1).join('.')) !== undefined)
  return all.filter(({ path }) => !varies(path))
}

function* alike(one: Json | undefined, other: Json | undefined, path: readonly string[]): Iterable<AlikeMember> {
  if (!isJsonObject(one) || !isJsonObject(other) || path.length === deepest) return
  for (const [name, value] of Object.entries(one)) {
    const at = [...path, name]
    const twin = other[name]
    if (!/^[A-Za-z_]\w*$/.test(name) || value === undefined) continue
    if (isJsonObject(value)) yield* alike(value, twin, at)
    else if (!Array.isArray(value) && value === twin && isShort(value))
      yield { path: at, value: value as AlikeMember['value'] }
  }
}

/** What can be written on a line. */
function isShort(value: Json): boolean {
  return typeof value !== 'string' || (value.length <= 120 && !/\p{C}/u.test(value))
}
