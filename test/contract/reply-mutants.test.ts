import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { tryMutant, type MutantTrial } from '../../src/contract/mutation/mutation.ts'
import { blameRequired, survivors, wordOf, type Survival } from '../../src/contract/mutation/mutation-report.ts'
import { ownInteractions } from '../../src/contract/comparing/own-pact.ts'
import type { AnyMutant } from '../../src/core/mutant.ts'
import { isAll, sampled } from '../support/sample.ts'
import { checkedApis } from './checked.ts'
import { fileOf, most, reasons, survivorsOf } from './survivors.ts'

// UPDATE_SURVIVORS=1, with UNDERSTUDY_TEST_ALL=1, writes anew which mutants nothing notices.
const updating = process.env['UPDATE_SURVIVORS'] === '1' && isAll

/** Whom a failure has to name, said by hand: mutants that stood for them once were written for these clauses. */
const blamed: { readonly [api: string]: { readonly [clause: string]: readonly string[] } } = JSON.parse(
  readFileSync(new URL('blamed.json', import.meta.url), 'utf8'),
)

// Minutes where nothing is sampled and others use the machine as well.
describe.each(checkedApis.map((api) => [api.id, api] as const))(
  'mutants of the replies of %s',
  { timeout: 900_000 },
  (id, api) => {
    const mechanical = mechanicalOf(api)
    const trials = new Map<string, Promise<MutantTrial>>()
    const tried = (mutant: AnyMutant): Promise<MutantTrial> => {
      const trial = trials.get(mutant.id) ?? tryUntilKilled(api, mutant)
      trials.set(mutant.id, trial)
      return trial
    }

    test('are there of every clause that an answer plays', async () => {
      const universe = (await api.tracing?.())?.universe.clauses ?? {}
      const played = Object.entries(universe).flatMap(([clause, reach]) => ('way' in reach ? [clause] : []))
      const bent = new Set((await mechanical).map(({ clause }) => clause))
      expect(played.filter((clause) => !bent.has(clause))).toEqual([])
      expect(played.length).toBeGreaterThan(15)
    })

    test('survive only where it is said, and nobody says so of one that is killed', async () => {
      const listed = survivorsOf(id)
      const played: MutantTrial[] = []
      for (const mutant of sampled(await mechanical, 8)) played.push(await tried(mutant))
      if (updating) writeFileSync(fileOf(id), told(survivors(played)))
      const wrong = played.flatMap(({ mutant, failures }) => {
        const isListed = listed.get(mutant.clause)?.includes(wordOf(mutant)) === true
        if (isListed === (failures.length === 0)) return []
        return [`${mutant.id} ${isListed ? 'is killed: take it off the list' : 'survives: a journey is missing'}`]
      })
      expect(updating ? [] : wrong).toEqual([])
      const known = new Set((await mechanical).map((mutant) => mutant.id))
      const all = [...survivorsOf(id)].flatMap(([clause, words]) => words.map((word) => `${id}.${clause}.${word}`))
      expect(all.filter((each) => !known.has(each))).toEqual([])
      expect(all.length).toBeLessThanOrEqual(most[id] ?? 0)
    })

    test('survive for a reason each, and no reason is idle', () => {
      const all = [...survivorsOf(id)].flatMap(([clause, words]) => words.map((word) => ({ clause, word })))
      const own = reasons[id] ?? []
      const fits = (each: (typeof all)[number], { of = /./, words }: (typeof own)[number]): boolean =>
        of.test(each.clause) && words.test(each.word)
      expect(all.filter((each) => !own.some((reason) => fits(each, reason)))).toEqual([])
      expect(own.filter((reason) => !all.some((each) => fits(each, reason))).map(({ why }) => why)).toEqual([])
    })

    test(`are blamed, where that was said by hand, on the right clause in at least ${blameRequired} of 100`, async () => {
      const said = Object.entries(blamed[id] ?? {}).flatMap(([clause, words]) =>
        words.map((word) => [`${id}.${word}`, clause] as const),
      )
      const all = await mechanical
      const wrong: string[] = []
      for (const [each, clause] of said) {
        const mutant = all.find((candidate) => candidate.id === each)
        const first =
          mutant === undefined ? 'nothing: there is no such mutant' : (await tried(mutant)).failures[0]?.clause
        if (first !== clause) wrong.push(`${each} was blamed on ${first} instead of ${clause}`)
      }
      expect(wrong.length * 100 > said.length * (100 - blameRequired) ? wrong : []).toEqual([])
      expect(said.length).toBeGreaterThan(30)
    })
  },
)

async function mechanicalOf(api: CheckedApi): Promise<readonly AnyMutant[]> {
  return ((await api.mutants?.()) ?? []).filter(({ isMechanical }) => isMechanical === true)
}

async function tryUntilKilled(api: CheckedApi, mutant: AnyMutant): Promise<MutantTrial> {
  return tryMutant(api, mutant, { untilKilled: true, interactions: await ownInteractions(api.id) })
}

function told({ clauses }: Survival): string {
  const alive = clauses.filter(({ survived }) => survived.length > 0)
  return alive.map(({ clause, survived }) => `${clause}: ${survived.join(' ')}\n`).join('')
}
