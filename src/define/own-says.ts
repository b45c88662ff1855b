import type { Saying } from '../core/saying.ts'
import type { AnyDefinition } from './any-definition.ts'

/** What a clause says, and by which. */
export interface Says {
  readonly clause: string
  readonly said: Saying | ((...facts: never) => Saying)
}

/** What the clauses say, by name. */
export function saysOf({ clauses }: AnyDefinition): ReadonlyMap<string, Says> {
  const all = Object.entries(clauses).flatMap(([clause, { says = {} }]) =>
    Object.entries(says).map(([name, said]) => [name, { clause, said }] as const),
  )
  return new Map(all)
}
