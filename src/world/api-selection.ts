import type { AnyApi } from '../core/api.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Setup } from './setup.ts'

/** Which APIs of a set play: the same list for the same scenario, as it is asked for with each request. */
export class ApiSelection {
  readonly #apis: readonly AnyApi[]
  #setup: Setup | undefined
  #chosen: readonly AnyApi[] = []

  constructor(apis: readonly AnyApi[]) {
    this.#apis = apis
  }

  in(setup: Setup): readonly AnyApi[] {
    if (this.#setup === setup) return this.#chosen
    this.#setup = setup
    this.#chosen = this.#apis.filter(({ id }) => setup.playing.includes(id))
    return this.#chosen
  }
}

/** An id that is none of these, or that of an API which is there and does not play. */
export function apiUnknown(id: string, playing: readonly string[], title: string | undefined): UnderstudyError {
  const there = `there ${playing.length === 1 ? 'is' : 'are'} ${playing.join(', ')}`
  return new UnderstudyError(
    'ERR_API_UNKNOWN',
    title === undefined
      ? `There is no API "${id}"; ${there}.${didYouMean(nearestWord(id, playing))}`
      : `${title} does not play: the scenario's apis choose; ${there}.`,
  )
}
