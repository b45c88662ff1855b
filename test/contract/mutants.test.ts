import { describe, expect, test } from 'vitest'
import { blameRequired, isGoodEnough, summarize } from '../../src/contract/mutation/mutation-report.ts'
import { playOn, tryMutant, type MutantTrial } from '../../src/contract/mutation/mutation.ts'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { checkedApis } from './checked.ts'
import type { AnyMutant } from '../../src/core/mutant.ts'

const apis = checkedApis.filter(({ mutants }) => mutants !== undefined)
const atLeast: { readonly [api: string]: number } = { 'secure-login': 28, sirportly: 26, 'gentics-cms': 28 }

// Seconds on a machine of its own, and many more on one that others use as well.
describe.each(apis.map((api) => [api.id, api] as const))('%s', { timeout: 120_000 }, (id, api) => {
  const played = tryAll(api)

  test('passes its own journeys, so that what fails on a mutant is the mutant', async () => {
    const results = await Promise.all(api.kit.journeys.map((journey) => playOn(api, api, journey)))
    expect(results.filter(({ outcome }) => outcome === 'failed').map(({ journey }) => journey.id)).toEqual([])
    // A journey may need another dialect than the one that it is tried in.
    const lost = results.filter(({ outcome }) => outcome === 'not reached')
    expect(lost.filter(({ journey }) => journey.needs === undefined)).toEqual([])
    expect(lost.length).toBeLessThan(results.length / 2)
  })

  test('has mutants enough, each of a clause of the contract, by ids that tell them apart', async () => {
    const mutants = (await api.mutants?.()) ?? []
    const clauses = api.clauses.map((clause) => clause.id)
    expect((await played).length).toBeGreaterThanOrEqual(atLeast[id] ?? Infinity)
    expect(new Set(mutants.map((mutant) => mutant.id)).size).toBe(mutants.length)
    expect(mutants.filter((mutant) => !mutant.id.startsWith(`${id}.${mutant.clause}.`))).toEqual([])
    expect(mutants.filter(({ clause }) => !clauses.includes(clause))).toEqual([])
  })

  test('kills every mutant', async () => {
    const trials = await played
    const killed = trials.filter(({ failures }) => failures.length > 0)
    expect(killed.map(({ mutant }) => mutant.id)).toEqual(trials.map(({ mutant }) => mutant.id))
  })

  test(`names the bent clause in at least ${blameRequired} of 100 failures`, async () => {
    const trials = await played
    const wrong = otherwiseBlamed(trials)
    // Told in full where there are too many.
    expect(wrong.length * 100 > trials.length * (100 - blameRequired) ? wrong : []).toEqual([])
    expect(summarize(id, trials)).toMatchObject({ failures: trials.length, rightly: trials.length - wrong.length })
  })
})

describe('a summary', () => {
  const mutant = { id: 'x.A.b', clause: 'A' } as AnyMutant
  const trial = (...clauses: string[]): MutantTrial =>
    ({ mutant, failures: clauses.map((clause) => ({ clause })) }) as unknown as MutantTrial

  test.each([
    ['all killed and blamed rightly', [trial('A')], true],
    ['a survivor', [trial('A'), trial()], false],
    ['one failure of three blamed on another clause', [trial('A', 'A', 'B')], false],
    ['one failure of twenty blamed on another clause', [trial(...Array.from({ length: 19 }, () => 'A'), 'B')], true],
    ['no mutants', [], false],
  ])('of %s', (_, trials, good) => {
    expect(isGoodEnough(summarize('x', trials))).toBe(good)
  })
})

/** Those by hand, only until each is killed: `npm run mutants` plays them to the end. */
async function tryAll(api: CheckedApi): Promise<MutantTrial[]> {
  const trials: MutantTrial[] = []
  const byHand = ((await api.mutants?.()) ?? []).filter(({ isMechanical }) => isMechanical !== true)
  for (const mutant of byHand) trials.push(await tryMutant(api, mutant, { untilKilled: true }))
  return trials
}

function otherwiseBlamed(trials: readonly MutantTrial[]): string[] {
  return trials.flatMap(({ mutant, failures }) =>
    failures
      .filter(({ clause }) => clause !== mutant.clause)
      .map(({ id, step, clause }) => `${mutant.id} was blamed on ${clause} by ${id}, step ${step}`),
  )
}
