import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { outcome } from '../support/help-desk.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'

const info = request('GET', `${apiPath}/info`)

describe('the journal', () => {
  it('lists every request, oldest first, with what was answered and why', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld('default', { time: host.time })
    const alice = await Phone.signIn(world, 'alice')
    host.pass(5000)
    await alice.auth('111111')
    await world.play(request('PUT', `${apiPath}/auth`))
    await world.play(request('GET', '/elsewhere', { query: 'a=b' }))
    const base = { world: 'main', api: 'secure-login', status: 401, path: `${apiPath}/auth` }
    expect(world.requests).toEqual([
      {
        ...base,
        id: 'r1',
        at: '2026-01-15T09:00:00Z',
        method: 'POST',
        path: '/jira/rest/auth/1/session',
        operation: 'login',
        user: 'alice',
        status: 200,
        clause: 'SL-H1',
        because: 'alice has signed in',
      },
      {
        ...base,
        id: 'r2',
        at: '2026-01-15T09:00:05Z',
        method: 'POST',
        operation: 'auth',
        user: 'alice',
        refused: true,
        clause: 'SL-11',
        because: 'the PIN is wrong; this was failure 1 of 3',
      },
      {
        ...base,
        id: 'r3',
        at: '2026-01-15T09:00:05Z',
        method: 'PUT',
        status: 405,
        refused: true,
        clause: 'SL-U10',
        because: `${apiPath}/auth answers POST, not PUT.`,
      },
      {
        id: 'r4',
        world: 'main',
        at: '2026-01-15T09:00:05Z',
        method: 'GET',
        path: '/elsewhere?a=b',
        status: 404,
        refused: true,
        clause: 'none',
        because: expect.stringContaining('Nothing is mocked at /elsewhere.'),
      },
    ])
  })

  it('names each answer on the wire as it does in the list', async () => {
    const world = await createWorld('default')
    const answer = await world.play(info)
    const sent = answer.headers.slice(answer.headers.indexOf('x-understudy-request'))
    expect(sent).toEqual(['x-understudy-request', world.requests[0]?.id, 'x-understudy-clause', 'SL-03'])
  })

  it('tells an outcome that only the body tells', async () => {
    const world = await createWorld('default')
    const desk = { username: 'faye', password: 's3cret', account: 'atech' }
    await outcome(world, { ...desk, two_factor_code: '0' })
    await outcome(world, { ...desk, two_factor_code: '123456' })
    for (const password of ['node', 'wrong']) {
      const body = JSON.stringify({ login: 'node', password })
      await world.play(request('POST', '/rest/auth/login', { headers: ['content-type', 'application/json'], body }))
    }
    world.faults.add({ on: '*', break: 'malformed' })
    await expect(outcome(world, desk)).rejects.toThrow(SyntaxError)
    expect(world.requests.map(({ status, outcome: word, refused }) => [status, word, refused])).toEqual([
      [200, 'InvalidTwoFactorCode', true],
      [200, 'Authenticated', undefined],
      [201, 'OK', undefined],
      [201, 'NOTFOUND', true],
      [200, undefined, undefined],
    ])
  })

  it('shows the exchange in full', async () => {
    const world = await createWorld('default')
    await world.play(request('GET', `${apiPath}/info`, { headers: ['Accept', '*/*'], address: '::ffff:10.0.0.9' }))
    const exchange = world.request('r1')
    expect(exchange).toMatchObject({
      ...world.requests[0],
      address: '10.0.0.9',
      request: { headers: [['Accept', '*/*']] },
    })
    expect(exchange.request).not.toHaveProperty('body')
    expect(exchange.reply).toMatchObject({
      headers: expect.arrayContaining([['content-type', 'application/json']]),
      body: expect.stringMatching(/^\{"active":true,"server_time":"[^"]+"\}$/),
    })
  })

  it('explains an answer: the clause, where it comes from, and the records before and after', async () => {
    const world = await createWorld('lockout')
    const tim = await Phone.signIn(world, 'tim')
    await tim.auth('000000')
    const why = world.why('r2')
    expect(why.rule).toEqual({
      id: 'SL-14',
      origin: 'documented',
      text: expect.stringContaining('retry until blocked'),
    })
    const user = why.records.find(({ key }) => key === 'secure-login/user:tim')
    expect(user).toMatchObject({
      changed: true,
      before: { failures: 2, blockedUntilAt: null },
      after: { failures: 3, blockedUntilAt: '2026-01-15T09:30:00Z' },
    })
    const session = why.records.find(({ key }) => key.startsWith('secure-login/session:'))
    expect(session).toMatchObject({ changed: false, before: { username: 'tim' } })
  })

  it('says what was chosen where nobody says, and that a fault is no clause', async () => {
    const world = await createWorld('default')
    await world.play(request('GET', `${apiPath}/user`))
    world.faults.add({ on: '*', reply: { status: 503 } })
    await world.play(info)
    await world.play(request('GET', '/elsewhere'))
    expect(world.why('r1').rule).toMatchObject({ id: 'SL-U1', origin: 'assumed', setting: 'withoutSession' })
    expect(world.why('r2')).toMatchObject({
      rule: { id: 'fault', origin: 'none' },
      fault: 'status 503 on *',
      because: 'status 503 on * (fault f1); without it SL-03: the plug-in is active',
    })
    expect(world.why('r3').rule).toMatchObject({ id: 'none', origin: 'none' })
  })

  it('shows what it noted, not what has become of it', async () => {
    const world = await createWorld('default')
    await (await Phone.signIn(world, 'alice')).auth('000000')
    const noted = JSON.stringify([world.request('r2'), world.why('r2')])
    world.secureLogin.user('alice').set({ state: 'bypass' })
    world.secureLogin.set({ blockAfter: 9 })
    world.clock.advance('1h')
    expect(JSON.stringify([world.request('r2'), world.why('r2')])).toBe(noted)
  })

  it('keeps the latest up to its limit, and tells how many had to go', async () => {
    const world = await createWorld('default', { journalLimit: 3 })
    for (let count = 1; count <= 5; count++) {
      await world.play(info)
      expect(world.requests.map(({ id }) => id)).toEqual(
        [1, 2, 3, 4, 5].slice(Math.max(0, count - 3), count).map((number) => `r${number}`),
      )
      expect(world.journal).toEqual({ total: count, evicted: Math.max(0, count - 3), limit: 3 })
    }
  })

  it('says of a request it had to drop that it did, and of one it never saw that there is none', async () => {
    const world = await createWorld('default', { journalLimit: 2 })
    expect(() => world.why('r1')).toThrow(
      expect.objectContaining({ code: 'ERR_REQUEST_UNKNOWN', message: 'World main has no request "r1".' }),
    )
    for (let count = 0; count < 3; count++) await world.play(info)
    for (const look of [() => world.why('r1'), () => world.request('r1')]) {
      expect(look).toThrow(
        expect.objectContaining({
          code: 'ERR_REQUEST_UNKNOWN',
          message: 'World main has no request "r1". 1 of 3 were dropped to keep the latest 2.',
        }),
      )
    }
    expect(world.why('r3').id).toBe('r3')
  })

  it('gives no id twice over all worlds of a server, not even after a reset', async () => {
    const world = await createWorld('default')
    const other = world.worlds.get('other')
    await world.play(info)
    await other.play(info)
    world.reset()
    await world.play(info)
    expect([...world.requests, ...other.requests].map(({ id }) => id)).toEqual(['r3', 'r2'])
    expect(() => other.why('r3')).toThrow(expect.objectContaining({ code: 'ERR_REQUEST_UNKNOWN' }))
  })

  it('tells listeners of each request and each change, until they stop', async () => {
    const world = await createWorld('default')
    const heard: string[] = []
    const stop = world.listen((event) => heard.push(event.kind === 'request' ? world.describe(event).id : event.what))
    await world.play(info)
    world.clock.freeze()
    world.secureLogin.user('alice').set({ failures: 1 })
    world.reset()
    stop()
    await world.play(info)
    expect(heard).toEqual([
      'r1',
      'the clock was stopped',
      'Secure Login: alice was set to enter, 1 of 3 failures',
      'the scenario default was started again',
    ])
  })
})

describe('what the journal has of a body', () => {
  it('is its own, also of a buffer that a host goes on to write into', async () => {
    const world = await createWorld('default')
    const body = Buffer.from('{"username":"alice","password":"alice"}')
    await world.play(request('POST', '/jira/rest/auth/1/session', { body }))
    const told = (): string | undefined => world.exchanges('secure-login.login')[0]?.request.body
    const before = told()
    body.fill('x')
    expect(before).toContain('alice')
    expect(told()).toBe(before)
  })
})

describe('a journal that is full', () => {
  it('writes over its oldest, and what is left says what was asked and read, whatever stood there before', async () => {
    const world = await createWorld('default', { journalLimit: 2 })
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('111111')
    const before = world.requests.slice(-1)
    await world.play(request('GET', '/elsewhere', { query: 'a=b' }))
    await alice.auth('910817')
    await world.play(info)
    const [auth, last] = world.requests
    expect(before[0]).toMatchObject({ operation: 'auth', clause: 'SL-11', user: 'alice' })
    expect(auth).toMatchObject({ operation: 'auth', clause: 'SL-10', user: 'alice', path: `${apiPath}/auth` })
    expect(last).toMatchObject({ operation: 'info', path: `${apiPath}/info` })
    expect(last).not.toHaveProperty('user')
    expect(world.why((last as { id: string }).id).records).toEqual([])
  })
})
