import { byName, type Json } from '../../core/json.ts'
import type { PactChange } from './change.ts'
import { changesOf, type Comparable } from './interaction-change.ts'

/** An interaction before and now; one of them is left out where there is none. */
export interface Pair {
  readonly old?: Comparable
  readonly now?: Comparable
  readonly changes: readonly PactChange[]
}

/**
 * Pairs the interactions of an earlier pact with those of a later one: first by description and states, then those that are
 * the same but for their description, then by description alone. Of several that are alike those that did not change go
 * together, and the others in their order. Pairs stand in the order of the later pact, what is gone at the end.
 */
export function pairUp(olds: readonly Comparable[], nows: readonly Comparable[]): readonly Pair[] {
  const [left, right] = [new Set(olds), new Set(nows)]
  const pairs = new Map<Comparable, Pair>()
  const pair = (isOne: (old: Comparable, now: Comparable) => boolean): void => {
    for (const now of right) {
      const old = [...left].find((each) => isOne(each, now))
      if (old === undefined) continue
      pairs.set(now, { old, now, changes: changesOf(old, now) })
      left.delete(old)
      right.delete(now)
    }
  }
  const hasSameName = (old: Comparable, now: Comparable): boolean => old.entry.description === now.entry.description
  const hasSameStates = (old: Comparable, now: Comparable): boolean => statesOf(old) === statesOf(now)
  const isSame = (old: Comparable, now: Comparable): boolean => changesOf(old, now).length === 0
  pair((old, now) => hasSameName(old, now) && hasSameStates(old, now) && isSame(old, now))
  pair((old, now) => hasSameName(old, now) && hasSameStates(old, now))
  pair((old, now) => hasSameStates(old, now) && lineOf(old) === lineOf(now) && isSame(old, now))
  pair(hasSameName)
  return [
    ...nows.map((now) => pairs.get(now) ?? { now, changes: [] }),
    ...[...left].map((old) => ({ old, changes: [] })),
  ]
}

/** The order of params means nothing. */
function statesOf({ entry }: Comparable): string {
  return JSON.stringify(byName(entry.states.map(({ name, params }): Json => [name, params])))
}

function lineOf({ entry: { request } }: Comparable): string {
  return `${request?.method} ${request?.path}`
}
