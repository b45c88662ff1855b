import type { AnyApi } from '../core/api.ts'
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
