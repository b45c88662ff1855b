import type { AnyField } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Strangers } from '../core/kit.ts'
import type { Random } from '../core/random.ts'
import { madeUp } from './made-up.ts'

/** So many different people are told from each other, at most. */
const mostListed = 24

/** What a user may be of whom nothing is known: of flags and choices each, of anything else something that stands for it. */
export function strangersOf(facts: { readonly [name: string]: AnyField }, draw: Random): Strangers {
  let maybe: readonly JsonObject[] = [{}]
  const open: string[] = []
  for (const [name, field] of Object.entries(facts)) {
    const values = valuesOf(field)
    const isListed = values !== undefined && maybe.length * values.length <= mostListed
    if (!isListed) open.push(name)
    const all = isListed ? values : [standIn(field, draw, name)]
    maybe = maybe.flatMap((one) => all.map((value) => (value === undefined ? one : { ...one, [name]: value })))
  }
  return { maybe, open }
}

/** Every value of a field that has only a few; undefined stands for none. */
function valuesOf(field: AnyField): (Json | undefined)[] | undefined {
  const values = field.kind === 'boolean' ? [true, false] : field.kind === 'choice' ? field.choices : undefined
  return values && [...values, ...(field.optional === true ? [undefined] : [])]
}

/** A text that is nobody's, so that an answer tells what it stands for; else what is there where nobody says it. */
function standIn(field: AnyField, draw: Random, name: string): Json | undefined {
  if (field.kind === 'text' && field.pattern === undefined && field.read === undefined) return madeUp(field, draw, name)
  if (field.default !== undefined) return field.default
  return field.optional === true ? undefined : madeUp(field, draw, name)
}
