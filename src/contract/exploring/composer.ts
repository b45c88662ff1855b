import type { JsonObject } from '../../core/json.ts'
import type { Random } from '../../core/random.ts'
import type { Novelty } from './novelty.ts'
import { Unfolding, type Move, type Company, type SessionNumber } from './sequence.ts'
import type { Waits } from './waits.ts'
import type { Vocabulary, Word } from './word.ts'

/** So many requests a sequence has at most. */
export const mostRequests = 12

/** Puts sequences together: mostly about one user, of what was said least, and of what has led to something new before. */
export class Composer {
  readonly #vocabulary: Vocabulary
  readonly #stage: Company
  readonly #novelty: Novelty
  /** How many wrong codes lock, where that is known. */
  readonly #limit: number
  readonly #kept: (readonly Move[])[] = []
  /** What some answers give for others to name. */
  readonly #captured: ReadonlySet<string>

  constructor(vocabulary: Vocabulary, stage: Company, settings: JsonObject, novelty: Novelty) {
    this.#vocabulary = vocabulary
    this.#stage = stage
    this.#novelty = novelty
    const limit = settings[stage.kit.lockout?.after ?? '']
    this.#captured = new Set(vocabulary.words.flatMap(({ request }) => Object.keys(request.capture ?? {})))
    this.#limit = typeof limit === 'number' && limit > 0 && limit < mostRequests ? limit : 3
  }

  /** Keeps a sequence that is played, to go on from. */
  keep(moves: readonly Move[]): void {
    for (const [at, move] of moves.entries()) {
      if (move.do === 'arrange') this.#novelty.noteSaid('', move.state.step.state)
      const before = moves[at - 1]
      // Over and over again is said once.
      if (move.do !== 'ask' || (before?.do === 'ask' && before.word === move.word)) continue
      this.#novelty.noteSaid(move.role, move.word.key)
      this.#novelty.noteSaid(move.role, '')
    }
    this.#kept.push(moves)
  }

  compose(random: Random): readonly Move[] {
    const writing = new Writing(this.#stage)
    const known = this.#kept[random.below(this.#kept.length)]
    let leader = this.#leader(random)
    if (known !== undefined && random.next() < 0.4) {
      for (const move of known.slice(0, 1 + random.below(known.length))) writing.add(move)
      leader = writing.moves.findLast((move) => move.do === 'ask')?.role ?? leader
    }
    const { waits } = this.#vocabulary
    const about = { leader, waits: waits[random.below(waits.length)] ?? [], isPlain: random.next() < 0.5 }
    const length = Math.max(writing.requests + 2, 7 + random.below(mostRequests - 6))
    for (let tries = 0; writing.requests < Math.min(length, mostRequests) && tries < 40; tries++)
      this.#go(writing, about, random)
    return writing.moves
  }

  /** Mostly whoever can be locked; else who plays much in journeys, and has played little so far. */
  #leader(random: Random): string {
    const { kit, roles } = this.#stage
    const lockable = kit.lockout?.role
    if (lockable !== undefined && roles.includes(lockable) && random.next() < 0.4) return lockable
    const casts = kit.journeys.flatMap(({ cast }) => Object.values(cast))
    const weightOf = (role: string): number =>
      Math.sqrt(1 + casts.filter((each) => each === role).length) / (1 + this.#novelty.timesOf(role, '') / 20)
    return weighted(roles, weightOf, random) as string
  }

  #go(writing: Writing, { leader, waits, isPlain }: Topic, random: Random): void {
    const { states } = this.#vocabulary
    const chance = random.next()
    const last = writing.moves.findLast((move) => move.do === 'ask')
    if (chance < 0.14 && last !== undefined && waits.length > 0) {
      // What has changed in the meantime shows where the same is asked again; and what that does, where it is asked so twice.
      const isTwice = random.next() < 0.4
      const ms = (isTwice ? waits.at(-1) : waits[random.below(waits.length)]) ?? 20_000
      for (let times = isTwice ? 2 : 1; times > 0; times--) {
        writing.add({ do: 'wait', ms })
        if (random.next() < 0.7) writing.add(last)
      }
      return
    }
    if (chance > 0.94 && states.length > 0) {
      const state = weighted(states, ({ step }) => 1 / (1 + this.#novelty.timesInAll(step.state)) ** 2, random)
      if (state !== undefined) writing.add({ do: 'arrange', state, role: leader })
      return
    }
    const { roles } = this.#stage
    const role = random.next() < 0.05 ? (roles[random.below(roles.length)] ?? leader) : leader
    const words = this.#vocabulary.words.filter((word) => writing.canSay(word, role))
    // At its end it looks at what has become of all that.
    const isLate = writing.requests >= mostRequests - 2
    const word = isPlain || isLate ? this.#choosePlain(words, role, random) : this.#choose(words, role, random)
    if (word === undefined) return
    const session = sessionFor(word, writing, role, random)
    for (let times = this.#timesOf(word, random); times > 0; times--) writing.add({ do: 'ask', word, role, session })
  }

  /** What the API is about: right and wrong codes, and what journeys often say. */
  #choosePlain(words: readonly Word[], role: string, random: Random): Word | undefined {
    const codes = words.filter(({ tries }) => tries !== undefined)
    if (codes.length > 0 && random.next() < (this.#stage.kit.lockout === undefined ? 0.2 : 0.5))
      return codes[random.below(codes.length)]
    const common = words.filter(({ said }) => said >= 2)
    return weighted(common, ({ said, key }) => said / (1 + this.#novelty.timesOf(role, key)) ** 0.5, random)
  }

  /** What was said least, and what the API is about. */
  #choose(words: readonly Word[], role: string, random: Random): Word | undefined {
    if (random.next() < 0.45) return this.#choosePlain(words, role, random)
    const hasNoCode = this.#stage.kit.roles[role]?.hasNoCode === true
    const weightOf = ({ key, isSpoilt, names, request }: Word): number => {
      const seldom = 1 / ((1 + this.#novelty.timesOf(role, key)) * (1 + this.#novelty.timesInAll(key)))
      const isIdle = hasNoCode && names.some((name) => /pin$/i.test(name))
      const goesOn = request.capture !== undefined || names.some((name) => this.#captured.has(name))
      return seldom * (isSpoilt ? 0.5 : 1) * (isIdle ? 0.3 : 1) * (goesOn ? 2 : 1)
    }
    return weighted(words, weightOf, random)
  }

  /** What is not right may be counted: once, or as often as something happens for it. */
  #timesOf({ tries, names }: Word, random: Random): number {
    const isCounted = tries === 'wrong' || (tries === undefined && names.some((name) => /pin$/i.test(name)))
    if (!isCounted || this.#stage.kit.lockout === undefined) return 1
    return [1, 1, this.#limit - 1, this.#limit - 1, this.#limit, this.#limit][random.below(6)] ?? 1
  }
}

/** What a sequence is about. */
interface Topic {
  readonly leader: string
  readonly waits: Waits
  /** Of nothing but what the API is about. */
  readonly isPlain: boolean
}

/** A sequence that is being put together. */
class Writing {
  readonly moves: Move[] = []
  requests = 0
  readonly #unfolding: Unfolding

  constructor(stage: Company) {
    this.#unfolding = new Unfolding(stage)
  }

  get last(): Move | undefined {
    return this.moves.at(-1)
  }

  canSay(word: Pick<Word, 'names'>, role: string): boolean {
    return this.#unfolding.canSay(word, role)
  }

  add(move: Move): boolean {
    if (move.do === 'ask' && this.requests >= mostRequests) return false
    if (!this.#unfolding.add(move)) return false
    this.moves.push(move)
    if (move.do === 'ask') this.requests++
    return true
  }
}

/**
 * Mostly the session that gave what the word names, or else was asked in last; another one after a right code, in which it was
 * not said.
 */
function sessionFor({ said, inSession, names }: Word, { moves }: Writing, role: string, random: Random): SessionNumber {
  const isOutside = random.next() * said > inSession
  if (isOutside || random.next() < 0.04) return 0
  const giver = moves.findLast(
    (move) => move.do === 'ask' && names.some((name) => Object.hasOwn(move.word.request.capture ?? {}, name)),
  )
  if (giver?.do === 'ask' && random.next() < 0.85) return giver.session
  const asked = moves.filter((move) => move.do === 'ask' && move.role === role && move.session > 0)
  const last = asked.at(-1)
  if (last?.do !== 'ask') return 1
  const hasEntered = last.word.tries === 'right'
  return random.next() < (hasEntered ? 0.5 : 0.75) ? last.session : 1 + random.below(3)
}

function weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number, random: Random): Item | undefined {
  const weights = items.map(weightOf)
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
  return items.find((_, at) => (left -= weights[at] ?? 0) < 0) ?? items.at(-1)
}
