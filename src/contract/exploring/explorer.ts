import type { Journey } from '../../core/journey.ts'
import { createRandom } from '../../core/random.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Exchange } from '../playing/exchange.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { Composer } from './composer.ts'
import { Novelty } from './novelty.ts'
import { toJourney, type Move, type Stage } from './sequence.ts'
import { vocabularyOf } from './vocabulary.ts'

/** A sequence, and what it is played as. */
export interface Sequence {
  /** The how manieth it is, counted from 1. */
  readonly number: number
  readonly moves: readonly Move[]
  readonly journey: Journey
}

/** What sequences are made for. */
export interface Exploration {
  readonly api: CheckedApi
  readonly settings: JsonObject
  /** Roles that there are accounts of. */
  readonly roles: readonly string[]
  /** Sequences are the same for the same seed. */
  readonly seed: number
  /** Plays a sequence on the mock alone. */
  readonly rehearse: (journey: Journey) => Promise<readonly Exchange[]>
}

/** Out of so many the next sequence is chosen: the mock plays them in no time. */
const candidates = 6

/**
 * Makes one sequence after the other, by what the mock answered to those before: what was played on a server plays no part in
 * it, so that seed and number say which sequence it is.
 */
export class Explorer {
  readonly stage: Stage
  readonly novelty = new Novelty()
  readonly #exploration: Exploration
  readonly #composer: Composer
  #made = 0

  constructor(exploration: Exploration) {
    const { api, settings, roles } = exploration
    this.#exploration = exploration
    this.stage = { kit: api.kit, roles, given: Object.keys(api.kit.values?.(settings) ?? {}) }
    this.#composer = new Composer(vocabularyOf(api, settings), this.stage, settings, this.novelty)
  }

  /** The next one: of some that would do, the one by which the mock is made to do most that is new. */
  async next(): Promise<Sequence> {
    const { seed, rehearse } = this.#exploration
    const number = ++this.#made
    const random = createRandom(`explore ${seed} ${number}`)
    let best: { moves: readonly Move[]; journey: Journey; features: ReadonlySet<string> } | undefined
    for (let candidate = 0; candidate < candidates; candidate++) {
      const moves = this.#composer.compose(random)
      const journey = toJourney(this.stage, moves, `explore.${seed}.${number}`)
      const features = this.novelty.newIn(journey, await rehearse(journey))
      if (best === undefined || features.size > best.features.size) best = { moves, journey, features }
    }
    const { moves, journey, features } = best as NonNullable<typeof best>
    this.novelty.note(features)
    this.#composer.keep(moves)
    return { number, moves, journey }
  }
}
