import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { type Answer, type Served, serve } from './provider.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'
const minute = 60_000
const alice = { username: 'alice', pin: '910817' }

/** What alice's phone sends, in a session of its own. */
async function logIn(server: Served, from: Record<string, string> = {}): Promise<Phone> {
  const login = await server.sendJson('/jira/rest/auth/1/session', { username: 'alice', password: 'alice' })
  expect(login.status).toBe(200)
  const { name, value } = login.body.session
  expect(login.cookie).toBe(`${name}=${value}`)
  const cookie = login.cookie
  const enter = (pin: string, type = 'text/plain', address = from): Promise<Answer> =>
    server.send(`${api}/auth`, {
      method: 'POST',
      headers: { cookie, 'content-type': type, ...address },
      body: pin,
    })
  return {
    enter,
    statusOf: async (pin) => (await enter(pin)).status,
    state: async (address = from) => (await server.send(`${api}/user`, { headers: { cookie, ...address } })).body,
  }
}

interface Phone {
  enter(pin: string, type?: string, address?: Record<string, string>): Promise<Answer>
  statusOf(pin: string): Promise<number>
  state(address?: Record<string, string>): Promise<unknown>
}

describe('the independent server of Secure Login', () => {
  test('blocks on the third wrong PIN, and lets in again when the time of the block is over', async () => {
    const server = await serve(start({ users: [alice] }))
    const phone = await logIn(server)
    expect(await phone.state()).toEqual({ state: 'enter' })
    expect([await phone.statusOf('000000'), await phone.statusOf('000000')]).toEqual([401, 401])
    expect(await phone.state()).toEqual({ state: 'enter' })
    expect(await phone.statusOf('000000')).toBe(401)
    expect(await phone.state()).toEqual({
      state: 'blocked',
      blocked: { reason: 'brute_force', until: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) },
    })
    expect(await phone.statusOf('910817')).toBe(401)
    await server.advance(29 * minute)
    expect(await phone.statusOf('910817')).toBe(401)
    await server.advance(minute + 1000)
    expect(await phone.state()).toEqual({ state: 'enter' })
    expect(await phone.statusOf('910817')).toBe(200)
    expect(await phone.state()).toEqual({ state: 'bypass' })
    expect(await server.attempts()).toEqual({ alice: { wrong: 3, locked: 1 } })
  })

  test('forgets wrong PINs after the right one', async () => {
    const server = await serve(start({ users: [alice] }))
    const phone = await logIn(server)
    for (const pin of ['000000', '000000', '910817']) await phone.enter(pin)
    const another = await logIn(server)
    for (const pin of ['000000', '000000']) await another.enter(pin)
    expect(await another.state()).toEqual({ state: 'enter' })
    expect(await server.attempts()).toEqual({ alice: { wrong: 4, locked: 0 } })
  })

  test('counts over all sessions of a user, or in each session, as it is set', async () => {
    const perUser = await serve(start({ users: [alice] }))
    const perSession = await serve(start({ users: [alice], countFailuresPer: 'session' }))
    const last = await Promise.all(
      [perUser, perSession].map(async (server) => {
        const phones = [await logIn(server), await logIn(server), await logIn(server)]
        for (const phone of phones) await phone.enter('000000')
        return phones[0]?.state()
      }),
    )
    expect(last).toMatchObject([{ state: 'blocked' }, { state: 'enter' }])
  })

  test('blocks once for thirty wrong PINs at the same time', async () => {
    const server = await serve(start({ users: [alice] }))
    const phone = await logIn(server)
    const statuses = await Promise.all(Array.from({ length: 30 }, () => phone.statusOf('000000')))
    expect(new Set(statuses)).toEqual(new Set([401]))
    expect(await server.attempts()).toEqual({ alice: { wrong: 30, locked: 1 } })
  })

  test('does not count a PIN of another content type', async () => {
    const server = await serve(start({ users: [alice] }))
    const phone = await logIn(server)
    expect((await phone.enter('000000', 'application/json')).status).toBe(415)
    expect(await server.attempts()).toEqual({})
  })

  test('extends a block with every PIN where it is set to', async () => {
    const server = await serve(start({ users: [alice], blockAfter: 1, whileBlocked: 'extend' }))
    const phone = await logIn(server)
    await phone.enter('000000')
    await server.advance(29 * minute)
    await phone.enter('910817')
    await server.advance(29 * minute)
    expect(await phone.state()).toMatchObject({ state: 'blocked' })
    await server.advance(2 * minute)
    expect(await phone.state()).toEqual({ state: 'enter' })
  })

  test('takes the codes of an authenticator app, by its own clock, give or take one step', async () => {
    const secret = 'JBSWY3DPEHPK3PXP'
    const server = await serve(start({ users: [{ username: 'alice', totp: { secret } }], blockAfter: 100 }))
    const app = new TOTP({ secret: Secret.fromBase32(secret) })
    const at = '2026-01-15T09:00:10Z'
    await server.sendJson('/qa/states', { state: "the server's clock", action: 'setup', params: { at } })
    await server.advance(10 * minute)
    const now = Date.parse(at) + 10 * minute
    const statuses = []
    for (const steps of [-2, -1, 0, 1, 2]) {
      const phone = await logIn(server)
      statuses.push(await phone.statusOf(app.generate({ timestamp: now + steps * 30_000 })))
    }
    expect(statuses).toEqual([401, 200, 200, 200, 401])
  })

  test.each([
    ['current', [410, 410, 406]],
    ['legacy', [406, 406, 410]],
  ] as const)('plays the %s revision', async (revision, statuses) => {
    const server = await serve(start({ users: [alice], revision, active: false }))
    const { cookie } = await server.sendJson('/jira/rest/auth/1/session', { username: 'alice', password: 'alice' })
    const pin = { method: 'POST', headers: { cookie, 'content-type': 'text/plain' }, body: '910817' }
    const user = await server.send(`${api}/user`, { headers: { cookie } })
    const inactive = await server.send(`${api}/auth`, pin)
    await server.sendJson('/qa/states', { state: 'the plug-in is active', action: 'setup' })
    const params = { username: 'alice', pin: '910817' }
    await server.sendJson('/qa/states', { state: 'a user in onboarding', action: 'setup', params })
    const onboarding = await server.send(`${api}/auth`, pin)
    expect([user.status, inactive.status, onboarding.status]).toEqual(statuses)
  })

  test('ends a session that is left alone for five hours, and none that is used', async () => {
    const server = await serve(start({ users: [alice] }))
    const phone = await logIn(server)
    for (const hours of [3, 3]) {
      await server.advance(hours * 60 * minute)
      expect(await phone.state()).toEqual({ state: 'enter' })
    }
    await server.advance(5 * 60 * minute)
    expect(await phone.statusOf('910817')).toBe(401)
  })

  test.each([
    [true, 'enter'],
    [false, 'bypass'],
  ])('where sessions are bound to an address is %s, a phone in another network has to %s', async (bound, state) => {
    const server = await serve(start({ users: [alice], trustProxy: true, bindSessionToIp: bound }))
    const atHome = { 'x-forwarded-for': '192.0.2.1' }
    const phone = await logIn(server, atHome)
    expect(await phone.statusOf('910817')).toBe(200)
    expect(await phone.state(atHome)).toEqual({ state: 'bypass' })
    expect(await phone.state({ 'x-forwarded-for': '198.51.100.7' })).toEqual({ state })
  })

  test('lives at another context path, or at none', async () => {
    const server = await serve(start({ users: [alice], contextPath: '' }))
    expect((await server.send('/rest/securelogin-admin/1.0/api/info')).status).toBe(200)
    const login = await server.sendJson('/rest/auth/1/session', { username: 'alice', password: 'alice' })
    expect(login.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly$/)
    expect((await server.send(`${api}/info`)).status).toBe(404)
  })

  test('answers what it cannot read with the client being at fault', async () => {
    const server = await serve(start({ users: [alice] }))
    const post = (path: string, type: string, body: string): Promise<Answer> =>
      server.send(path, { method: 'POST', headers: { 'content-type': type }, body })
    expect((await post('/jira/rest/auth/1/session', 'application/json', '{"username":')).status).toBe(400)
    expect(
      (await server.sendJson('/jira/rest/auth/1/session', { username: 'alice\0', password: 'alice' })).status,
    ).toBe(401)
  })
})
