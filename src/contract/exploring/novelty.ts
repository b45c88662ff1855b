import type { Journey } from '../../core/journey.ts'
import type { Exchange } from '../playing/exchange.ts'

/** What sequences have met so far: which clause answered which request of whom, after what. */
export class Novelty {
  readonly #met = new Set<string>()
  readonly #said = new Map<string, number>()

  /** How many things sequences have met. */
  get size(): number {
    return this.#met.size
  }

  /** How often a role has said a word, or done anything else. */
  timesOf(role: string, key: string): number {
    return this.#said.get(`${role} ${key}`) ?? 0
  }

  /** How often anybody has. */
  timesInAll(key: string): number {
    return this.timesOf('', key)
  }

  noteSaid(role: string, key: string): void {
    for (const by of new Set([role, ''])) this.#said.set(`${by} ${key}`, this.timesOf(by, key) + 1)
  }

  /** What of a sequence is new, by the mock's answers. */
  newIn(journey: Journey, exchanges: readonly Exchange[]): ReadonlySet<string> {
    return new Set(featuresOf(journey, exchanges).filter((feature) => !this.#met.has(feature)))
  }

  note(features: Iterable<string>): void {
    for (const feature of features) this.#met.add(feature)
  }
}

/** Who was answered what by which clause, and after which two answers, waits and states. */
function featuresOf({ steps }: Journey, exchanges: readonly Exchange[]): string[] {
  const features: string[] = []
  let [before, beforeThat, at, session]: [string, string, number, string | undefined] = ['', '', 0, undefined]
  for (const { step, sent, meaning } of exchanges) {
    const between = steps.slice(at, step).flatMap((each) => {
      if (each.do === 'wait') return `wait ${each.for}`
      return each.do === 'arrange' ? each.state : []
    })
    const where: string = sent.in === session ? '' : sent.in === undefined ? 'outside' : 'elsewhere'
    const what: string = `${meaning.operation ?? ''} ${meaning.clause}`
    const now: string = [...between, where, what].join(' ')
    features.push(`${sent.as} ${sent.method} ${sent.path} ${sent.body ?? ''} ${JSON.stringify(sent.headers)} → ${what}`)
    features.push(`${before} → ${now}`, `${beforeThat} → ${before} → ${now}`)
    ;[beforeThat, before, at, session] = [before, now, step + 1, sent.in]
  }
  return features
}
