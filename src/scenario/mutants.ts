import type { AnyApi } from '../core/api.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { mutate, type AnyMutant } from '../core/mutant.ts'
import { nearestWord } from '../core/nearest.ts'
import { merge } from './merge.ts'

/** A mutant with the API that it bends. */
export interface ApiMutant {
  readonly api: AnyApi
  readonly mutant: AnyMutant
}

/** Every mutant of some APIs. */
export async function allMutants(apis: readonly AnyApi[]): Promise<ApiMutant[]> {
  const all: ApiMutant[] = []
  for (const api of apis) {
    for (const mutant of (await api.mutants?.()) ?? []) all.push({ api, mutant })
  }
  return all
}

/** Mutants by their ids. Throws ERR_MUTANT_UNKNOWN, naming the nearest. */
export async function findMutants(apis: readonly AnyApi[], ids: readonly string[]): Promise<ApiMutant[]> {
  if (ids.length === 0) return []
  const all = await allMutants(apis)
  return [...new Set(ids)].map((id) => {
    const found = all.find(({ mutant }) => mutant.id === id)
    if (found !== undefined) return found
    const known = all.map(({ mutant }) => mutant.id)
    throw new UnderstudyError('ERR_MUTANT_UNKNOWN', `There is no mutant "${id}".${didYouMean(nearestWord(id, known))}`)
  })
}

/** The API with those mutants that are its own. */
export function mutated<Played extends AnyApi>(api: Played, mutants: readonly ApiMutant[]): Played {
  const own = mutants.filter((candidate) => candidate.api.id === api.id)
  return own.reduce((played, { mutant }) => mutate(played, mutant), api)
}

/** What a scenario has to say for mutants to be seen. */
export function settingsFor(mutants: readonly ApiMutant[]): JsonObject {
  return mutants.reduce<JsonObject>(
    (settings, { api, mutant }) =>
      mutant.under === undefined ? settings : merge(settings, { [api.id]: mutant.under }),
    {},
  )
}
