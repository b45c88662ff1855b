import { setupServer } from 'msw/node'
import { afterEach, describe, expect, test } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { CookieStore } from '../../src/hosts/jar.ts'
import { handlers } from '../../src/msw.ts'

const ends = new Set<() => void>()
afterEach(() => {
  for (const end of ends) end()
  ends.clear()
})

/** A fetch that a world answers, whatever the origin. */
const hosts: readonly (readonly [name: string, start: (world: WorldOf) => typeof fetch])[] = [
  ['createFetch()', (world) => createFetch(world)],
  [
    'handlers()',
    (world) => {
      const server = setupServer(...handlers(world))
      server.listen()
      ends.add(() => server.close())
      return fetch
    },
  ],
]

describe.each(hosts)('the cookies of %s', (_, start) => {
  async function begin(): Promise<{ world: WorldOf; ask: typeof fetch }> {
    const world = await createWorld()
    return { world, ask: start(world) }
  }

  function login(ask: typeof fetch, base: string, headers = {}): Promise<Response> {
    return ask(`${base}/rest/auth/1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ username: 'dave', password: 'dave' }),
    })
  }

  async function stateAt(ask: typeof fetch, base: string, headers = {}): Promise<unknown> {
    const response = await ask(`${base}/rest/securelogin-admin/1.0/api/user`, { headers })
    return response.status === 200 ? (await response.json()).state : response.status
  }

  test('belong to the host that set them', async () => {
    const { ask } = await begin()
    await login(ask, 'https://a.example/jira')
    expect(await stateAt(ask, 'https://a.example/jira')).toBe('bypass')
    expect(await stateAt(ask, 'https://b.example/jira')).toBe(401)
    expect(await stateAt(ask, 'https://x.a.example/jira')).toBe(401)
    await login(ask, 'https://b.example/jira')
    expect(await stateAt(ask, 'https://b.example/jira')).toBe('bypass')
  })

  test('stay where they were when another host logs out', async () => {
    const { ask } = await begin()
    await login(ask, 'https://a.example/jira')
    await login(ask, 'https://b.example/jira')
    await ask('https://b.example/jira/rest/auth/1/session', { method: 'DELETE' })
    expect(await stateAt(ask, 'https://a.example/jira')).toBe('bypass')
  })

  test('belong to the world that set them', async () => {
    const { ask } = await begin()
    const inWorld = { 'x-understudy-world': 'test-1' }
    await login(ask, 'https://a.example/jira', inWorld)
    expect(await stateAt(ask, 'https://a.example/jira')).toBe(401)
    expect(await stateAt(ask, 'https://a.example/jira', inWorld)).toBe('bypass')
  })
})

describe('a store of cookies', () => {
  const at = (url: string, init?: RequestInit): Request => new Request(url, init)

  test('sends them below their path, and Secure ones over HTTPS or to this machine', () => {
    const store = new CookieStore()
    for (const host of ['https://a.example', 'http://localhost:4010'])
      store.store(at(`${host}/jira/login`), ['set-cookie', 'A=1; Path=/jira', 'Set-Cookie', 'B=2; Path=/; Secure'])
    const sent = ['https://a.example/jira', 'https://a.example/', 'http://a.example/jira', 'http://localhost:9/jira/x']
    expect(sent.map((url) => store.cookieFor(at(url)))).toEqual(['A=1; B=2', 'B=2', 'A=1', 'A=1; B=2'])
  })

  test('takes and sends none where credentials are omitted, or the request brings its own', () => {
    const store = new CookieStore()
    store.store(at('https://a.example/', { credentials: 'omit' }), ['set-cookie', 'A=0'])
    expect(store.cookieFor(at('https://a.example/'))).toBeUndefined()
    store.store(at('https://a.example/'), ['set-cookie', 'A=1'])
    expect(store.cookieFor(at('https://a.example/', { credentials: 'omit' }))).toBeUndefined()
    expect(store.cookieFor(at('https://a.example/', { headers: { cookie: 'B=2' } }))).toBeUndefined()
  })

  test('reckons by the server’s clock, which may be another year', () => {
    const store = new CookieStore()
    const answer = ['date', 'Thu, 15 Jan 2015 09:00:00 GMT', 'set-cookie', 'A=1; Expires=Thu, 15 Jan 2015 10:00:00 GMT']
    store.store(at('https://a.example/'), answer)
    expect(store.cookieFor(at('https://a.example/'))).toBe('A=1')
  })

  test('tells what changed, is plain data, and passes over what an earlier version kept', () => {
    const store = new CookieStore()
    let told = 0
    store.listen(() => told++)
    store.store(at('https://a.example/'), ['set-cookie', 'A=1'])
    store.store(at('https://a.example/'), ['content-type', 'text/plain'])
    expect(told).toBe(1)
    const copy = new CookieStore()
    copy.load(JSON.parse(JSON.stringify(store.all())))
    expect(copy.cookieFor(at('https://a.example/'))).toBe('A=1')
    copy.load({ '': { A: '1' } } as never)
    expect(copy.cookieFor(at('https://a.example/'))).toBeUndefined()
  })
})
