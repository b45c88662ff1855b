import { headerValue, type HttpRequest } from '../../core/http.ts'
import { UnderstudyError } from '../../core/errors.ts'
import type { JsonObject } from '../../core/json.ts'
import { totpCounter } from '../../core/second-factor.ts'
import { createWorldOn, loadFor } from '../../scenario/create-world.ts'
import type { World } from '../../world/world.ts'
import type { Answered } from '../comparing/answered.ts'
import { differences, type Difference } from '../comparing/difference.ts'
import { withCredentials } from '../playing/credentials.ts'
import { cheapHashes } from '../playing/cheap-hashes.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { passwordOf, pinOf, explainedPeople, type Explanation, type PersonGuess, type StandIns } from './guess.ts'
import { isMasked, type Met, type MetExchange, type MetPerson } from './met-person.ts'
import { Tokens } from '../playing/tokens.ts'
import { watched, withWatchedSettings } from './watched-settings.ts'

/** An answer that the mock would not have given. */
export interface UnlikeAnswer {
  readonly exchange: MetExchange
  readonly clause: string
  readonly differences: readonly Difference[]
  /** Settings without which it would have been the same: those that what its user did so far has read. */
  readonly reads: ReadonlySet<string>
}

/** What came of a guess that was played. */
export interface PlayedGuess {
  readonly unlike: readonly UnlikeAnswer[]
  /** The settings that were read, in their order, and how many answers were unlike before. */
  readonly reads: ReadonlyMap<string, number>
  /** The number of the last exchange that was played; Infinity where all were. */
  readonly reached: number
}

/** How much answers that are unlike weigh: one that is wrong in fewer things is nearer to being explained. */
export function weightOf(unlike: readonly UnlikeAnswer[]): number {
  return unlike.reduce((sum, { differences: { length } }) => sum + 10 + Math.min(9, length), 0)
}

/** Plays recorded requests on mocks. */
export class Replay {
  readonly api: CheckedApi
  readonly met: Met
  readonly standIns: StandIns
  readonly #clock = { at: 0 }
  readonly #watched: CheckedApi
  #note: (setting: string) => void = () => undefined
  #world: World | undefined

  constructor(api: CheckedApi, met: Met, standIns: StandIns) {
    this.api = api
    this.met = met
    this.standIns = standIns
    this.#watched = withWatchedSettings(api, (name) => this.#note(name))
  }

  /**
   * The answers that the mock would not have given if a guess were right; no further ones once they weigh more than `most`,
   * or beyond an exchange.
   * Undefined where no scenario can say that.
   */
  async play(guess: Explanation, most: number = Infinity, until: number = Infinity): Promise<PlayedGuess | undefined> {
    const { api, met } = this
    const clock = this.#clock
    clock.at = met.exchanges[0]?.answer.at ?? 0
    const found: UnlikeAnswer[] = []
    const reads = new Map<string, number>()
    let readHere = new Set<string>()
    this.#note = (name) => {
      readHere.add(name)
      if (!reads.has(name)) reads.set(name, found.length)
    }
    const world = await this.#begin({ [api.id]: this.#section(guess) }).catch((error: unknown) => {
      if (error instanceof UnderstudyError) return undefined
      throw error
    })
    if (world === undefined) return undefined
    const tokens = new Tokens()
    const readBy = new Map<MetPerson | undefined, Set<string>>([[undefined, readHere]])
    for (const exchange of met.exchanges) {
      if (exchange.number > until) break
      readHere = readBy.get(exchange.person) ?? new Set()
      readBy.set(exchange.person, readHere)
      clock.at = exchange.answer.at
      const answer = this.#asAnswered(exchange, guess)
      const expected = await ask(world, tokens.renamed(await this.#asSent(exchange, guess)), clock.at)
      const clause = headerValue(expected.headers, 'x-understudy-clause') ?? ''
      const differing = differences(expected, answer, api.kit, { clause })
      tokens.note(answer, expected)
      if (differing.length === 0) continue
      // Nobody's requests may be anybody's, by the settings.
      const told = exchange.person === undefined ? [...readBy.values()] : [readHere, readBy.get(undefined) ?? []]
      found.push({ exchange, clause, differences: differing, reads: new Set(told.flatMap((each) => [...each])) })
      if (weightOf(found) > most) return { unlike: found, reads, reached: exchange.number }
    }
    return { unlike: found, reads, reached: until }
  }

  #section(guess: Explanation): JsonObject {
    const { api, met } = this
    const { after, for: wait } = api.kit.lockout ?? {}
    // A count from before the recording has to fit what locks.
    const isCounted = ({ role, failures = 0 }: PersonGuess): boolean =>
      failures > 0 || api.kit.roles[role]?.isLocked === true
    if (Object.values(guess.people).some(isCounted))
      for (const name of [after, wait]) if (name !== undefined) this.#note(name)
    const settings = watched(guess.settings, (name) => this.#note(name))
    return { ...guess.settings, ...explainedPeople(api, met, guess, settings, this.standIns) }
  }

  /** One world is enough: it is as new with each scenario. */
  async #begin(scenario: JsonObject): Promise<World> {
    const { api } = this
    if (this.#world === undefined) {
      const host = { ...cheapHashes, time: () => this.#clock.at, salt: () => 'recording' }
      this.#world = await createWorldOn(host, scenario, { apis: { [api.id]: this.#watched }, journalLimit: 1 })
    } else {
      const { setup } = await loadFor(this.#world, scenario)
      await this.#world.startScenario(setup)
    }
    return this.#world
  }

  /** The request with stand-ins for what is right. */
  async #asSent(exchange: MetExchange, { people }: Explanation): Promise<HttpRequest> {
    const { person, given, request, operation, introduction } = exchange
    const guess = person === undefined ? undefined : people[person.username]
    if (person === undefined || guess === undefined) return this.#withWords(request)
    const { password, code } = given
    const right = passwordOf(person, guess, this.standIns)
    const isRight = isMasked(password) ? introduction.isIn || code !== undefined : password === guess.password
    const sentPassword = isRight ? right : isMasked(password) ? `${right}x` : undefined
    const sentCode = code === undefined ? undefined : await this.#code(code, person, guess, exchange)
    return withCredentials(this.api.kit, operation, this.#withWords(request), {
      ...(password === undefined || sentPassword === undefined ? {} : { password: sentPassword }),
      ...(sentCode === undefined ? {} : { code: sentCode }),
    })
  }

  /** With stand-ins for words that settings have lists of, such as the token of an application. */
  #withWords(request: HttpRequest): HttpRequest {
    const words = new Set([...this.met.listed.values()].flatMap((each) => [...each]))
    if (words.size === 0) return request
    const headers = request.headers.map((value, index) =>
      index % 2 === 1 && words.has(value) ? this.standIns.of(value) : value,
    )
    return { ...request, headers }
  }

  /** The answer, which may repeat what was sent, with the same stand-ins. */
  #asAnswered({ answer }: MetExchange, { people }: Explanation): MetExchange['answer'] {
    let { body } = answer
    for (const person of this.met.people) {
      const guess = people[person.username]
      if (guess?.password === undefined || isMasked(guess.password)) continue
      const right = JSON.stringify(guess.password)
      if (body.includes(right)) body = body.replaceAll(right, JSON.stringify(passwordOf(person, guess, this.standIns)))
    }
    return body === answer.body ? answer : { ...answer, body }
  }

  async #code(
    code: string,
    person: MetPerson,
    guess: PersonGuess,
    { answer, introduction, number }: MetExchange,
  ): Promise<string | undefined> {
    const hidden = isMasked(code)
    if (hidden && !introduction.isIn)
      return guess.malformed?.includes(number) === true ? 'x' : this.standIns.unseen(person).wrong
    const [first] = person.codes.get(code)?.taken ?? []
    if (guess.hasApp !== true) return hidden || code === guess.code ? pinOf(person, guess, this.standIns) : undefined
    if (first === undefined) return undefined
    const { totpCode } = await import('../../world/totp.ts')
    const counter = totpCounter(hidden ? answer.at : first.at)
    return String(totpCode({ kind: 'totp', secret: this.standIns.unseen(person).app, counter }))
  }
}

async function ask(world: World, request: HttpRequest, at: number): Promise<Answered> {
  const { status, headers, body } = await world.play(request)
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : (body ?? '')
  return { status, headers, body: text, at }
}
