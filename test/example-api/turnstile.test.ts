import { describe, expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { turnstile } from './api.ts'

// The line that a registry of its own would have.
const apis = { ...registry, turnstile }

const scenario: Scenario<typeof apis> = {
  extends: 'default',
  clock: { at: '2026-01-15T09:00:00Z', frozen: true },
  turnstile: { users: { b7: { code: '4711', failures: 1 } } },
  people: {
    ada: {
      turnstile: { code: '1815' },
      'secure-login': { state: 'bypass', displayName: 'Ada', emailAddress: 'ada@jira.example' },
    },
  },
}

function createTestWorld(): Promise<WorldOf<typeof apis>> {
  return createWorld(scenario, { apis })
}

/** Tries to enter; what the turnstile says. */
function enter(fetchIt: typeof fetch, badge: string, code: string): Promise<[number, string]> {
  return fetchIt(`http://hall.example/turnstile/enter?badge=${badge}&code=${code}`, { method: 'POST' }).then(
    async (answer) => [answer.status, await answer.text()],
  )
}

describe('an API of one folder', () => {
  test('is played by every host, with clauses, reasons and one clock', async () => {
    const world = await createTestWorld()
    const fetchIt = createFetch(world)
    expect(await enter(fetchIt, 'b7', '0000')).toEqual([403, '{"left":1}'])
    expect(await enter(fetchIt, 'b7', '0000')).toEqual([403, '{"left":0}'])
    expect(await enter(fetchIt, 'b7', '4711')).toEqual([423, ''])
    world.clock.advance('1m')
    expect(await enter(fetchIt, 'b7', '4711')).toEqual([204, ''])
    expect(world.why('r2')).toMatchObject({ api: 'turnstile', user: 'b7', rule: { id: 'TS-02', origin: 'documented' } })

    const server = await listen(world)
    const answer = await fetch(`${server.url}/turnstile/enter?badge=b7&code=4711`, { method: 'POST' })
    expect(answer.headers.get('x-understudy-clause')).toBe('TS-01')
    await server.close()
  })

  test('is checked, changed, faulted, saved and masked like the others', async () => {
    const world = await createTestWorld()
    const fetchIt = createFetch(world)
    expect(world.turnstile.user('b7').set({ locked: true })).toMatchObject({ state: 'locked' })
    const saved = world.snapshot()
    world.turnstile.user('b7').set({ locked: false })
    world.restore(saved)
    expect(world.turnstile.user('b7').view().state).toBe('locked')
    expect(() => world.turnstile.user('b8')).toThrow('Turnstile has no user "b8"; it has b7, ada. Did you mean "b7"?')
    world.faults.add({ on: 'turnstile.enter', reply: { status: 503 }, times: 1 })
    expect((await enter(fetchIt, 'ada', '1815'))[0]).toBe(503)
    expect((await enter(fetchIt, 'ada', '1815'))[0]).toBe(204)
    expect(JSON.stringify(world.requests)).not.toContain('1815')
    await expect(createWorld({ turnstile: { usres: {} } } as object, { apis })).rejects.toThrow('Did you mean "users"?')
  })

  test('has a place in the control API, and a person may be in it and in others', async () => {
    const world = await createTestWorld()
    const users = await (await createFetch(world)('http://any/__understudy/users?api=turnstile')).json()
    expect(users).toMatchObject({
      total: 2,
      users: [{ api: 'turnstile', username: 'b7', failures: 1, limit: 3 }, { username: 'ada' }],
    })
    expect(world.secureLogin.user('ada').view().state).toBe('bypass')
  })

  test('says no to wrong methods and unknown paths', async () => {
    const fetchIt = createFetch(await createTestWorld())
    expect((await fetchIt('http://hall.example/turnstile/enter')).status).toBe(405)
    expect((await fetchIt('http://hall.example/turnstile/leave')).status).toBe(404)
  })
})
