import type { Guess } from './guess.ts'
import { moved, personMoves, settingMoves, type Move } from './moves.ts'
import type { Replay, UnlikeAnswer } from './replay.ts'

/** So often is everything tried anew, at most. */
const rounds = 5

/** So many guesses are played before two things at a time are given up. */
const mostPlayed = 2500

/** Looks for what explains a recording. The same guess is played once. */
export class Search {
  readonly #replay: Replay
  readonly #played = new Map<string, { readonly most: number; readonly found: readonly UnlikeAnswer[] | undefined }>()

  constructor(replay: Replay) {
    this.#replay = replay
  }

  /** See {@link Replay.unlike}. */
  async unlike(guess: Guess, most: number = Infinity): Promise<readonly UnlikeAnswer[] | undefined> {
    const key = JSON.stringify(guess)
    const known = this.#played.get(key)
    if (known !== undefined && (known.most >= most || (known.found?.length ?? 0) > most)) return known.found
    const found = await this.#replay.unlike(guess, most)
    this.#played.set(key, { most, found })
    return found
  }

  /** How many answers are not explained; Infinity for more than `most`. */
  async score(guess: Guess, most: number = Infinity): Promise<number> {
    const found = await this.unlike(guess, most)
    return found === undefined || found.length > most ? Infinity : found.length
  }

  /** Every other value of everything. */
  moves(guess: Guess): Move[] {
    const { api, met, standIns } = this.#replay
    return [...personMoves(api, met, guess), ...settingMoves(api, met, standIns, guess)]
  }

  /** What may go together with something else: of numbers only a few, and of people those whose answers are not explained. */
  seconds(guess: Guess, unlike: readonly UnlikeAnswer[]): Move[] {
    const { api, met, standIns } = this.#replay
    const who = unlike.flatMap(({ exchange }) => exchange.person?.username ?? [])
    return [...personMoves(api, met, guess, who), ...settingMoves(api, met, standIns, guess, true)]
  }

  /** Goes from one guess to a better one, one value at a time, until there is none; then by two at a time. */
  async climb(from: Guess): Promise<Guess> {
    let guess = from
    let score = await this.score(guess)
    for (let round = 0; round < rounds && score > 0; round++) {
      const before = score
      for (const move of this.moves(guess)) {
        const other = await this.score(moved(guess, move), score - 1)
        if (other >= score) continue
        guess = moved(guess, move)
        score = other
        if (score === 0) return guess
      }
      if (score < before) continue
      const better = await this.#byTwo(guess, score)
      if (better === undefined) return guess
      guess = better
      score = await this.score(guess)
    }
    return guess
  }

  async #byTwo(guess: Guess, score: number): Promise<Guess | undefined> {
    for (const first of this.moves(guess)) {
      const half = moved(guess, first)
      // One step that explains much less than before leads nowhere.
      if ((await this.score(half, score + 1)) === Infinity) continue
      for (const second of this.seconds(half, (await this.unlike(half, score + 1)) ?? [])) {
        if (this.#played.size > mostPlayed) return undefined
        const both = moved(half, second)
        if ((await this.score(both, score - 1)) < score) return both
      }
    }
    return undefined
  }
}
