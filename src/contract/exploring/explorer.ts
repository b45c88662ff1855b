import type { Journey } from '../../core/journey.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { createRandom } from '../../core/random.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Exchange } from '../playing/exchange.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { Composer } from './composer.ts'
import { Novelty } from './novelty.ts'
import { toJourney, type Move, type Company } from './sequence.ts'
import { vocabularyOf } from './vocabulary.ts'

/** A sequence, and what it is played as. */
export interface Sequence {
  /** The how manieth it is, counted from 1. */
  readonly number: number
  readonly moves: readonly Move[]
  readonly journey: Journey
  /** What the mock answered. */
  readonly exchanges: readonly Exchange[]
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
  /** Whether such requests may be sent at all; any may if left out. */
  readonly isHarmless?: (exchanges: readonly Exchange[]) => boolean
  /** For how long one may wait at a time, in milliseconds. */
  readonly longestWait?: number
  /** Whether states can be arranged on the way; they can if left out. */
  readonly arranges?: boolean
}

/** Out of so many the next sequence is chosen: the mock plays them in no time. */
const candidates = 12

/** Where most could lock somebody, so many are looked at. */
const mostCandidates = 200

interface Candidate extends Omit<Sequence, 'number'> {
  readonly features: ReadonlySet<string>
}

/**
 * Makes one sequence after the other, by what the mock answered to those before: what was played on a server plays no part in
 * it, so that seed and number say which sequence it is.
 */
export class Explorer {
  readonly stage: Company
  readonly novelty = new Novelty()
  readonly #exploration: Exploration
  readonly #composer: Composer
  #made = 0

  constructor(exploration: Exploration) {
    const { api, settings, roles, longestWait = Infinity, arranges = true } = exploration
    this.#exploration = exploration
    this.stage = { kit: api.kit, roles, given: Object.keys(api.kit.values?.(settings) ?? {}) }
    const { words, states, waits } = vocabularyOf(api, settings)
    const possible = waits.map((each) => each.filter((ms) => ms <= longestWait)).filter(({ length }) => length > 0)
    const vocabulary = { words, states: arranges ? states : [], waits: possible }
    this.#composer = new Composer(vocabulary, this.stage, settings, this.novelty)
  }

  /** The next one: of some that would do, the one by which the mock is made to do most that is new. */
  async next(): Promise<Sequence> {
    const { seed, rehearse, isHarmless } = this.#exploration
    const number = ++this.#made
    const random = createRandom(`explore ${seed} ${number}`)
    let best: Candidate | undefined
    for (let made = 0; made < candidates || (best === undefined && made < mostCandidates); made++) {
      const moves = this.#composer.compose(random)
      const journey = toJourney(this.stage, moves, `explore.${seed}.${number}`)
      const exchanges = await rehearse(journey)
      if (exchanges.length === 0 || isHarmless?.(exchanges) === false) continue
      const features = this.novelty.newIn(journey, exchanges)
      if (best === undefined || features.size > best.features.size) best = { moves, journey, exchanges, features }
    }
    if (best === undefined)
      throw new UnderstudyError(
        'ERR_UNSAFE',
        'Every sequence could lock an account. Name one that may be locked (role disposable, mayBeLocked: true).',
      )
    const { moves, journey, exchanges, features } = best
    this.novelty.note(features)
    this.#composer.keep(moves)
    return { number, moves, journey, exchanges }
  }
}
