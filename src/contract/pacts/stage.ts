import { readSetCookie } from '../../core/cookie.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { headerPairs, headerValues, type HeaderList } from '../../core/http.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Answered } from '../comparing/answered.ts'
import { HookFailedError, NotReachedError, type Call, type Player } from '../playing/player.ts'
import { preconditionOf, whyUnprepared } from '../playing/precondition.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { UnavailableError } from '../playing/unavailable.ts'
import { UnreadableError } from '../playing/unreadable.ts'
import { inOurWords, type PactState } from '../target/consumer-state.ts'
import type { Wishes } from './playable.ts'
import type { PactVerdict } from './verdict.ts'

/** A request that came from the verifier, and what it was answered. */
export interface AnsweredRequest {
  readonly call: Call
  readonly answered: Answered
}

/** Why an interaction could not be played, and whose affair that is. */
export interface Obstacle {
  readonly kind: 'unknown state' | 'not played' | 'hook' | 'unavailable'
  readonly because: string
}

/** How an interaction went: what the verifier says of the answer, and why that says nothing, where it does not. */
export interface PactResult {
  readonly verdict: PactVerdict
  readonly obstacle?: Obstacle
}

/** How a stage differs for the mock and for the target. */
export interface PactStageOptions extends Wishes {
  readonly player: Player
  /** Asked before a request is passed on; throws {@link NotReachedError} where it must not. */
  readonly before?: (call: Call, values: JsonObject) => Promise<void>
}

/** One interaction while the verifier plays it on somebody: arranges its states, passes its request on, keeps what was said. */
export class PactStage {
  readonly #loaded: LoadedTarget
  readonly #options: PactStageOptions
  readonly asked: AnsweredRequest[] = []
  /** Who was arranged by the states. */
  readonly users: Set<string> = new Set()
  /** What the states have given: names of what is secret in the request. */
  values: JsonObject = {}
  #wrong: unknown

  constructor(loaded: LoadedTarget, options: PactStageOptions) {
    this.#loaded = loaded
    this.#options = options
  }

  get sends(): ReadonlySet<string> {
    return this.#options.sends
  }

  /**
   * Gives back the values that the request names. A state that cannot be arranged gives none: told of it, the verifier would
   * ask again and again, and so nothing is said until the request comes.
   */
  async arrange(state: PactState): Promise<JsonObject> {
    return this.#minding(() => this.#arrange(state)).catch(() => ({}))
  }

  async #arrange(state: PactState): Promise<JsonObject> {
    const meant = inOurWords(state, this.#loaded.target.states.map)
    const states = { states: [meant] }
    const because = whyUnprepared(this.#loaded, states)
    if (because !== undefined) throw new NotReachedError(because)
    const own = await preconditionOf(this.#loaded, states).prepare(this.#options.player)
    this.values = { ...this.values, ...own }
    if (typeof own['username'] === 'string') this.users.add(own['username'])
    return own
  }

  async release({ name, params }: PactState): Promise<void> {
    const meant = inOurWords({ name, params }, this.#loaded.target.states.map)
    await this.#options.player.release?.([meant.name])
  }

  async answer(call: Call): Promise<Answered> {
    return this.#minding(async () => {
      await this.#options.before?.(call, this.values)
      const answered = await this.#options.player.send(call, { expects: this.#options.expects, repeat: 'never' })
      this.asked.push({ call, answered })
      return { ...answered, headers: withCookies(answered.headers, this.#options.cookies) }
    })
  }

  /** How it went, by what the verifier says. Throws what nobody has thought of. */
  played(verdict: PactVerdict): PactResult {
    const wrong = this.#wrong
    // No answer at all is not what the consumer wants either.
    if (wrong instanceof UnreadableError)
      return { verdict: { ...verdict, isKept: false, differences: [], trouble: wrong.message } }
    if (wrong !== undefined) return { verdict, obstacle: toObstacle(wrong) }
    if (this.asked.length > 0) return { verdict }
    const { trouble = 'its path leads elsewhere' } = verdict
    return { verdict, obstacle: { kind: 'not played', because: `Pact's verifier does not send it: ${trouble}` } }
  }

  /** What goes wrong is kept, as the verifier only tells that something did. Nothing is played after it. */
  async #minding<Result>(play: () => Promise<Result>): Promise<Result> {
    if (this.#wrong !== undefined) throw this.#wrong
    try {
      return await play()
    } catch (error) {
      this.#wrong = error
      throw error
    }
  }
}

function toObstacle(error: unknown): Obstacle {
  if (error instanceof UnavailableError) return { kind: 'unavailable', because: error.message }
  if (error instanceof HookFailedError) return { kind: 'hook', because: error.message }
  if (error instanceof NotReachedError) return { kind: 'not played', because: error.message }
  if (!(error instanceof UnderstudyError)) throw error
  const isUnknown = error.code === 'ERR_STATE_UNKNOWN' || error.code === 'ERR_CHANGE_INVALID'
  return { kind: isUnknown ? 'unknown state' : 'not played', because: error.message }
}

/**
 * What an answer has beyond what a consumer relies on is fine, and Pact's verifier holds each `Set-Cookie` line against what
 * is wanted of one: of an answer that sets the cookies that are wanted it is shown those.
 */
function withCookies(headers: HeaderList, wanted: readonly string[]): HeaderList {
  const isWanted = (line: string): boolean => wanted.includes(readSetCookie(line)?.name ?? '')
  if (!headerValues(headers, 'set-cookie').some(isWanted)) return headers
  return headerPairs(headers)
    .filter(([name, value]) => name.toLowerCase() !== 'set-cookie' || isWanted(value))
    .flat()
}
