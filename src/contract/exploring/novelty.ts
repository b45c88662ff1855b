import type { Exchange } from '../playing/exchange.ts'
import type { Move } from './sequence.ts'

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

  /** Notes what a sequence met, by the mock's answers; gives back how much of it is new. */
  note(exchanges: readonly Exchange[], moves: readonly Move[]): number {
    const before = this.#met.size
    let state = moves.flatMap((move) => (move.do === 'arrange' ? [move.state.step.state] : [])).join()
    for (const { meaning, sent } of exchanges) {
      const { clause, operation = '' } = meaning
      const what = `${operation} ${sent.method} ${clause}`
      this.#met.add(`${state} → ${what}`)
      this.#met.add(`${sent.as} ${sent.method} ${sent.path} ${sent.body ?? ''} → ${clause}`)
      state = what
    }
    return this.#met.size - before
  }
}
