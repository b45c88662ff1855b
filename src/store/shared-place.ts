import type { AnyApi } from '../core/api.ts'
import { sameJson } from '../core/json.ts'
import type { Random } from '../core/random.ts'
import type { Answers } from '../world/answers.ts'
import { Base } from '../world/base.ts'
import { KnownRecords } from './known-records.ts'
import { Routes } from '../world/routes.ts'
import type { Setup } from '../world/setup.ts'
import { fromNamed, type StageRecord } from './shared-scenario.ts'
import { Turnstile } from '../world/turnstile.ts'

/** So many records of a world are remembered. */
const remembered = 20_000

/** What a world plays, ready to be played. */
export interface Playing {
  readonly setup: Setup
  readonly base: Base
}

/** What a server remembers of one shared world between turns. */
export class SharedPlace {
  readonly name: string
  readonly known: KnownRecords = new KnownRecords(remembered)
  readonly routes: Routes
  /** Turns that met another enter here, so that they do not get in each other's way once more. */
  readonly turnstile: Turnstile = new Turnstile()
  random: Random
  readonly #apis: readonly AnyApi[]
  #playing: (Playing & { readonly record: StageRecord }) | undefined

  constructor(name: string, apis: readonly AnyApi[], random: Random) {
    this.name = name
    this.routes = new Routes()
    this.random = random
    this.#apis = apis
  }

  /** The scenario of a record, read once, however often the record itself is read. */
  playing(record: StageRecord, readScenario: (source: unknown, name: string) => Setup, answers: Answers): Playing {
    if (this.#playing === undefined || !sameJson(this.#playing.record, record)) {
      const setup = fromNamed(record, readScenario)
      this.#playing = { record, setup, base: new Base(this.#apis, setup, record.startedAt, answers) }
    }
    return this.#playing
  }
}
