import { stringify } from 'yaml'
import { describe, expect, test } from 'vitest'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import { explore, type Explored } from '../../src/contract/exploring/explore.ts'
import type { ExploreOptions } from '../../src/contract/exploring/explore-options.ts'
import { shortest } from '../../src/contract/exploring/shortest.ts'
import { openBench, type Bench } from './bench.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany } from './company.ts'
import { serveCrossing, type Crossing, type CrossingOptions } from './crossing.ts'
import { crowd } from './crowd.ts'
import { serveProvider, type Provider } from './servers.ts'

const run = (bench: Bench, more: Partial<ExploreOptions> = {}): Promise<Explored> =>
  explore(bench.loaded, {
    budget: bench.budget(),
    seed: 1,
    after: 0,
    sequences: 10,
    allowWait: false,
    jobs: 4,
    ...more,
  })

/** A right server that is slow to answer, with so many sets of accounts. */
async function openSlow(
  sets: number,
  crossing: Partial<CrossingOptions> = {},
): Promise<{ bench: Bench; crossing: Crossing }> {
  const { accounts, further, provider } = crowd(sirportlyCompany, sets)
  const { url, states } = await serveProvider(startSirportly(provider))
  const slow = await serveCrossing(url, { delayMs: 20, ...crossing })
  // What nobody documents is no matter here.
  const accept = [{ clause: 'SP-U8', reason: 'assumed' }]
  const bench = await openBench({ api: 'sirportly', baseUrl: slow.url, accounts, further, states, accept })
  return { bench, crossing: slow }
}

describe('with four jobs', () => {
  test('four sequences are under way at once, and they are those that one job plays', async () => {
    const [alone, together] = [await openSlow(4), await openSlow(4)]
    const begun: number[] = []
    const one = await run(alone.bench, { jobs: 1 })
    const four = await run(together.bench, { onStart: (number) => begun.push(number) })
    expect([alone.crossing.most, together.crossing.most]).toEqual([1, 4])
    expect(begun.toSorted((first, second) => first - second)).toEqual(Array.from({ length: 10 }, (_, at) => at + 1))
    const { played, requests, met, last, found, leftOut } = four
    expect({ played, requests, met, last, found, leftOut }).toEqual({
      played: one.played,
      requests: one.requests,
      met: one.met,
      last: one.last,
      found: one.found,
      leftOut: one.leftOut,
    })
    expect(four.jobs).toEqual({ wanted: 4, atOnce: 4, alone: 0, unconfirmed: [] })
  })

  test('where accounts do not suffice, fewer are at work, and it is told for whom they wait', async () => {
    const { bench, crossing } = await openSlow(1)
    const { disposable } = bench.loaded.target.accounts
    const { target } = bench.loaded
    const loaded = { ...bench.loaded, target: { ...target, accounts: { disposable } as typeof target.accounts } }
    const { jobs, played } = await run({ ...bench, loaded })
    expect(crossing.most).toBe(1)
    expect(jobs).toMatchObject({ wanted: 4, atOnce: 1, waitedFor: { username: 'qa-lock', played, of: played } })
  })

  test('what a neighbour does is not told of the server', async () => {
    const { bench } = await openSlow(4, {
      instead: (underWay) => (underWay > 2 ? { status: 500, body: '{}' } : undefined),
    })
    const { found, jobs, last } = await run(bench)
    expect(found).toEqual([])
    expect(jobs.unconfirmed.length).toBeGreaterThan(0)
    expect(jobs.unconfirmed.filter(({ because }) => because !== undefined)).toEqual([])
    expect(last).toBe(10)
  })

  test('too many requests are no difference, and are told', async () => {
    const { bench } = await openSlow(4, { instead: (underWay) => (underWay > 3 ? { status: 429 } : undefined) })
    const { found, limited, jobs } = await run(bench)
    expect([found, jobs.unconfirmed]).toEqual([[], []])
    expect(limited).toBeGreaterThan(0)
  })

  test('a run that somebody ends can be gone on with from the first that was not played to its end', async () => {
    const { bench } = await openSlow(4)
    const end = new AbortController()
    const begun: number[] = []
    const onStart = (number: number): void => {
      begun.push(number)
      if (begun.length === 8) end.abort()
    }
    const { last, played } = await run(bench, { sequences: 30, signal: end.signal, onStart })
    expect([played < 8, last < (begun[7] ?? 0)]).toEqual([true, true])
    const after: number[] = []
    await run(bench, { after: last, sequences: 2, onStart: (number) => after.push(number) })
    expect(after.toSorted((one, other) => one - other)).toEqual([last + 1, last + 2])
  })

  test('where time is over, what differs is told as it is', async () => {
    const visit = { play: () => Promise.reject(new Error('nothing is played any more')) }
    const shown = { moves: [1, 2, 3], failure: { clause: 'SL-01' } }
    const on = { isOver: () => true }
    expect(await shortest(shown as never, visit as never, {} as never, on as never)).toBe(shown)
  })
})

const right = [
  ['secure-login', secureLoginCompany, startSecureLogin, '/jira', { blockAfter: 3 }],
  ['sirportly', sirportlyCompany, startSirportly, '', {}],
  ['gentics-cms', genticsCmsCompany, startGenticsCms, '', {}],
] as const

/** The usernames of those that were locked, of all whom a server has. */
async function lockedAt(server: Provider): Promise<string[]> {
  const all = Object.entries(await server.attempts())
  return all.flatMap(([name, { locked }]) => (locked > 0 ? [name.split('/').at(-1) ?? ''] : []))
}

describe('an independent server', () => {
  test.each(right)(
    'of %s that is right breaks nothing beside others, and locks nobody who may not be',
    async (...given) => {
      const [api, company, start, path, settings] = given
      const { accounts, further, provider } = crowd(company, 3)
      const server = await serveProvider(start({ ...provider, ...settings }))
      const { url, states, clock } = server
      for (const means of [{ states, clock }, { states }, {}]) {
        const bench = await openBench({ api, baseUrl: url + path, settings, accounts, further, ...means })
        const { found, played, jobs } = await run(bench, { sequences: 12 })
        const broken = found.filter(({ outcome }) => outcome === 'broken')
        expect(broken.map(({ key, finding }) => [key, finding.failures[0]?.differences])).toEqual([])
        expect(jobs.unconfirmed.filter(({ because }) => because === undefined)).toEqual([])
        expect(played).toBeGreaterThan(3)
      }
      const all = [accounts, ...further].flatMap((set) => Object.values(set))
      const locked = api === 'gentics-cms' ? [] : await lockedAt(server)
      expect(locked.filter((name) => all.find(({ username }) => username === name)?.['mayBeLocked'] !== true)).toEqual(
        [],
      )
    },
  )

  test('is sent no code by further accounts that might lock them', async () => {
    const { accounts, further, provider } = crowd(secureLoginCompany, 3)
    const server = await serveProvider(startSecureLogin(provider))
    const careful = further.map(({ disposable, ...set }) => ({
      ...set,
      disposable: { ...disposable, mayBeLocked: false },
    }))
    const bench = await openBench({
      api: 'secure-login',
      baseUrl: `${server.url}/jira`,
      settings: { blockAfter: 3 },
      accounts,
      further: careful,
      states: server.states,
    })
    const { leftOut } = await run(bench, { sequences: 24 })
    expect(leftOut.some(({ because }) => because.startsWith('qa-lock-1 may not be locked'))).toBe(true)
    expect((await lockedAt(server)).filter((name) => name !== 'qa-lock')).toEqual([])
  })
})

test('what is wrong is found as one job finds it, shrunk, and fails when it is played again', async () => {
  const { accounts, further, provider } = crowd(secureLoginCompany, 4)
  const found = async (jobs: number): Promise<{ bench: Bench; explored: Explored }> => {
    const { url, states } = await serveProvider(startSecureLogin({ ...provider, blockAfter: 4 }))
    const target = {
      api: 'secure-login',
      baseUrl: `${url}/jira`,
      settings: { blockAfter: 3 },
      accounts,
      further,
      states,
    }
    const bench = await openBench(target)
    return { bench, explored: await run(bench, { jobs }) }
  }
  const { explored: one } = await found(1)
  const { explored: four, bench } = await found(4)
  const told = ({ found: all }: Explored): string[] =>
    all.map(({ key, sequence, length }) => `${sequence} ${key} ${length}`)
  expect(told(four)).toEqual(told(one))
  const broken = four.found.find(({ outcome }) => outcome === 'broken')
  expect(broken?.length).toBeLessThanOrEqual(8)
  const { checks } = await bench.verify({ own: { explored: stringify(broken?.journey) } })
  expect(checks.map(({ id, failures }) => [id, failures[0]?.clause])).toEqual([['journey.explored', broken?.clause]])
})
