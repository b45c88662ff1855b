import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type * as benches from './bench.ts'
import type * as creating from '../../src/scenario/create-world.ts'

let made = 0
let openBench: (typeof benches)['openBench']

beforeAll(async () => {
  vi.resetModules()
  vi.doMock('../../src/scenario/create-world.ts', async (importActual) => {
    const actual = await importActual<typeof creating>()
    const createWorldOn: typeof actual.createWorldOn = (...args) => {
      made++
      return actual.createWorldOn(...args)
    }
    return { ...actual, createWorldOn }
  })
  ;({ openBench } = await import('./bench.ts'))
})

afterAll(() => {
  vi.doUnmock('../../src/scenario/create-world.ts')
  vi.resetModules()
})

const account = (username: string): object => ({ username, password: username, pin: '123456' })

test('planning a journey, and playing it, makes one oracle', async () => {
  const { createOracle } = await import('../../src/contract/playing/oracle.ts')
  const bench = await openBench({
    api: 'secure-login',
    baseUrl: 'http://localhost:1/jira',
    accounts: { enter: account('erin'), disposable: { ...account('dan'), mayBeLocked: true } },
  })
  const { api, target } = bench.loaded
  const journeys = [
    [/\.flow$/, 0],
    // With a wrong PIN it is rehearsed twice: first on an account that must not be locked. Before and after it the right
    // PIN clears the count, which is a journey of its own.
    [/\.retry$/, 1],
    // There is no account for it.
    [/\.onboarding$/, 0],
  ] as const
  for (const [only, cleared] of journeys) {
    made = 0
    const planned = await bench.plan({ only, journeysOnly: true })
    expect([planned.length, made]).toEqual([1, 1])
    const [check] = planned
    const { player } = await createOracle(api, target.settings, [...(check?.accounts.values() ?? [])], Date.now())
    made = 0
    const result = await check?.play(player, undefined, player.now())
    expect([result?.outcome, made]).toEqual([check?.leftOut === undefined ? 'passed' : 'not reached', cleared])
  }
})
