import { Redactor } from '../telling/redact.ts'
import type { Explanation } from './guess.ts'
import { moved, personMoves, settingMoves, type OtherValue } from './moves.ts'
import { sameJson, type JsonObject } from '../../core/json.ts'
import { readSettings } from '../target/settings.ts'
import { optionsAt } from './options.ts'
import { Outcomes } from './outcomes.ts'
import { weightOf, type Replay, type UnlikeAnswer } from './replay.ts'

/** So often is everything tried anew, at most. */
const rounds = 5

/** So much more may stay unexplained after a first step. */
const mostWorse = 300

/** So many guesses are played before two things at a time are given up. */
const mostPlayed = 2500

/** Looks for what explains a recording. The same guess is played once. */
export class Search {
  readonly #replay: Replay
  readonly #outcomes = new Outcomes()
  readonly #unsayable = new Set<string>()
  readonly #settings = new WeakMap<JsonObject, JsonObject>()
  readonly #people = new WeakMap<Explanation['people'], string>()
  #played = 0

  /** So many guesses are played for one thing that may be otherwise; fewer where each takes long. */
  readonly patience: number

  /** Hides what was sent to prove anything. */
  readonly redactor: Redactor

  constructor(replay: Replay) {
    this.#replay = replay
    const { api, met } = replay
    this.patience = Math.min(3000, Math.ceil(300_000 / Math.max(1, met.exchanges.length)))
    const sent = met.people.flatMap(({ passwords, codes, username }) =>
      [...passwords.keys(), ...codes.keys()].filter((text) => text !== username && text.length > 1),
    )
    this.redactor = new Redactor({ api, secrets: sent })
  }

  /** The answers that are unlike by a guess, see {@link Replay.play}; played only where no other has told it. */
  async unlike(
    guess: Explanation,
    most: number = Infinity,
    until: number = Infinity,
  ): Promise<readonly UnlikeAnswer[] | undefined> {
    const [people, settings] = [this.#peopleOf(guess), this.inForce(guess)]
    const known = this.#outcomes.find(people, settings, most, until)
    if (known !== undefined) return known
    const key = JSON.stringify(guess)
    if (this.#unsayable.has(key)) return undefined
    this.#played++
    const played = await this.#replay.play(guess, most, until)
    if (played === undefined) this.#unsayable.add(key)
    else this.#outcomes.note(people, settings, played)
    return played?.unlike
  }

  /** How many guesses were played so far. */
  get played(): number {
    return this.#played
  }

  /** The settings as the mock reads them. */
  inForce({ settings }: Explanation): JsonObject {
    const known = this.#settings.get(settings) ?? readSettings(this.#replay.api, settings)
    this.#settings.set(settings, known)
    return known
  }

  #peopleOf({ people }: Explanation): string {
    const known = this.#people.get(people) ?? JSON.stringify(people)
    this.#people.set(people, known)
    return known
  }

  /** How much is not explained; Infinity for more than `most`. */
  async score(guess: Explanation, most: number = Infinity): Promise<number> {
    const found = await this.unlike(guess, most)
    const weight = weightOf(found ?? [])
    return found === undefined || weight > most ? Infinity : weight
  }

  /** What somebody sent as a code that was taken. */
  codesTaken(who: string): string[] {
    const codes = this.#replay.met.people.find(({ username }) => username === who)?.codes ?? new Map()
    return [...codes.values()].flatMap(({ text, taken }) => (taken.length > 0 ? [text] : []))
  }

  /** Every other value of everything. */
  moves(guess: Explanation): OtherValue[] {
    const { api, met, standIns } = this.#replay
    const about = personMoves(api, met, guess)
    // What happened before the recording is the last that is thought of, and an app that nobody has seen.
    const isBefore = ({ name, value }: OtherValue): boolean =>
      name === 'failures' || name === 'hasApp' || (name === 'role' && api.kit.roles[String(value)]?.isLocked === true)
    // That what was sent is wrong explains much, and is the easiest to say.
    const isSecret = ({ name }: OtherValue): boolean => name === 'password' || name === 'code'
    return [
      ...about.filter((move) => !isBefore(move) && !isSecret(move)),
      ...settingMoves(api, met, standIns, guess),
      ...about.filter(isSecret),
      ...about.filter(isBefore),
    ]
  }

  /** What may go together with something else: of numbers only a few, and of people those whose answers are not explained. */
  seconds(guess: Explanation, unlike: readonly UnlikeAnswer[]): OtherValue[] {
    const { api, met, standIns } = this.#replay
    const who = unlike.flatMap(({ exchange }) => exchange.person?.username ?? [])
    return [...personMoves(api, met, guess, who), ...settingMoves(api, met, standIns, guess, true)]
  }

  /** See {@link optionsAt}. */
  options(guess: Explanation, first: UnlikeAnswer, { isBefore = false } = {}): OtherValue[] {
    return optionsAt(this.#replay, guess, first, isBefore)
  }

  /** Goes back to what was thought at first wherever that explains as much, maybe with another value of what is otherwise anyway. */
  async simplify(first: Explanation, found: Explanation): Promise<Explanation> {
    let guess = found
    const score = await this.score(guess)
    const fits = async (other: Explanation): Promise<boolean> => (await this.score(other, score)) <= score
    const { settings: usual } = first
    const otherwise = ({ settings }: Explanation): string[] =>
      Object.keys(settings).filter((name) => !sameJson(settings[name], usual[name]))
    const simpler = async (): Promise<Explanation | undefined> => {
      for (const name of otherwise(guess)) {
        const { [name]: _, ...rest } = guess.settings
        const half = { ...guess, settings: Object.hasOwn(usual, name) ? { ...rest, [name]: usual[name] } : rest }
        if (await fits(half)) return half
        for (const second of this.seconds(half, [])) {
          const both = moved(half, second)
          if (!otherwise(half).includes(second.name) || otherwise(both).length >= otherwise(guess).length) continue
          if (await fits(both)) return both
        }
      }
      return undefined
    }
    for (let next = await simpler(); next !== undefined; next = await simpler()) guess = next
    return guess
  }

  /** Goes from one guess to a better one, one value at a time, until there is none; then by two at a time. */
  async climb(from: Explanation): Promise<Explanation> {
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

  /** Holds on to one other value, even if that explains less at first, and goes on from there. */
  async #byTwo(from: Explanation, score: number): Promise<Explanation | undefined> {
    for (const first of this.seconds(from, (await this.unlike(from)) ?? [])) {
      let guess = moved(from, first)
      let best = await this.score(guess, score + mostWorse)
      for (let isBetter = best !== Infinity; isBetter && best >= score;) {
        isBetter = false
        for (const second of this.seconds(guess, (await this.unlike(guess)) ?? [])) {
          if (this.#played > mostPlayed) return undefined
          if (second.who === first.who && second.name === first.name) continue
          const other = await this.score(moved(guess, second), best - 1)
          if (other >= best) continue
          guess = moved(guess, second)
          best = other
          isBetter = true
        }
      }
      if (best < score) return guess
    }
    return undefined
  }
}
