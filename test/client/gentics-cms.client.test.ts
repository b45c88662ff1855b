import { createSign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createGenticsClient, type GenticsClient, type GenticsClientOptions } from '../../src/client.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'

const privateKey = readFileSync(new URL('../../scenarios/cms-sso.private-key.pem', import.meta.url), 'utf8')
let world: WorldOf

beforeEach(async () => {
  // Node, ada and otto of the default scenario, on a clock that stands.
  world = await createWorld({ extends: 'cms-sso', clock: { at: '2026-01-15T09:00:00Z', frozen: true } })
})

/** A client without a cookie jar behind it, as in Node. */
function connect(options: Partial<GenticsClientOptions> = {}): GenticsClient {
  const fetch = createFetch(world, { cookies: false })
  return createGenticsClient({ baseUrl: 'https://cms.example', fetch, ...options })
}

async function logIn(login = 'node', options: Partial<GenticsClientOptions> = {}): Promise<GenticsClient> {
  const client = connect(options)
  expect(await client.login(login, login)).toMatchObject({ code: 'OK' })
  return client
}

describe('a session', () => {
  it('is opened by login and password, told, and ended', async () => {
    const client = connect()
    const login = await client.login('node', 'node')
    expect(login).toEqual({
      code: 'OK',
      sid: '1',
      user: {
        id: 12345,
        login: 'node',
        firstName: 'Nora',
        lastName: 'Node',
        email: 'node@cms.example',
        description: '',
        groups: [
          {
            id: expect.any(Number),
            name: 'Editors',
            description: '',
            children: [{ id: expect.any(Number), name: 'Juniors', description: '', children: [] }],
          },
        ],
      },
      messages: [],
    })
    expect(client.sid).toBe('1')
    expect(await client.me()).toMatchObject({ code: 'OK', user: { login: 'node' } })
    expect(await client.validate()).toMatchObject({ code: 'OK', user: { login: 'node' } })
    expect(await client.logout()).toEqual({ code: 'OK', messages: [] })
    expect(client.sid).toBeUndefined()
    expect(await client.me()).toEqual({ code: 'AUTHREQUIRED' })
  })

  it('is not opened by wrong credentials, without groups, or while there is maintenance', async () => {
    const client = connect()
    const refused = { code: 'NOTFOUND', message: expect.any(String), messages: [] }
    expect(await client.login('node', 'wrong')).toEqual(refused)
    expect(await client.login('otto', 'otto')).toEqual(refused)
    world.genticsCms.set({ maintenance: true })
    expect(await client.login('node', 'node')).toMatchObject({ code: 'MAINTENANCEMODE' })
    expect(await client.login('ada', 'ada')).toMatchObject({ code: 'OK' })
  })

  it('goes on with a further login, and shares its secret with those after a logout of one', async () => {
    const client = await logIn()
    expect(await client.login('node', 'node')).toMatchObject({ sid: '1' })
    await client.logout()
    expect(await client.login('node', 'node')).toMatchObject({ sid: '2' })
    expect(world.snapshot().records).toMatchObject({ 'gentics-cms/session:2': { username: 'node' } })
    expect(Object.keys(world.snapshot().records).filter((key) => key.includes('secret:'))).toHaveLength(1)
    await client.logout({ allSessions: true })
    await client.login('node', 'node')
    expect(Object.keys(world.snapshot().records).filter((key) => key.includes('secret:'))).toHaveLength(2)
  })

  it('ends by age, and a logout says whose it is not', async () => {
    const client = await logIn()
    world.clock.advance('1h1s')
    expect(await client.validate()).toMatchObject({ code: 'INVALIDDATA' })
    expect(await client.logout()).toMatchObject({ code: 'INVALIDDATA' })
    expect(client.sid).toBe('1')
    expect(await connect().logout()).toMatchObject({ code: 'FAILURE' })
  })

  it('can be one that was opened elsewhere', async () => {
    const { sid, secret, token } = world.arrange('a session of the CMS')
    const client = connect()
    client.useSession(String(sid), String(secret))
    expect(await client.me()).toMatchObject({ code: 'OK' })
    expect(await connect().validate(String(token))).toMatchObject({ code: 'OK', user: { login: 'node' } })
    await expect(connect().validate()).rejects.toThrow('this client knows no session with its secret')
  })

  it('keeps the latest secret that the server sets, until the server takes it away', async () => {
    const sent: (string | null)[] = []
    const lines = [
      'GCN_SESSION_SECRET=onesecretonesec; Path=/',
      'other=1',
      'GCN_SESSION_SECRET=deleted; Path=/; Max-Age=0',
      'x=1',
    ]
    const client = connect({
      fetch: async (_url, init) => {
        sent.push(new Headers(init.headers).get('cookie'))
        const body = { responseInfo: { responseCode: 'OK', responseMessage: 'A547' } }
        return new Response(JSON.stringify(body), { headers: { 'set-cookie': lines.shift() ?? '' } })
      },
    })
    for (let count = 1; count <= 4; count++) await client.globalPrefix()
    const cookie = 'GCN_SESSION_SECRET=onesecretonesec'
    expect(sent).toEqual([null, cookie, `other=1; ${cookie}`, 'other=1'])
  })
})

describe('other ways in', () => {
  it('are an RSA signature, which may be wrong', async () => {
    const signed = (username: string, until: number): Parameters<GenticsClient['loginWithRsa']>[0] => {
      const rsaSignature = createSign('RSA-SHA256').update(`${username}salt${until}`).sign(privateKey, 'base64')
      return { username, salt: 'salt', expirationTimestamp: until, rsaSignature }
    }
    const client = connect()
    expect(await client.loginWithRsa(signed('node', 4_000_000_000))).toMatchObject({ code: 'OK', sid: '1' })
    expect(await client.loginWithRsa(signed('node', 1_000_000_000))).toMatchObject({ code: 'NOTFOUND' })
    world.genticsCms.set({ dialect: 'observed' })
    await expect(client.loginWithRsa(signed('node', 4_000_000_000))).rejects.toMatchObject({ status: 404 })
  })

  it('are a bearer token, and what a proxy adds', async () => {
    const client = connect()
    expect(await client.ssoLogin()).toEqual({ code: 'NOTFOUND' })
    expect(await client.ssoLogin('token-of-node')).toEqual({ code: 'OK', sid: '1' })
    expect(await client.me()).toMatchObject({ code: 'OK', user: { login: 'node' } })
    expect(await client.ssoLogin()).toEqual({ code: 'OK', sid: '1' })
    const played = createFetch(world, { cookies: false })
    const behind = connect({
      fetch: (url, init) => played(url, { ...init, headers: [...new Headers(init.headers), ['x-remote-user', 'ada']] }),
    })
    expect(await behind.ssoLogin()).toEqual({ code: 'OK', sid: '2' })
    world.genticsCms.set({ maintenance: true })
    expect(await client.ssoLogin()).toEqual({ code: 'FAILURE' })
    world.genticsCms.set({ dialect: 'observed' })
    expect(await client.ssoLogin()).toEqual({ code: 'MAINTENANCEMODE' })
    world.genticsCms.set({ dialect: 'documented', sso: { tokens: {}, failing: true } })
    expect(await connect().ssoLogin('any')).toEqual({ code: 'FAILURE' })
  })
})

describe('passwords', () => {
  it('are hashed and matched in a session', async () => {
    const client = await logIn()
    const hashed = await client.hashPassword('s3cret', 12346)
    expect(hashed).toMatchObject({ code: 'OK', user: { login: 'ada' } })
    const hash = hashed.code === 'OK' ? hashed.hash : ''
    expect(await client.matchPassword('s3cret', hash)).toEqual({ code: 'OK', messages: [] })
    expect(await client.matchPassword('secret', hash)).toMatchObject({ code: 'FAILURE' })
    expect(await client.hashPassword('x', 1)).toMatchObject({ code: 'OK', user: undefined })
    expect(await connect().hashPassword('x', 1)).toMatchObject({ code: 'FAILURE' })
  })
})

describe('requests', () => {
  it('carry the credentials mode, and follow no redirect', async () => {
    const seen: RequestInit[] = []
    const fetch = async (_url: string, init: RequestInit): Promise<Response> => {
      seen.push(init)
      return new Response('NOTFOUND')
    }
    await connect({ fetch }).ssoLogin()
    await connect({ fetch, credentials: 'same-origin' }).ssoLogin()
    expect(seen).toMatchObject([
      { credentials: 'include', redirect: 'manual' },
      { credentials: 'same-origin', redirect: 'manual' },
    ])
  })

  it('go below the base URL, with or without a slash at its end', async () => {
    world.genticsCms.set({ contextPath: '/cms' })
    await connect({ baseUrl: 'https://portal.example/cms/' }).globalPrefix()
    expect(world.requests.at(-1)).toMatchObject({ path: '/cms/rest/auth/globalprefix', status: 200 })
  })

  it('go through the global fetch of the moment', async () => {
    const client = createGenticsClient({ baseUrl: 'https://cms.example' })
    vi.stubGlobal('fetch', createFetch(world))
    try {
      expect(await client.login('node', 'node')).toMatchObject({ code: 'OK' })
      expect(await client.me()).toMatchObject({ code: 'OK' })
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
