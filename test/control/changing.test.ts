import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

describe('PUT /users/{api}/{username}', () => {
  it('forces a state at once', async () => {
    const world = await createWorld('lockout')
    const zoe = await Phone.signIn(world, 'zoe')
    const put = (body: object): ReturnType<typeof callControl> =>
      callControl(world, 'PUT', '/users/secure-login/zoe', body)
    expect(await put({ state: 'blocked', for: '10m' })).toMatchObject({
      status: 200,
      body: { username: 'zoe', state: 'blocked', failures: 3, until: '2026-01-15T09:10:00Z', remaining: '10m' },
    })
    expect(await zoe.state()).toBe('blocked')
    expect((await put({ unblock: true })).body).toMatchObject({ state: 'enter', failures: 0 })
    expect((await put({ failures: 2, pin: '42' })).body).toMatchObject({ failures: 2, pin: '42' })
    expect((await put({})).body).toMatchObject({ state: 'enter', failures: 2 })
    expect((await put({ state: 'expired' })).status).toBe(200)
    expect(await zoe.state()).toBe('401')
  })
})

describe('/users/{username}', () => {
  const scenario = {
    'secure-login': { users: { ann: {}, both: {} } },
    'gentics-cms': { users: { both: {}, cem: {} } },
  }

  it('is the one user of that name, whichever API has it', async () => {
    const world = await createWorld(scenario)
    expect(await callControl(world, 'PUT', '/users/ann', { state: 'blocked', for: '10m' })).toMatchObject({
      status: 200,
      body: { api: 'secure-login', username: 'ann', state: 'blocked', remaining: '10m' },
    })
    expect((await callControl(world, 'GET', '/users/cem')).body).toMatchObject({ api: 'gentics-cms', code: '' })
    expect(await callControl(world, 'PUT', '/users/cem', { state: 'blocked' })).toMatchObject({ status: 422 })
  })

  it('is refused where several APIs have one, and nothing is changed', async () => {
    const world = await createWorld(scenario)
    const before = world.snapshot()
    for (const method of ['GET', 'PUT'])
      expect(await callControl(world, method, '/users/both', { state: 'expired' })).toMatchObject({
        status: 409,
        body: {
          code: 'ERR_USER_AMBIGUOUS',
          detail: 'both is a user of secure-login and gentics-cms; write secure-login/both or gentics-cms/both.',
        },
      })
    expect(world.snapshot().records).toEqual(before.records)
  })

  it('is the only one that knows what is to be changed, or the one of the API that is written before it', async () => {
    const world = await createWorld(scenario)
    const put = async (name: string, change: object): Promise<unknown> => {
      const { status, body } = await callControl(world, 'PUT', `/users/${encodeURIComponent(name)}`, change)
      return [status, body['api'], body['state']]
    }
    expect(await put('both', { state: 'no-groups' })).toEqual([200, 'gentics-cms', 'no-groups'])
    expect(await put('both', { state: 'blocked' })).toEqual([200, 'secure-login', 'blocked'])
    expect(await put('both', { pin: '123456' })).toEqual([200, 'secure-login', 'blocked'])
    expect(await put('gentics-cms/both', { state: 'active' })).toEqual([200, 'gentics-cms', 'active'])
    expect(await put('secure-login/both', { state: 'enter' })).toEqual([200, 'secure-login', 'enter'])
    const { body } = await callControl(world, 'PUT', '/users/secure-login%2Fbot', { state: 'enter' })
    expect(body['detail']).toBe('Secure Login has no user "bot"; it has ann, both. Did you mean "both"?')
  })

  it("is refused where one API has several, in that API's words", async () => {
    const world = await createWorld('default')
    expect(await callControl(world, 'GET', '/users/adam')).toMatchObject({
      status: 409,
      body: { detail: 'Sirportly has several users "adam"; say "atech/adam" or "fibreband/adam".' },
    })
  })

  it('is refused where nobody is called so, with the nearest name of all APIs', async () => {
    const world = await createWorld(scenario)
    const missing = async (name: string): Promise<unknown> => {
      const { status, body } = await callControl(world, 'PUT', `/users/${name}`, { state: 'bypass' })
      return [status, body['code'], body['detail']]
    }
    expect(await missing('cen')).toEqual([
      404,
      'ERR_USER_UNKNOWN',
      'No API has a user "cen". Did you mean "cem" (Gentics CMS)?',
    ])
    expect(await missing('zzzzzzzz')).toEqual([
      404,
      'ERR_USER_UNKNOWN',
      'No API has a user "zzzzzzzz", nor one of a like name; `understudy user list` shows those there are.',
    ])
  })
})

describe('PATCH /apis/{api}', () => {
  it('changes settings and shows them as somebody would write them', async () => {
    const world = await createWorld('default')
    const { status, body } = await callControl(world, 'PATCH', '/apis/secure-login', {
      blockFor: '1h30m',
      contextPath: '',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: 'secure-login',
      path: '',
      settings: { blockFor: '1h30m', contextPath: '', blockAfter: 3 },
    })
    expect(world.secureLogin.settings.blockFor).toBe(5_400_000)
  })
})

describe('POST /clock', () => {
  it.each<[string, object, string]>([
    ['/clock/advance', { by: '31m' }, '2026-01-15T09:31:00Z'],
    ['/clock/advance', { by: -1000 }, '2026-01-15T08:59:59Z'],
    ['/clock/set', { at: '2027-01-01' }, '2027-01-01T00:00:00Z'],
    ['/clock/set', { at: '+5m' }, '2026-01-15T09:05:00Z'],
    ['/clock/skew', { by: '-5m' }, '2026-01-15T08:55:00Z'],
  ])('%s with %j shows %s', async (path, body, now) => {
    const world = await createWorld('default', { time: new HostTime('2026-01-15T09:00:00Z').time })
    expect(await callControl(world, 'POST', path, body)).toMatchObject({ status: 200, body: { now } })
    expect(world.clock.view().now).toBe(now)
  })

  it('/clock/freeze, /clock/resume and /clock/scale stop it, start it and hurry it', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld('default', { time: host.time })
    expect((await callControl(world, 'POST', '/clock/freeze')).body).toMatchObject({ frozen: true })
    host.pass(60_000)
    expect((await callControl(world, 'POST', '/clock/scale', { scale: 60 })).body).toMatchObject({ scale: 60 })
    expect((await callControl(world, 'POST', '/clock/resume', '')).body).toMatchObject({ now: '2026-01-15T09:00:00Z' })
    host.pass(1000)
    expect((await callControl(world, 'GET', '/clock')).body).toMatchObject({
      now: '2026-01-15T09:01:00Z',
      frozen: false,
    })
  })
})

describe('/faults', () => {
  it('are put in force, listed, and taken off one by one or all at once', async () => {
    const world = await createWorld('default')
    const post = (body: object): ReturnType<typeof callControl> => callControl(world, 'POST', '/faults', body)
    expect(await post({ on: 'secure-login.auth', reply: { status: 503 }, times: 2 })).toEqual(
      expect.objectContaining({
        status: 200,
        body: {
          id: 'f1',
          what: 'status 503 on secure-login.auth, 2 times',
          seen: 0,
          struck: 0,
          spec: { on: 'secure-login.auth', reply: { status: 503 }, times: 2 },
        },
      }),
    )
    await post({ on: '*', delay: '1s', for: '10m' })
    await post({ on: '*', dropCookie: true })
    expect((await callControl(world, 'DELETE', '/faults/f2')).body).toEqual({ cleared: 1 })
    expect((await callControl(world, 'DELETE', '/faults')).body).toEqual({ cleared: 2 })
    expect((await callControl(world, 'GET', '/faults')).body).toEqual({ faults: [] })
  })
})

describe('POST /reset', () => {
  it('starts the scenario again, in the world it is for', async () => {
    const world = await createWorld('default')
    const side = world.worlds.get('side')
    for (const each of [world, side]) each.api('secure-login').set({ active: false })
    expect(await callControl(world, 'POST', '/reset', undefined, ['x-understudy-world', 'side'])).toMatchObject({
      status: 200,
      body: { scenario: 'default' },
    })
    expect([world, side].map((each) => each.api('secure-login').settings)).toMatchObject([
      { active: false },
      { active: true },
    ])
  })
})

describe('POST /scenario', () => {
  it('plays a shipped scenario, for later worlds too when it is for main', async () => {
    const world = await createWorld('default')
    const { body } = await callControl(world, 'POST', '/scenario', { scenario: 'lockout' })
    expect(body).toEqual({ scenario: 'lockout', description: world.scenario.description })
    expect(world.secureLogin.user('tim').view().failures).toBe(2)
    expect(world.worlds.get('later').scenario.name).toBe('lockout')
    await callControl(world, 'POST', '/scenario', { scenario: 'onboarding' }, ['x-understudy-world', 'side'])
    expect([world, world.worlds.get('side'), world.worlds.get('last')].map(({ scenario }) => scenario.name)).toEqual([
      'lockout',
      'onboarding',
      'lockout',
    ])
  })

  it('plays a whole scenario, and makes its people up', async () => {
    const world = await createWorld('default')
    const scenario = { extends: 'lockout', seed: 4, 'secure-login': { users: { nina: {} } } }
    expect(await callControl(world, 'POST', '/scenario', { scenario })).toMatchObject({
      status: 200,
      body: { scenario: 'given' },
    })
    expect((await callControl(world, 'GET', '/users/secure-login/nina')).body).toMatchObject({
      displayName: expect.stringMatching(/\S+ \S+/),
    })
  })
})

describe('/snapshots', () => {
  it('are saved, listed, fetched and restored', async () => {
    const world = await createWorld('lockout')
    const zoe = await Phone.signIn(world, 'zoe')
    await zoe.auth('0')
    const line = { name: 'one-wrong', takenAt: '2026-01-15T09:00:00Z', scenario: 'lockout', records: 3 }
    expect((await callControl(world, 'POST', '/snapshots', { name: 'one-wrong' })).body).toEqual(line)
    expect((await callControl(world, 'GET', '/snapshots')).body).toEqual({ snapshots: [line] })
    expect((await callControl(world, 'GET', '/snapshots/one-wrong')).body).toEqual(world.snapshot())
    const before = world.snapshot()
    for (const pin of ['1', '2']) await zoe.auth(pin)
    expect((await callControl(world, 'POST', '/snapshots/one-wrong/restore')).body).toEqual(line)
    expect(world.snapshot()).toEqual(before)
  })

  it('are shared by all worlds of a server', async () => {
    const world = await createWorld('default')
    world.secureLogin.user('alice').set({ failures: 2 })
    await callControl(world, 'POST', '/snapshots', { name: 'two' })
    await callControl(world, 'POST', '/snapshots/two/restore', {}, ['x-understudy-world', 'side'])
    expect(world.worlds.get('side').api('secure-login').user('alice').view().failures).toBe(2)
  })

  it('that were taken elsewhere are saved as well, and people are made up when they are restored', async () => {
    const elsewhere = await createWorld({ 'secure-login': { users: { nina: {} } } })
    elsewhere.secureLogin.user('nina').set({ failures: 1 })
    const world = await createWorld('default')
    const saved = await callControl(world, 'POST', '/snapshots', { name: 'theirs', snapshot: elsewhere.snapshot() })
    expect(saved).toMatchObject({ status: 200, body: { name: 'theirs', scenario: 'given' } })
    expect(world.scenario.name).toBe('default')
    await callControl(world, 'POST', '/snapshots/theirs/restore')
    expect((await callControl(world, 'GET', '/users')).body).toMatchObject({
      users: [{ username: 'nina', failures: 1 }],
    })
  })
})

describe('POST /pact/states', () => {
  it('arranges a state and gives back what a request needs', async () => {
    const world = await createWorld('default')
    const { body } = await callControl(world, 'POST', '/pact/states', {
      state: 'a user who must enter the PIN',
      action: 'setup',
      params: { username: 'quinn', pin: '4711', failures: 2 },
      consumer: 'app',
    })
    expect(body).toEqual({ username: 'quinn', password: 'quinn', session: expect.stringMatching(/^[0-9A-F]{32}$/) })
    const quinn = new Phone(world, String(body['session']))
    expect([await quinn.state(), await quinn.auth('0'), await quinn.state()]).toEqual(['enter', 401, 'blocked'])
  })

  it('starts again on teardown', async () => {
    const world = await createWorld('default')
    await callControl(world, 'POST', '/pact/states', { state: 'the plug-in is inactive' })
    expect(world.secureLogin.settings.active).toBe(false)
    const down = await callControl(world, 'POST', '/pact/states', {
      state: 'the plug-in is inactive',
      action: 'teardown',
    })
    expect([down.status, down.body]).toEqual([200, {}])
    expect(world.secureLogin.settings.active).toBe(true)
  })
})
