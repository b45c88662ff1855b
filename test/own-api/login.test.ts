import { describe, expect, test } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import { login } from './login.ts'

const apis = { login }

async function open(section: Scenario<typeof apis>['hall-login'] = {}): Promise<{
  world: WorldOf<typeof apis>
  ask: (call: string, body?: string | object) => Promise<Response>
}> {
  const world = await createWorld(
    {
      clock: { at: '2026-01-15T09:00:00.250Z', frozen: true },
      'hall-login': { users: { ada: { password: 'byron', pin: '1815' } }, ...section },
    },
    { apis },
  )
  const ask = createFetch(world)
  return {
    world,
    ask: (call, body) => {
      const [method = '', path = ''] = call.split(' ')
      const isJson = typeof body === 'object'
      return ask(`http://hall.example/hall-login${path}`, {
        method,
        headers: { 'content-type': isJson ? 'application/json' : 'text/plain' },
        ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
      })
    },
  }
}

const ada = { username: 'ada', password: 'byron' }

describe('a login with a cookie and a second factor', () => {
  test('keeps who is signed in, and whether the PIN was entered', async () => {
    const { ask } = await open()
    expect((await ask('GET /me')).status).toBe(401)
    expect((await ask('POST /password', { ...ada, password: 'x' })).status).toBe(401)
    const begun = await ask('POST /password', ada)
    expect(begun.headers.get('set-cookie')).toMatch(/^HALL=[0-9A-F]{32}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(await (await ask('GET /me')).json()).toEqual({ name: 'ada', passed: false })
    expect(await (await ask('POST /pin', '0000')).json()).toEqual({ left: 2 })
    expect((await ask('POST /pin', '1815')).status).toBe(204)
    expect(await (await ask('PUT /names/A%20L')).json()).toEqual({ name: 'A L', passed: true })
    expect(await (await ask('GET /me')).json()).toEqual({ name: 'A L', passed: true })
    expect((await ask('HEAD /me')).status).toBe(200)
    const ended = await ask('DELETE /me')
    expect(ended.headers.get('set-cookie')).toBe('HALL=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
    expect((await ask('GET /me')).status).toBe(401)
  })

  test('blocks by the PIN, to a whole second, and looks at none while blocked', async () => {
    const { world, ask } = await open()
    await ask('POST /password', ada)
    for (const left of [2, 1, 0]) expect(await (await ask('POST /pin', '0000')).json()).toEqual({ left })
    expect((await ask('POST /pin', '1815')).status).toBe(423)
    expect(world.login.user('ada').view()).toMatchObject({
      state: 'blocked',
      until: Date.parse('2026-01-15T09:30:01Z'),
      details: { pin: '1815', password: 'byron' },
    })
    expect(await world.login.user('ada').code()).toBe('1815')
    world.login.user('ada').unblock()
    expect((await ask('POST /pin', '1815')).status).toBe(204)
  })

  test('takes the codes of an app, once where it is set so', async () => {
    const secret = 'JBSWY3DPEHPK3PXP'
    const { world, ask } = await open({ codeReuse: 'refused', users: { ada: { password: 'byron', totp: { secret } } } })
    expect(world.login.user('ada').view().details).toEqual({ password: 'byron', totp: { secret } })
    await ask('POST /password', ada)
    const code = await world.login.user('ada').code()
    expect(code).toMatch(/^\d{6}$/)
    expect((await ask('POST /pin', code)).status).toBe(204)
    expect((await ask('POST /pin', code)).status).toBe(409)
    expect(world.login.user('ada').view().details).toEqual({
      password: 'byron',
      totp: { secret, usedCounter: expect.any(Number) },
    })
    expect(world.login.user('ada').view().failures).toBe(1)
    world.login.user('ada').set({ pin: '1815' })
    expect(world.login.user('ada').view().details).toEqual({ password: 'byron', pin: '1815' })
    expect(() => world.login.user('ada').set({ pin: '1', totp: { secret } })).toThrow(
      'either a fixed pin or time-based',
    )
  })

  test('draws a PIN by seed for who has none, and has settings of its own', async () => {
    const { world, ask } = await open({ users: { bob: { password: 'b' } }, open: false })
    expect(world.login.user('bob').view().details['pin']).toMatch(/^\d{6}$/)
    expect((await ask('POST /password', { username: 'bob', password: 'b' })).status).toBe(503)
    world.login.set({ open: true, sessionFor: '1m' })
    expect((await ask('POST /password', { username: 'bob', password: 'b' })).status).toBe(204)
    expect(world.login.sessions().items).toMatchObject([{ username: 'bob', state: 'open', details: { passed: false } }])
    world.clock.advance('1m')
    expect((await ask('GET /me')).status).toBe(401)
  })

  test.each([
    ['a body that is no text', new Uint8Array([0xff, 0xfe])],
    ['a list', '[]'],
    ['half of an object', '{"username":'],
    ['names that every object has', '{"__proto__":{"username":"ada","password":"byron"}}'],
    ['numbers for words', '{"username":1,"password":2}'],
  ])('refuses %s, and changes nothing', async (_, body) => {
    const { world } = await open()
    const before = JSON.stringify(world.snapshot().records)
    const send = createFetch(world)
    for (const path of ['password', 'pin']) {
      const answer = await send(`http://hall.example/hall-login/${path}?__proto__=1`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: 'HALL=constructor' },
        body,
      })
      expect(answer.status).toBe(401)
    }
    expect((await send('http://hall.example/hall-login/names/%E0%A4', { method: 'PUT' })).status).toBe(401)
    expect(JSON.stringify(world.snapshot().records)).toBe(before)
  })
})
