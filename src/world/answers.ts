import { Needs, type Question } from '../core/step.ts'
import type { Json } from '../core/json.ts'

/** Finds the answers to one kind of question. */
export type Answerer<Kind extends Question['kind']> = (question: Extract<Question, { kind: Kind }>) => Json

/** For each kind of question, how to get what answers it: usually a library, loaded when first asked. */
export type AnswererLoaders = { readonly [Kind in Question['kind']]: () => Promise<Answerer<Kind>> }

/**
 * Answers what steps cannot work out themselves. The first question of a kind loads its answerer and so has to wait;
 * from then on answers come at once, so that playing stays synchronous.
 */
export class Answers {
  readonly #loaders: AnswererLoaders
  readonly #loaded = new Map<Question['kind'], (question: never) => Json>()

  constructor(loaders: AnswererLoaders) {
    this.#loaders = loaders
  }

  /** The answer, if it can be had without waiting; throws {@link Needs} otherwise. */
  now(question: Question): Json {
    const answerer = this.#loaded.get(question.kind)
    if (answerer === undefined) throw new Needs(question)
    return answerer(question as never)
  }

  canAnswer(kind: Question['kind']): boolean {
    return this.#loaded.has(kind)
  }

  /** Makes every later question of this kind answerable at once. */
  async prepare(kind: Question['kind']): Promise<void> {
    if (!this.#loaded.has(kind)) this.#loaded.set(kind, await this.#loaders[kind]())
  }

  /** Does what it takes until `attempt` no longer lacks an answer. */
  async until<Result>(attempt: () => Result): Promise<Result> {
    for (;;) {
      try {
        return attempt()
      } catch (error) {
        if (!(error instanceof Needs)) throw error
        await this.prepare(error.question.kind)
      }
    }
  }
}
