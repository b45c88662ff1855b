import fc from 'fast-check'
import { stringify } from 'yaml'
import { describe, expect, test } from 'vitest'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import { explore, type Explored } from '../../src/contract/exploring/explore.ts'
import { Explorer } from '../../src/contract/exploring/explorer.ts'
import { shrink } from '../../src/contract/exploring/shrink.ts'
import { ExploredApi } from '../../src/contract/mutation/explored.ts'
import { openBench, type Bench } from './bench.ts'
import { checkedApis } from './checked.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany } from './company.ts'
import { serveProvider } from './servers.ts'

/** `npm run explore:mutants` explores all of them, with 200 sequences each. */
const sample = { mutants: 10, sequences: 40 }

const run = (bench: Bench, sequences: number, seed = 1): Promise<Explored> =>
  explore(bench.loaded, { budget: bench.budget(), seed, after: 0, sequences, allowWait: false })

describe.each(checkedApis.map((api) => [api.id, api] as const))('%s', (_, api) => {
  const explored = new ExploredApi(api, 1, sample.sequences)

  test('has mutants that a few sequences find, each shown by a few moves', async () => {
    const mutants = ((await api.mutants?.()) ?? []).filter(({ isMechanical }) => isMechanical !== true)
    const some = mutants.filter((_mutant, at) => at % Math.ceil(mutants.length / sample.mutants) === 0)
    const found = []
    for (const mutant of some) found.push(await explored.explore(mutant))
    const lengths = found.flatMap(({ length }) => length ?? [])
    expect(lengths.length).toBeGreaterThan(some.length / 2)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(12)
  })

  test('has an honest mock on which nothing is found', async () => {
    expect(await explored.explore(undefined)).toEqual({})
  })
})

const right = [
  ['secure-login', secureLoginCompany, startSecureLogin, '/jira', { blockAfter: 3 }],
  ['sirportly', sirportlyCompany, startSirportly, '', {}],
  ['gentics-cms', genticsCmsCompany, startGenticsCms, '', {}],
] as const

describe('an independent server', () => {
  test.each(right)('of %s that is right breaks nothing, and locks nobody who may not be', async (...given) => {
    const [api, { accounts, provider }, start, path, settings] = given
    const server = await serveProvider(start(provider))
    const { url, states, clock } = server
    for (const means of [{ states, clock }, {}]) {
      const bench = await openBench({ api, baseUrl: url + path, settings, accounts, ...means })
      const { found, played } = await run(bench, 20)
      const broken = found.filter(({ outcome }) => outcome === 'broken')
      expect(broken.map(({ key, finding }) => [key, finding.failures[0]?.differences])).toEqual([])
      expect(played).toBeGreaterThan(5)
    }
    const locked = Object.entries(api === 'gentics-cms' ? {} : await server.attempts()).filter(
      ([, each]) => each.locked > 0,
    )
    const may = Object.values(accounts as { [role: string]: { username: string; mayBeLocked?: boolean } })
    expect(
      locked.filter(([name]) => may.find(({ username }) => username === name.split('/').at(-1))?.mayBeLocked !== true),
    ).toEqual([])
  })
})

test.each([
  ['the account that it is arranged for', { as: 'sso' }],
  ['another, after it', { as: 'user' }],
])('a header that an SSO system was arranged with is expected of %s', async (_, { as }) => {
  const { accounts, provider } = genticsCmsCompany
  const { url, states, clock } = await serveProvider(startGenticsCms(provider))
  const bench = await openBench({ api: 'gentics-cms', baseUrl: url, accounts, states, clock })
  const own = {
    before: stringify({
      api: 'gentics-cms',
      title: 'before',
      as: 'sso',
      steps: [{ ask: { path: '/rest/auth/ssologin' } }],
    }),
    named: stringify({
      api: 'gentics-cms',
      title: 'named',
      as,
      steps: [{ ask: { path: '/rest/auth/ssologin', headers: { 'x-sso-user': '{{username}}' } }, session: 'none' }],
    }),
  }
  const { checks } = await bench.verify({ own })
  expect(checks.map(({ id, outcome, failures }) => [id, outcome, failures[0]?.differences])).toEqual([
    ['journey.before', 'passed', undefined],
    ['journey.named', 'passed', undefined],
  ])
})

test.each(checkedApis)('where every sequence of $id could lock somebody, none is made', async (api) => {
  const exploration = { api, settings: api.kit.trial.settings, roles: Object.keys(api.kit.roles), seed: 1 }
  const rehearse = (): Promise<never> => Promise.resolve([{}] as never)
  const explorer = new Explorer({ ...exploration, rehearse, isHarmless: () => false })
  await expect(explorer.next()).rejects.toMatchObject({ code: 'ERR_UNSAFE' })
})

describe('what is found', () => {
  test('is shrunk, and is a journey that fails on that server when it is played again', async () => {
    const { accounts, provider } = secureLoginCompany
    const { url, states, clock } = await serveProvider(startSecureLogin({ ...provider, blockAfter: 4 }))
    const target = { api: 'secure-login', baseUrl: `${url}/jira`, settings: { blockAfter: 3 }, accounts, states, clock }
    const bench = await openBench(target)
    const { found } = await run(bench, 15)
    expect(found.length).toBeGreaterThan(0)
    const [first] = found
    expect(first?.length).toBeLessThanOrEqual(6)
    const { checks } = await bench.verify({ own: { explored: stringify(first?.journey) } })
    expect(checks.map(({ id, failures }) => [id, failures[0]?.clause])).toEqual([['journey.explored', first?.clause]])
  })
})

test('the shortest part that fails is found, whatever stands around it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 2 }), { maxLength: 9 }), fc.nat(9), async (others, at) => {
      const moves = [...others.slice(0, at), 0, ...others.slice(at), 1]
      const fails = (some: readonly number[]): Promise<boolean> =>
        Promise.resolve(some.indexOf(0) >= 0 && some.indexOf(0) < some.indexOf(1))
      expect(await shrink(moves, fails, 500)).toEqual([0, 1])
    }),
    { numRuns: 30 },
  )
})
