import { Needs, type Question } from '../core/step.ts'
import type { Json } from '../core/json.ts'

/** Answers one kind of question at once. */
export type Answerer<Kind extends Question['kind']> = (question: Extract<Question, { kind: Kind }>) => Json

/** Finds the answer to one kind of question by work that waits, or that is too long to be waited for. */
export interface Finder<Kind extends Question['kind']> {
  find(question: Extract<Question, { kind: Kind }>): Promise<Json>
}

/** For each kind of question, how to get what answers it: usually a library, loaded when first asked. */
export type AnswererLoaders = {
  readonly [Kind in Question['kind']]: () => Promise<Answerer<Kind> | Finder<Kind>>
}

type AnyAnswerer = ((question: never) => Json) | { find(question: never): Promise<Json> }

/** Asks a question; throws {@link Needs} where the answer cannot be had without waiting. */
export type Ask = (question: Question) => Json

/**
 * Answers what steps cannot work out themselves. The first question of a kind loads its answerer and so has to wait;
 * from then on most answers come at once, so that playing stays synchronous.
 */
export class Answers {
  readonly #loaders: AnswererLoaders
  readonly #loaded = new Map<Question['kind'], AnyAnswerer>()

  constructor(loaders: AnswererLoaders) {
    this.#loaders = loaders
  }

  /** The answer, if it can be had without waiting; throws {@link Needs} otherwise. */
  readonly now: Ask = (question) => {
    const answerer = this.#loaded.get(question.kind)
    if (typeof answerer !== 'function') throw new Needs(question)
    return answerer(question as never)
  }

  canAnswer(kind: Question['kind']): boolean {
    return this.#loaded.has(kind)
  }

  /** Does what it takes until `attempt` no longer lacks an answer. Attempts are made anew each time, never resumed. */
  async until<Result>(attempt: (ask: Ask) => Result | Promise<Result>): Promise<Result> {
    const found = new Map<string, Json>()
    for (;;) {
      try {
        return await attempt((question) => {
          const answer = found.get(keyOf(question))
          // null is an answer too.
          return answer === undefined ? this.now(question) : answer
        })
      } catch (error) {
        if (!(error instanceof Needs)) throw error
        const { question } = error
        const answerer = await this.#load(question.kind)
        if (typeof answerer !== 'function') found.set(keyOf(question), await answerer.find(question as never))
      }
    }
  }

  async #load(kind: Question['kind']): Promise<AnyAnswerer> {
    const answerer: AnyAnswerer = this.#loaded.get(kind) ?? (await this.#loaders[kind]())
    this.#loaded.set(kind, answerer)
    return answerer
  }
}

function keyOf(question: Question): string {
  return JSON.stringify(question)
}
