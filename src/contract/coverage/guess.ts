import type { AnyApi } from '../../core/api.ts'
import type { Clause } from '../../core/clause.ts'
import { sameJson, type JsonObject } from '../../core/json.ts'
import { readSettings } from '../target/settings.ts'

/** A clause behind an answer that no vendor says: whoever relies on the answer relies on a choice of this mock. */
export type Guess = Pick<Clause, 'id' | 'origin' | 'text' | 'choice' | 'setting'> & {
  /** Settings of it that were other than by default: a server is so or not, and nobody can set it. */
  readonly presupposes?: JsonObject
}

/** The guesses behind an answer: the clause that it plays, where that is assumed, and those that other settings are about. */
export function guessesBehind(api: AnyApi, clause: string, settings: JsonObject): readonly Guess[] {
  const usual = readSettings(api, {})
  const fields = Object.entries(api.settings)
  return api.clauses
    .filter(({ origin }) => origin === 'assumed')
    .flatMap(({ id, origin, text, choice, setting }): Guess[] => {
      const others = fields
        .filter(([name, { openPoint }]) => openPoint === id && !sameJson(settings[name], usual[name]))
        .map(([name]) => [name, settings[name]] as const)
      if (id !== clause && others.length === 0) return []
      const chosen = choice === undefined ? {} : { choice }
      const set = setting === undefined ? {} : { setting }
      return [
        {
          id,
          origin,
          text,
          ...chosen,
          ...set,
          ...(others.length === 0 ? {} : { presupposes: Object.fromEntries(others) }),
        },
      ]
    })
}
