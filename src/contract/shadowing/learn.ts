import { isJsonObject, parseJson, type Json } from '../../core/json.ts'
import type { Answered } from '../comparing/answered.ts'
import type { PossibleAnswer } from './person.ts'
import type { Possibility } from './possibility.ts'
import type { BareStage } from './stage.ts'

/**
 * The possibility with facts that an answer tells: where something stood for one, the server says what it is. Undefined where it
 * tells none.
 */
export function learned(
  stage: BareStage,
  one: Possibility,
  { expected }: Pick<PossibleAnswer, 'expected'>,
  answer: Answered,
): Possibility | undefined {
  const [, user] = [...one.known].find(([key]) => key.startsWith('user:')) ?? []
  if (!isJsonObject(user)) return undefined
  const open = (stage.api.kit.strangers?.open ?? []).filter((fact) => !one.learned.includes(fact))
  const pairs = [...texts(parseJson(expected.body) ?? null, parseJson(answer.body) ?? null)]
  const told = open.flatMap((fact): [string, string][] => {
    const pair = pairs.find(([standsFor]) => standsFor === user[fact])
    // What is short may stand there for another reason.
    return pair === undefined || pair[0].length < 8 ? [] : [[fact, pair[1]]]
  })
  if (told.length === 0) return undefined
  const known = stage.change(one.known, Object.fromEntries(told), answer.at)
  return known && { ...one, known, learned: [...one.learned, ...told.map(([fact]) => fact)] }
}

/** Texts that stand in the same place. */
function* texts(wanted: Json, got: Json): Iterable<readonly [wanted: string, got: string]> {
  if (typeof wanted === 'string' && typeof got === 'string') yield [wanted, got]
  else if (isJsonObject(wanted) && isJsonObject(got))
    for (const [name, value] of Object.entries(wanted)) yield* texts(value ?? null, got[name] ?? null)
}
