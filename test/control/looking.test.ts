import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const nine = { time: new HostTime('2026-01-15T09:00:00Z').time }

async function get(world: WorldOf, path: string): Promise<{ readonly [name: string]: unknown }> {
  const before = world.snapshot()
  const { status, headers, body } = await callControl(world, 'GET', path)
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'application/json', 'no-store'])
  expect(world.snapshot()).toEqual(before)
  return body
}

describe('GET', () => {
  it('/health says that the server runs', async () => {
    expect(await get(await createWorld('default', nine), '/health')).toEqual({ status: 'ok' })
  })

  it('/version tells name and version of the package', async () => {
    const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      name: string
      version: string
    }
    expect(await get(await createWorld('default', nine), '/version')).toEqual({ name, version })
  })

  it('/state sums the world up', async () => {
    const world = await createWorld('lockout')
    await Phone.signIn(world, 'zoe')
    world.worlds.get('other')
    world.faults.add({ on: '*', delay: '90s', times: 3 })
    expect(await get(world, '/state')).toEqual({
      world: 'main',
      worlds: { names: ['main', 'other'], evicted: 0, limit: 1000 },
      scenario: { name: 'lockout', description: world.scenario.description, seed: 1 },
      clock: world.clock.view(),
      apis: expect.arrayContaining([
        {
          id: 'secure-login',
          title: 'Secure Login',
          path: '/jira',
          settings: expect.objectContaining({ blockAfter: 3, blockFor: '30m', sessionFor: '5h', active: true }),
          changed: {},
        },
      ]),
      faults: [
        {
          id: 'f1',
          what: 'a delay of 1m30s on *, 3 times',
          seen: 0,
          struck: 0,
          spec: { on: '*', delay: 90_000, times: 3 },
        },
      ],
      users: 5,
      sessions: 1,
      sessionCap: { evicted: 0, limit: 10_000 },
      snapshots: { count: 0, evicted: 0 },
      requests: { total: 1, evicted: 0, limit: 1000 },
    })
  })

  it('/users lists users with their states as requests would meet them now', async () => {
    const world = await createWorld('lockout')
    const { total, users } = await get(world, '/users')
    expect(total).toBe(5)
    expect(users).toContainEqual({
      api: 'secure-login',
      username: 'bea',
      state: 'blocked',
      failures: 3,
      limit: 3,
      until: '2026-01-15T09:30:00Z',
      remaining: '30m',
      password: 'bea',
      pin: '910817',
      displayName: 'Bea Blocked',
      emailAddress: 'bea@jira.example',
      sessions: 0,
    })
    world.clock.advance('30m')
    expect((await get(world, '/users'))['users']).toContainEqual(
      expect.objectContaining({ username: 'bea', state: 'enter', failures: 0 }),
    )
  })

  it('/users and /sessions say what the next request meets whatever the state', async () => {
    const world = await createWorld('default', nine)
    const alice = await Phone.signIn(world, 'alice')
    const met = async (): Promise<unknown[]> => {
      const [{ users }, { sessions }] = [await get(world, '/users'), await get(world, '/sessions')]
      const named = (users as { username: string }[]).filter(({ username }) =>
        ['alice', 'node', 'ada'].includes(username),
      )
      return [...named, ...(sessions as object[])].map((each) => (each as { meets?: string }).meets)
    }
    expect(await met()).toEqual([undefined, undefined, undefined, undefined])
    world.secureLogin.set({ active: false })
    world.genticsCms.set({ maintenance: true })
    const after = await met()
    expect(after.filter((words) => words === 'plug-in off')).toHaveLength(2)
    // Ada sees the setting, and is let in.
    expect(after).toEqual(expect.arrayContaining(['maintenance', undefined]))
    expect(await alice.state()).toBe('410')
  })

  it('/users counts the sessions that are alive, which expired ends and tells', async () => {
    const world = await createWorld('default', nine)
    for (const name of ['alice', 'alice', 'bob']) await Phone.signIn(world, name)
    const counts = async (): Promise<unknown> =>
      ((await get(world, '/users?search=bob&api=secure-login'))['users'] as object[]).concat(
        (await get(world, '/users?search=alice&api=secure-login'))['users'] as object[],
      )
    expect(await counts()).toMatchObject([{ sessions: 1 }, { sessions: 2 }])
    const last = async (): Promise<unknown> =>
      ((await get(world, '/changes'))['changes'] as { what: string }[]).at(-1)?.what
    world.secureLogin.user('alice').set({ state: 'expired' })
    expect(await last()).toBe('Secure Login: alice had 2 sessions ended')
    world.secureLogin.user('alice').set({ state: 'expired' })
    expect(await last()).toBe('Secure Login: alice had no session to end')
    expect(await counts()).toMatchObject([{ sessions: 1 }, { sessions: 0 }])
  })

  it('/users gives pages, and one API only where that is asked for', async () => {
    const world = await createWorld({ 'secure-login': { crowd: 25 } }, nine)
    const names = async (query: string): Promise<unknown> =>
      ((await get(world, `/users?${query}`))['users'] as { username: string }[]).map(({ username }) => username)
    expect(await names('limit=2')).toEqual(['crowd-1', 'crowd-2'])
    expect(await names('limit=2&after=crowd-24&api=secure-login')).toEqual(['crowd-25'])
    expect(await names('after=nobody')).toEqual([])
    expect((await get(world, '/users?limit=1'))['total']).toBe(25)
  })

  it('/users/{api}/{username} adds the code that an authenticator app would show', async () => {
    const world = await createWorld('second-factor', nine)
    const body = await get(world, '/users/secure-login/tara')
    expect(body).toMatchObject({ username: 'tara', state: 'enter', code: await world.secureLogin.user('tara').code() })
    expect(await get(world, '/users/secure-login/alice')).toMatchObject({ code: '910817' })
  })

  it('/users/{api}/{username} takes names with any characters', async () => {
    const name = 'ann/ä ?#%'
    const world = await createWorld({ 'secure-login': { users: { [name]: { pin: '1' } } } }, nine)
    expect(await get(world, `/users/secure-login/${encodeURIComponent(name)}`)).toMatchObject({ username: name })
  })

  it('/sessions lists sessions by the start of their ids', async () => {
    const world = await createWorld('lockout')
    const zoe = await Phone.signIn(world, 'zoe')
    await Phone.signIn(world, 'tim')
    await zoe.auth('910817')
    world.clock.advance('61s')
    const { total, sessions } = await get(world, '/sessions?limit=1')
    expect(total).toBe(2)
    expect(sessions).toEqual([
      {
        api: 'secure-login',
        id: `${zoe.session.slice(0, 4)}…`,
        username: 'zoe',
        state: 'authenticated',
        until: '2026-01-15T14:00:00Z',
        remaining: '4h58m59s',
        openedAt: '2026-01-15T09:00:00Z',
        lastSeenAt: '2026-01-15T09:00:00Z',
        failures: 0,
        authenticatedFrom: '127.0.0.1',
        idleFor: '1m1s',
      },
    ])
    world.clock.advance('5h')
    expect((await get(world, '/sessions'))['sessions']).toContainEqual(
      expect.objectContaining({ username: 'tim', state: 'expired' }),
    )
  })

  it('/requests lists the latest, filtered by user and clause', async () => {
    const world = await createWorld('default', nine)
    const alice = await Phone.signIn(world, 'alice')
    await Phone.signIn(world, 'bob')
    for (const pin of ['0', '910817']) await alice.auth(pin)
    const ids = async (query: string): Promise<unknown> =>
      ((await get(world, `/requests?${query}`))['requests'] as { id: string }[]).map(({ id }) => id)
    expect(await ids('')).toEqual(['r1', 'r2', 'r3', 'r4'])
    expect(await ids('limit=2')).toEqual(['r3', 'r4'])
    expect(await ids('user=alice')).toEqual(['r1', 'r3', 'r4'])
    expect(await ids('user=alice&clause=SL-11')).toEqual(['r3'])
    expect(await ids('operation=secure-login.auth&outcome=refused')).toEqual(['r3'])
    expect(await ids('operation=sirportly.*')).toEqual([])
    expect(await ids('while=onboarding')).toEqual(['r2'])
    expect(await ids('status=200&since=r2')).toEqual(['r4'])
    const { status, body } = await callControl(world, 'GET', '/requests?clause=SL-99&while=bloked')
    expect([status, body['code']]).toEqual([422, 'ERR_FILTER_INVALID'])
    expect(body['issues']).toMatchObject([{ path: ['clause'] }, { path: ['while'], nearest: 'blocked' }])
    expect(await get(world, '/requests')).toMatchObject({ total: 4, evicted: 0, limit: 1000, requests: world.requests })
  })

  it('/requests/{id} and /requests/{id}/why show one', async () => {
    const world = await createWorld('default', nine)
    await Phone.signIn(world, 'alice')
    expect(await get(world, '/requests/r1')).toEqual(JSON.parse(JSON.stringify(world.request('r1'))))
    expect(await get(world, '/requests/r1/why')).toEqual(JSON.parse(JSON.stringify(world.why('r1'))))
  })

  it('/changes lists what was changed from outside, and after which request', async () => {
    const world = await createWorld('default', nine)
    await Phone.signIn(world, 'alice')
    world.clock.advance('1m')
    world.secureLogin.user('bob').set({ state: 'bypass' })
    expect((await get(world, '/changes'))['changes']).toEqual([
      { at: '2026-01-15T09:01:00Z', what: 'the clock was advanced by 1m', after: 1 },
      { at: '2026-01-15T09:01:00Z', what: 'Secure Login: bob was set to bypass, 0 of 3 failures', after: 1 },
    ])
    world.reset()
    expect((await get(world, '/changes'))['changes']).toHaveLength(1)
  })

  it('/clock, /faults and /snapshots show what there is', async () => {
    const world = await createWorld('faults', nine)
    expect(await get(world, '/clock')).toEqual(world.clock.view())
    expect((await get(world, '/faults'))['faults']).toEqual(world.faults.list())
    expect(await get(world, '/snapshots')).toEqual({ snapshots: [] })
  })

  it('is for the world that a header or a cookie picks', async () => {
    const world = await createWorld('default', nine)
    world.worlds.get('side').api('secure-login').set({ active: false })
    for (const headers of [
      ['x-understudy-world', 'side'],
      ['cookie', 'x-understudy-world=side'],
    ]) {
      expect((await callControl(world, 'GET', '/state', undefined, headers)).body).toMatchObject({ world: 'side' })
    }
    expect((await callControl(world, 'GET', '/state')).body).toMatchObject({ world: 'main' })
  })

  it('has the same headers and no body when only HEAD is asked', async () => {
    const world = await createWorld('default', nine)
    const [head, whole] = [await callControl(world, 'HEAD', '/state'), await callControl(world, 'GET', '/state')]
    expect([head.status, head.headers, head.body]).toEqual([200, whole.headers, {}])
  })
})
