import type { PactChange } from '../../src/contract/pacts/change.ts'
import { comparePacts, type PactComparison } from '../../src/contract/pacts/comparison.ts'
import { pactOf, type Sketch, type Version } from './spelled-pact.ts'

/** A pact of version 3 compared with a later one, without anybody to ask. */
export function compareSketches(
  old: readonly Sketch[],
  now: readonly Sketch[],
  as: Version = 3,
): Promise<PactComparison> {
  return comparePacts([pactOf(old)], [pactOf(now, as)], 'nobody is asked')
}

/** What of one interaction is told, each as `kind where`. */
export async function told(old: Sketch, now: Sketch): Promise<string[]> {
  const { interactions } = await compareSketches([old], [now])
  return interactions.flatMap(({ changes }) => changes.map(({ kind, where }: PactChange) => `${kind} ${where}`))
}
