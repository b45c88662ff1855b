import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { headerValue } from '../../src/core/http.ts'
import type { Scenario } from '../../src/index.ts'
import type { SharedWorlds } from '../../src/store/shared-worlds.ts'
import { callControl } from '../support/control-client.ts'
import { missing, RedisServer } from './redis-server.ts'
import { freshPrefix, share, type SharedOptions } from './shared.ts'
import { Visitor } from './visitor.ts'

let redis: RedisServer
beforeAll(async () => {
  if (missing === undefined) redis = await RedisServer.start()
})
afterAll(() => redis?.stop())

type Both = readonly [SharedWorlds, SharedWorlds]

/** Two servers of one store. */
async function two(scenario: string | Scenario = 'default', options: Partial<SharedOptions> = {}): Promise<Both> {
  const shared = { url: redis.url, prefix: freshPrefix(), patienceMs: 10_000, ...options }
  const one = await share(scenario, shared)
  const other = await share(scenario, shared)
  onTestFinished(() => {
    one.engine.close()
    other.engine.close()
  })
  return [one.worlds, other.worlds]
}

async function control(server: SharedWorlds, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await callControl(server, method, path, body)
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 })
  return answer.body
}

describe.skipIf(missing !== undefined)('two servers of one store', () => {
  test("know each other's sessions, and count failures together", async () => {
    const [one, other] = await two()
    const alice = new Visitor()
    await alice.login(one, 'alice')
    expect(await alice.state(other)).toBe('enter')
    for (const server of [one, other, one]) expect((await alice.auth(server, '000000')).status).toBe(401)
    expect([await alice.state(one), await alice.state(other)]).toEqual(['blocked', 'blocked'])
    expect((await alice.auth(other, '910817')).status).toBe(401)
    await control(other, 'POST', '/clock/advance', { by: '31m' })
    expect((await alice.auth(one, '910817')).status).toBe(200)
    expect(await alice.state(other)).toBe('bypass')
  })

  test('count fifty wrong PINs at once as three', async () => {
    const [one, other] = await two()
    const visitors = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const visitor = new Visitor()
        await visitor.login(one, 'alice')
        return visitor
      }),
    )
    await Promise.all(visitors.map((visitor, index) => visitor.auth(index % 2 === 0 ? one : other, '000000')))
    const user = await control(one, 'GET', '/users/secure-login/alice')
    expect(user).toMatchObject({ state: 'blocked', failures: 3 })
    const { requests } = (await control(other, 'GET', '/requests?clause=SL-11')) as { requests: unknown[] }
    expect(requests).toHaveLength(2)
  })

  test('play what is scheduled once, whichever is asked first, and keep nothing to take back', async () => {
    const [one, other] = await two({ extends: 'default', clock: { frozen: true } })
    const alice = new Visitor()
    await alice.login(one, 'alice')
    await control(one, 'POST', '/schedule', { at: '+10s', user: 'alice', set: { state: 'blocked', for: '2m' } })
    expect(await control(other, 'GET', '/schedule')).toMatchObject({ events: [{ id: 's1', in: '10s' }] })
    await control(one, 'POST', '/clock/advance', { by: '9s' })
    expect(await alice.state(other)).toBe('enter')
    await control(one, 'POST', '/clock/resume')
    await expect.poll(() => alice.state(other)).toBe('blocked')
    expect(await control(one, 'GET', '/schedule')).toEqual({ events: [] })
    const { changes } = (await control(one, 'GET', '/changes')) as { changes: { what: string }[] }
    expect(changes.filter(({ what }) => what.includes('alice was set to blocked'))).toHaveLength(1)
    expect(await callControl(one, 'POST', '/undo', {})).toMatchObject({
      status: 422,
      body: { code: 'ERR_NOT_SUPPORTED', detail: expect.stringMatching(/share this world by a store/) },
    })
  })

  test('number requests together, list them as one, and tell why for each other', async () => {
    const [one, other] = await two()
    const nobody = new Visitor()
    for (const server of [one, other, other, one]) await nobody.state(server)
    const { requests, total } = (await control(other, 'GET', '/requests')) as {
      requests: { id: string }[]
      total: number
    }
    expect([total, requests.map(({ id }) => id)]).toEqual([4, ['r1', 'r2', 'r3', 'r4']])
    expect(await control(one, 'GET', '/requests/r2/why')).toMatchObject({ id: 'r2', status: 401 })
    const late = await nobody.send(one, 'GET', '/jira/rest/securelogin-admin/1.0/api/info')
    expect(headerValue(late.headers, 'x-understudy-request')).toBe('r5')
  })

  test('share settings, users, clock, faults and their counts', async () => {
    const [one, other] = await two('default', {})
    const carol = new Visitor()
    await carol.login(one, 'carol')
    await control(one, 'PUT', '/users/secure-login/carol', { state: 'onboarding' })
    expect(await carol.state(other)).toBe('onboarding')
    await control(other, 'PATCH', '/apis/secure-login', { contextPath: '/wiki' })
    expect((await carol.send(one, 'GET', '/wiki/rest/securelogin-admin/1.0/api/info')).status).toBe(200)
    await control(one, 'POST', '/clock/set', { at: '2030-01-01T00:00:00Z' })
    await control(one, 'POST', '/clock/freeze')
    expect(await control(other, 'GET', '/clock')).toMatchObject({ now: '2030-01-01T00:00:00Z', frozen: true })

    await control(other, 'POST', '/faults', { on: 'secure-login.info', reply: { status: 503 }, nth: 3 })
    const statuses: number[] = []
    // Not carol, whose session has ended by that.
    for (const server of [one, other, one, other]) {
      statuses.push((await new Visitor().send(server, 'GET', '/wiki/rest/securelogin-admin/1.0/api/info')).status)
    }
    expect(statuses).toEqual([200, 200, 503, 200])
    expect(await control(one, 'GET', '/faults')).toMatchObject({ faults: [{ id: 'f1', seen: 4, struck: 1 }] })
  })

  test('share reset, scenario, snapshots and provider states', async () => {
    const [one, other] = await two()
    const alice = new Visitor()
    await alice.login(one, 'alice')
    await control(other, 'POST', '/snapshots', { name: 'signed-in' })
    await control(one, 'POST', '/reset')
    expect(await alice.state(other)).toBe('401')
    expect(await control(other, 'GET', '/snapshots')).toMatchObject({ snapshots: [{ name: 'signed-in' }] })
    await control(one, 'POST', '/snapshots/signed-in/restore')
    expect(await alice.state(other)).toBe('enter')

    await control(other, 'POST', '/scenario', { scenario: 'lockout' })
    expect(await control(one, 'GET', '/state')).toMatchObject({ scenario: { name: 'lockout' } })
    const { worlds } = (await callControl(one, 'GET', '/state', undefined, ['x-understudy-world', 'later'])).body as {
      worlds: { names: string[] }
    }
    expect(worlds.names).toEqual(['main', 'later'])
    const later = await callControl(other, 'GET', '/state', undefined, ['x-understudy-world', 'later'])
    expect(later.body).toMatchObject({ world: 'later', scenario: { name: 'lockout' } })

    const values = (await control(one, 'POST', '/pact/states', {
      state: 'a user who must enter the PIN',
      params: { username: 'zoe' },
    })) as { [name: string]: string }
    const zoe = new Visitor()
    zoe.cookie = `JSESSIONID=${values['session']}`
    expect(await zoe.state(other)).toBe('enter')
  })

  test('keep worlds apart, and drop the one that was unused for longest', async () => {
    const [one, other] = await two('default', { worldLimit: 2 })
    const inWorld = (name: string): Visitor => new Visitor(['x-understudy-world', name])
    const first = inWorld('first')
    await first.login(one, 'alice')
    expect(await new Visitor().state(other)).toBe('401')
    const second = inWorld('second')
    await second.login(other, 'alice')
    expect(await first.state(other)).toBe('enter')
    await inWorld('third').login(other, 'alice')
    const state = await control(one, 'GET', '/state')
    expect(state).toMatchObject({ worlds: { names: ['main', 'first', 'third'], evicted: 1 } })
    expect(await second.state(one)).toBe('401')
    const bad = await new Visitor(['x-understudy-world', 'no/name']).login(one, 'alice')
    expect([bad.status, String(bad.body)]).toEqual([400, expect.stringContaining('is no name for a world')])
  })

  test('begin a world once, however many ask for it at the same time', async () => {
    const [one, other] = await two()
    const world = ['x-understudy-world', 'new']
    const visitors = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const visitor = new Visitor(world)
        await visitor.login(index % 2 === 0 ? one : other, 'alice')
        return visitor
      }),
    )
    for (const visitor of visitors) expect(await visitor.state(one)).toBe('enter')
    const { body } = await callControl(other, 'GET', '/sessions', undefined, world)
    expect(body['total']).toBe(20)
  })

  test('play the scenario of the server that came first', async () => {
    const options = { url: redis.url, prefix: freshPrefix(), patienceMs: 10_000 }
    const one = await share('lockout', options)
    const other = await share('blocked', options)
    onTestFinished(() => {
      one.engine.close()
      other.engine.close()
    })
    expect(await control(one.worlds, 'GET', '/state')).toMatchObject({ scenario: { name: 'lockout' } })
    expect(await control(other.worlds, 'GET', '/state')).toMatchObject({ scenario: { name: 'lockout' } })
    const side = await callControl(other.worlds, 'GET', '/state', undefined, ['x-understudy-world', 'side'])
    expect(side.body).toMatchObject({ scenario: { name: 'lockout' } })
  })

  test('make a crowd alike, each for itself', async () => {
    const [one, other] = await two({ extends: 'default', 'secure-login': { crowd: 1_000_000 } })
    const user = await control(one, 'GET', '/users/secure-login/crowd-777777')
    expect(user).toMatchObject({ username: 'crowd-777777', state: 'enter' })
    expect(await control(other, 'GET', '/users/secure-login/crowd-777777')).toEqual(user)
    const member = new Visitor()
    await member.login(one, 'crowd-777777')
    expect((await member.auth(other, (user as { pin: string }).pin)).status).toBe(200)
    expect(await member.state(one)).toBe('bypass')
  })

  test('keep no more sessions than they may, the latest ones', async () => {
    const [one, other] = await two('default', { grownLimit: 3 })
    const visitors = Array.from({ length: 5 }, () => new Visitor())
    for (const [index, visitor] of visitors.entries()) await visitor.login(index % 2 === 0 ? one : other, 'alice')
    const states: string[] = []
    for (const visitor of visitors) states.push(await visitor.state(one))
    expect(states).toEqual(['401', '401', 'enter', 'enter', 'enter'])
  })

  test('keep the latest requests, and tell how many had to go', async () => {
    const [one, other] = await two('default', { journalLimit: 3 })
    for (const server of [one, other, one, other, one]) await new Visitor().state(server)
    const { requests, ...counts } = (await control(other, 'GET', '/requests')) as { requests: { id: string }[] }
    expect(counts).toEqual({ total: 5, evicted: 2, limit: 3 })
    expect(requests.map(({ id }) => id)).toEqual(['r3', 'r4', 'r5'])
  })

  test('tell events to each other, in order and none twice', async () => {
    const [one, other] = await two()
    const { body } = await callControl(other, 'GET', '/clock')
    expect(body).toHaveProperty('now')
    const told: string[] = []
    const { result: world } = await other.act([], other, (each) => each)
    const stop = world.listen((event) => told.push(event.kind === 'request' ? event.entry.id : event.what))
    await new Visitor().state(one)
    await control(one, 'POST', '/clock/advance', { by: '1h' })
    await new Visitor().state(other)
    await expect.poll(() => told).toEqual(['r1', 'the clock was advanced by 1h', 'r2'])
    stop()
  })

  test('begin anew when the store has lost everything, and mistake nothing of before for what is now', async () => {
    const [one, other] = await two()
    const alice = new Visitor()
    await alice.login(one, 'alice')
    await alice.auth(other, '000000')
    await redis.command('FLUSHALL')
    expect([await alice.state(one), await alice.state(other)]).toEqual(['401', '401'])
    const again = new Visitor()
    const login = await again.login(other, 'alice')
    expect(headerValue(login.headers, 'x-understudy-request')).toBe('r3')
    expect(await control(one, 'GET', '/users/secure-login/alice')).toMatchObject({ failures: 0 })
    expect(await again.state(one)).toBe('enter')
  })

  test('say where in the order of the store each answer stands', async () => {
    const [one, other] = await two()
    const places: number[] = []
    for (const server of [one, other, one]) {
      const { headers } = await new Visitor().login(server, 'alice')
      places.push(Number(headerValue(headers, 'x-understudy-commit')))
    }
    expect(places).toEqual([1, 2, 3])
    const looked = await callControl(other, 'GET', '/clock')
    expect(looked.headers['x-understudy-commit']).toBe('3')
  })
})
