import { expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { sampled } from '../support/sample.ts'
import type { Interaction, Pact } from './pact.ts'
import { verify } from './verify.ts'

/** Verifies that the mock keeps a pact, whatever scenario it plays, and keeps it for the reasons that the pact names. */
export function provide<App, Asked extends Interaction<App>>(
  { provider, interactions }: Pact<App, Asked>,
  scenarios: readonly string[],
): void {
  /** In the order of the pact file, which is the verifier's. */
  const inOrder = [...interactions].sort((left, right) => (left.description < right.description ? -1 : 1))

  it.each(sampled(scenarios, 3))('the mock that plays %s keeps every interaction of the pact', async (scenario) => {
    const world = await createWorld(scenario)
    const played: string[] = []
    world.listen((event) => {
      if (event.kind === 'request') played.push(world.describe(event).clause)
    })
    const { kept, broken } = await verify(world, provider)
    expect(broken).toEqual({})
    expect(kept.length).toBeGreaterThan(0)
    expect(kept).toEqual(inOrder.map(({ description }) => description))
    expect(played).toHaveLength(inOrder.length)
    const astray = inOrder.flatMap(({ clauses, description }, index) => {
      const clause = played[index] ?? 'none'
      return clauses.includes(clause) ? [] : [`${description}: ${clause}`]
    })
    expect(astray).toEqual([])
  })
}
