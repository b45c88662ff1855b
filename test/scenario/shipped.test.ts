import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { headerValue } from '../../src/core/http.ts'
import { createWorld, type World } from '../../src/index.ts'
import { shipped } from '../../src/scenario/shipped.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone, sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'

const folder = new URL('../../scenarios/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

/** Each user with state, failures and what is left of a block. */
function lines(world: World): string[] {
  const { now } = world.clock
  return world
    .api('secure-login')
    .users()
    .items.map(({ username, state, failures, until }) => {
      const left = until === undefined ? '' : ` for ${(until - now) / 1000} s`
      return `${username}: ${state}, ${failures} failures${left}`
    })
}

describe('the shipped scenarios', () => {
  it('are the files in scenarios/, word for word', () => {
    const written = files.map((name) => [
      name.replace('.yaml', ''),
      parse(readFileSync(new URL(name, folder), 'utf8')) as unknown,
    ])
    expect(shipped).toEqual(Object.fromEntries(written))
  })

  it.each(Object.keys(shipped))(
    '%s loads by its name and as a file, is described, and needs no filling in',
    async (name) => {
      const world = await createWorld(name)
      expect(world.scenario.description).toMatch(/^[A-Z].{20,}[^.]$/)
      const fromFile = await createWorld(new URL(`${name}.yaml`, folder).pathname)
      expect(fromFile.scenario.source).toEqual(world.scenario.source)
      const users = world.apis.flatMap((api) => api.users().items)
      expect(users.length).toBeGreaterThan(0)
      // Made-up people live at example.com.
      expect(JSON.stringify(users)).not.toMatch(/@example\.com"/)
    },
  )
})

describe('default', () => {
  it('has one user in each state', async () => {
    const world = await createWorld('default', { time: new HostTime('2026-01-15T09:00:00Z').time })
    expect(lines(world)).toEqual([
      'alice: enter, 0 failures',
      'bob: onboarding, 0 failures',
      'carol: blocked, 3 failures for 1800 s',
      'dave: bypass, 0 failures',
    ])
    const states = await Promise.all(
      ['alice', 'bob', 'carol', 'dave'].map(async (name) => (await Phone.signIn(world, name)).state()),
    )
    expect(states).toEqual(['enter', 'onboarding', 'blocked', 'bypass'])
  })
})

describe('lockout', () => {
  it('has a user at every failure count around the limit of three, on a clock that stands', async () => {
    const host = new HostTime('2030-05-05T05:05:05Z')
    const world = await createWorld('lockout', { time: host.time })
    host.pass(86_400_000)
    expect(world.clock.view()).toMatchObject({ now: '2026-01-15T09:00:00Z', frozen: true })
    expect(lines(world)).toEqual([
      'zoe: enter, 0 failures',
      'olga: enter, 1 failures',
      'tim: enter, 2 failures',
      'bea: blocked, 3 failures for 1800 s',
      'lee: blocked, 3 failures for 1 s',
    ])
    for (const [name, states] of [
      ['tim', ['blocked']],
      ['olga', ['enter', 'blocked']],
      ['zoe', ['enter', 'enter', 'blocked']],
    ] as const) {
      const phone = await Phone.signIn(world, name)
      for (const state of states) expect([await phone.auth('0'), await phone.state()]).toEqual([401, state])
    }
    world.clock.advance('1s')
    expect(world.secureLogin.user('lee').view()).toMatchObject({ state: 'enter', failures: 0 })
  })
})

describe('blocked', () => {
  it('has blocks that end in a second, in half an hour and tomorrow', async () => {
    const world = await createWorld('blocked')
    expect(lines(world)).toEqual([
      'soon: blocked, 3 failures for 1 s',
      'later: blocked, 3 failures for 1800 s',
      'tomorrow: blocked, 3 failures for 86400 s',
      'free: enter, 0 failures',
    ])
    for (const [by, still] of [
      ['1s', 2],
      ['29m59s', 1],
      ['24h', 0],
    ] as const) {
      world.clock.advance(by)
      expect(lines(world).filter((line) => line.includes('blocked'))).toHaveLength(still)
    }
  })
})

describe('clock-drift', () => {
  it("has a server that is five minutes ahead of everybody's phone", async () => {
    const world = await createWorld('clock-drift', { time: new HostTime('2026-01-15T09:00:00Z').time })
    expect(world.clock.view()).toMatchObject({ now: '2026-01-15T09:05:00Z', world: '2026-01-15T09:00:00Z', skew: '5m' })
    const answer = await world.play(request('GET', `${apiPath}/info`))
    expect(answer.body).toBe('{"active":true,"server_time":"2026-01-15T09:05:00Z"}')
    expect(await (await Phone.signIn(world, 'tara')).auth(await world.secureLogin.user('tara').code())).toBe(401)
    expect(lines(world)).toContain('theo: enter, 2 failures')
  })
})

describe('second-factor', () => {
  it('has time-based PINs for all but one', async () => {
    const world = await createWorld('second-factor')
    for (const name of ['tara', 'theo', 'alice']) {
      const phone = await Phone.signIn(world, name)
      expect(await phone.auth(await world.secureLogin.user(name).code())).toBe(200)
    }
    expect(world.secureLogin.users().items.map(({ details }) => 'totp' in details)).toEqual([true, true, false])
  })
})

describe('faults', () => {
  it('has one fault for each kind and operation, and each strikes as described', async () => {
    const world = await createWorld('faults')
    expect(world.faults.list().map(({ what }) => what)).toEqual([
      'status 503 on secure-login.auth, 2 times',
      'a delay of 1s500ms on secure-login.info, only call 2',
      'no member "state" on secure-login.user, only call 2',
      'a truncated body on secure-login.user, only call 3',
      'a malformed body on secure-login.user, only call 4',
      'a reset connection on secure-login.session, with probability 0.5',
      'no cookie on secure-login.login for dave, 1 time',
      'the header Retry-After: 120 on secure-login.info, only call 3',
      'the content type text/html on secure-login.info, only call 4',
      'the error FAILURE on gentics-cms.globalprefix, 1 time',
    ])
    const phone = await Phone.signIn(world, 'alice')
    expect([await phone.auth('910817'), await phone.auth('910817'), await phone.auth('910817')]).toEqual([
      503, 503, 200,
    ])
    const users = []
    for (let call = 1; call <= 5; call++) users.push(await phone.send('GET', `${apiPath}/user`))
    expect(users.map(({ body, broken }) => [body, broken])).toEqual([
      ['{"state":"bypass"}', undefined],
      ['{}', undefined],
      ['{"state":"bypass"}', 'truncate'],
      ['{"state":{"', undefined],
      ['{"state":"bypass"}', undefined],
    ])
    const delays = [await phone.send('GET', `${apiPath}/info`), await phone.send('GET', `${apiPath}/info`)]
    expect(delays.map(({ delayMs }) => delayMs)).toEqual([0, 1500])
    const others = [await phone.send('GET', `${apiPath}/info`), await phone.send('GET', `${apiPath}/info`)]
    expect(
      others.map(({ headers }) => [headerValue(headers, 'retry-after'), headerValue(headers, 'content-type')]),
    ).toEqual([
      ['120', 'application/json'],
      [undefined, 'text/html'],
    ])
    const failed = await world.play(request('GET', '/rest/auth/globalprefix'))
    expect(failed.body).toContain('"responseCode":"FAILURE"')
    const resets = await Promise.all(Array.from({ length: 40 }, () => phone.send('GET', sessionPath)))
    expect(new Set(resets.map(({ broken }) => broken))).toEqual(new Set([undefined, 'reset']))
    const login = { headers: ['content-type', 'application/json'], body: '{"username":"dave","password":"dave"}' }
    const cookies = [
      await world.play(request('POST', sessionPath, login)),
      await world.play(request('POST', sessionPath, login)),
    ]
    expect(cookies.map(({ headers }) => headers.includes('set-cookie'))).toEqual([false, true])
  })
})

describe('inactive', () => {
  it('has the plug-in switched off: /info says so, /user and /auth answer 410', async () => {
    const world = await createWorld('inactive')
    const phone = await Phone.signIn(world, 'alice')
    expect((await phone.send('GET', `${apiPath}/info`)).body).toMatch(/^\{"active":false,/)
    expect([await phone.state(), await phone.auth('910817')]).toEqual(['410', 410])
  })
})

describe('legacy-revision', () => {
  it('has 406 and 410 the other way round', async () => {
    const world = await createWorld('legacy-revision')
    const bob = await Phone.signIn(world, 'bob')
    expect([await bob.state(), await bob.auth('246810')]).toEqual(['onboarding', 410])
    world.secureLogin.set({ active: false })
    expect([await bob.state(), await bob.auth('246810')]).toEqual(['406', 406])
  })
})

describe('network-change', () => {
  it('has sessions bound to the address that X-Forwarded-For tells', async () => {
    const world = await createWorld('network-change')
    const alice = await Phone.signIn(world, 'alice')
    const from = async (address: string): Promise<unknown> =>
      (await alice.send('GET', `${apiPath}/user`, { headers: ['x-forwarded-for', address] })).body
    const pin = { headers: ['x-forwarded-for', '10.0.0.1', 'content-type', 'text/plain'], body: '910817' }
    await alice.send('POST', `${apiPath}/auth`, pin)
    expect([await from('10.0.0.1'), await from('10.0.0.2'), await from('10.0.0.1')]).toEqual([
      '{"state":"bypass"}',
      '{"state":"enter"}',
      '{"state":"bypass"}',
    ])
  })
})

describe('onboarding', () => {
  it('has users who have not finished onboarding, and one who just did', async () => {
    const world = await createWorld('onboarding')
    expect(lines(world)).toEqual([
      'nina: onboarding, 0 failures',
      'omar: onboarding, 0 failures',
      'dora: enter, 0 failures',
    ])
    expect(await (await Phone.signIn(world, 'nina')).auth('910817')).toBe(406)
    expect(await (await Phone.signIn(world, 'dora')).auth('135791')).toBe(200)
  })
})
