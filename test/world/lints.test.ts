import { describe, expect, test } from 'vitest'
import { createGenticsClient, createSecureLoginClient, createSirportlyClient } from '../../src/client.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { loadLints } from '../../src/world/linter.ts'
import { genticsCms, secureLogin, sirportly } from '../../src/apis/registry.ts'

const jira = 'https://jira.example/jira'
const admin = `${jira}/rest/securelogin-admin/1.0/api`
const cms = 'https://cms.example/rest'
const desk = 'https://desk.example/api/v2/authentication/authenticate'

/** Somebody who signs in, and sends codes as they are told to. */
async function alice(world: WorldOf, send: typeof fetch = createFetch(world)) {
  await send(`${jira}/rest/auth/1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'alice', password: 'alice' }),
  })
  const headers = { 'content-type': 'text/plain', 'x-atlassian-token': 'no-check' }
  return {
    send,
    user: () => send(`${admin}/user`),
    code: (body: string, others: Record<string, string> = {}) =>
      send(`${admin}/auth`, { method: 'POST', headers: { ...headers, ...others }, body }),
  }
}

const signIn = (world: WorldOf, init: RequestInit = {}, query = '') =>
  createFetch(world)(desk + query, { method: 'POST', headers: { 'x-auth-application': 'support' }, ...init })

/** Clients, each with one fault: what the lint is that finds it, and by which clause. */
const faulty: readonly [lint: string, clause: string, fault: string, client: (world: WorldOf) => Promise<unknown>][] = [
  [
    'code-while-blocked',
    'SL-18',
    'sends a code although `user` said blocked',
    async (world) => {
      const app = await alice(world)
      world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
      await app.user()
      await app.code('910817')
    },
  ],
  [
    'code-while-blocked',
    'SL-18',
    'goes on after its own last try',
    async (world) => {
      const app = await alice(world)
      for (const code of ['000000', '111111', '222222', '333333']) await app.code(code)
    },
  ],
  [
    'code-sent-again',
    'SL-14',
    'retries a refused code by itself',
    async (world) => {
      const app = await alice(world)
      await app.code('000000')
      await app.code('000000')
    },
  ],
  [
    'code-sent-again',
    'SP-12',
    'retries a refused code by itself, too',
    async (world) => {
      const body = new URLSearchParams({
        username: 'eve',
        password: 's3cret',
        account: 'atech',
        two_factor_code: '000000',
      })
      world.sirportly.user('atech/eve').set({ state: 'active', code: '135791' })
      await signIn(world, { body })
      await signIn(world, { body })
    },
  ],
  [
    'polls-before-until',
    'SL-19',
    'asks every few seconds whether the block is over',
    async (world) => {
      world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
      const app = await alice(world)
      for (let times = 0; times < 6; times++) {
        await app.user()
        world.clock.advance('5s')
      }
    },
  ],
  [
    'secret-in-url',
    'SL-09',
    'sends the PIN in the query',
    async (world) => {
      const app = await alice(world)
      await app.send(`${admin}/auth?pin=910817`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-atlassian-token': 'no-check' },
      })
    },
  ],
  [
    'secret-in-url',
    'SL-09',
    'sends the PIN in the path',
    async (world) => {
      const app = await alice(world)
      await app.send(`${admin}/auth/910817`, { method: 'POST', headers: { 'x-atlassian-token': 'no-check' } })
    },
  ],
  [
    'secret-in-url',
    'SP-03',
    'sends the password in the query',
    (world) => signIn(world, {}, '?username=adam&password=s3cret'),
  ],
  [
    'secret-in-url',
    'GC-03',
    'sends the password in the query, too',
    (world) => createFetch(world)(`${cms}/auth/login?sid=0&login=node&password=node`, { method: 'GET' }),
  ],
  [
    'wrong-content-type',
    'SL-09',
    'sends the PIN as JSON',
    async (world) => (await alice(world)).code('"910817"', { 'content-type': 'application/json' }),
  ],
  [
    'wrong-content-type',
    'SL-H6',
    'signs in by a form',
    (world) =>
      createFetch(world)(`${jira}/rest/auth/1/session`, {
        method: 'POST',
        body: new URLSearchParams({ username: 'alice', password: 'alice' }),
      }),
  ],
  [
    'wrong-content-type',
    'SP-03',
    'sends JSON where a form is taken',
    (world) =>
      signIn(world, {
        headers: { 'x-auth-application': 'support', 'content-type': 'application/json' },
        body: '{"username":"adam","password":"s3cret"}',
      }),
  ],
  [
    'wrong-content-type',
    'GC-U3',
    'sends a form where JSON is taken',
    (world) =>
      createFetch(world)(`${cms}/auth/login?sid=0`, {
        method: 'POST',
        body: new URLSearchParams({ login: 'node', password: 'node' }),
      }),
  ],
  [
    'cookie-not-sent-back',
    'SL-01',
    'keeps no cookies',
    async (world) => (await alice(world, createFetch(world, { cookies: false }))).user(),
  ],
  [
    'cookie-not-sent-back',
    'GC-03',
    'sends the sid, and not the secret',
    async (world) => {
      const send = createFetch(world, { cookies: false })
      const answer = await send(`${cms}/auth/login?sid=0`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'node', password: 'node' }),
      })
      const { sid } = await answer.json()
      await send(`${cms}/user/me?sid=${sid}`)
    },
  ],
  [
    'no-xsrf-header',
    'SL-U17',
    'leaves the XSRF header out',
    async (world) => (await alice(world)).code('910817', { 'x-atlassian-token': '' }),
  ],
  [
    'until-by-device-clock',
    'SL-05',
    'asks again when the block is over by its own clock',
    async (world) => {
      world.clock.skew('-1m')
      const app = await alice(world)
      world.secureLogin.user('alice').set({ state: 'blocked', for: '10m' })
      const { blocked } = await (await app.user()).json()
      // The device's clock is a minute ahead of the server's.
      world.clock.set(blocked.until)
      await app.user()
    },
  ],
]

describe('a client', () => {
  test.each(faulty)('breaks %s (%s) that %s', async (id, clause, _, client) => {
    const world = await createWorld()
    await client(world)
    const found = await world.lints()
    expect([...new Set(found.map((lint) => `${lint.id} ${lint.clause}`))]).toEqual([`${id} ${clause}`])
    const [first] = found
    expect(world.request(first?.request ?? '').api).toBe(first?.api)
  })

  test('is faulty here in every way that there is a lint for', async () => {
    const table = await loadLints([secureLogin, sirportly, genticsCms])
    const all = [...table.values()].flat().map(({ id, clause }) => `${id} ${clause}`)
    expect([...new Set(faulty.map(([id, clause]) => `${id} ${clause}`))].sort()).toEqual(all.sort())
  })

  test('that is honest breaks none', async () => {
    const world = await createWorld()
    const send = createFetch(world)
    const app = createSecureLoginClient({ baseUrl: jira, fetch: send, now: () => world.clock.now })
    await app.info()
    await app.login('alice', 'nonsense')
    await app.login('alice', 'alice')
    for (const code of ['000000', '000000', '222222']) {
      expect((await app.user()).state).toBe('enter')
      await app.auth(code)
      world.clock.advance('2s')
    }
    for (let times = 0; times < 3; times++) expect((await app.user()).state).toBe('blocked')
    world.clock.advance('31m')
    expect((await app.user()).state).toBe('enter')
    await app.auth('910817')
    await app.logout()
    const others = createSirportlyClient({ baseUrl: 'https://desk.example', fetch: send, application: 'support' })
    await others.authenticate({ username: 'adam', password: 's3cret' })
    const editors = createGenticsClient({ baseUrl: 'https://cms.example', fetch: send })
    await editors.login('node', 'node')
    await editors.me()
    await editors.logout()
    expect(world.requests.length).toBeGreaterThan(15)
    expect(await world.lints()).toEqual([])
  })

  test('is not blamed for what time would tell, where time stands still', async () => {
    const world = await createWorld({ extends: 'default', clock: { frozen: true } })
    const app = await alice(world)
    await app.code('000000')
    await app.code('000000')
    expect(world.secureLogin.user('alice').view().failures).toBe(2)
    world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
    for (let times = 0; times < 6; times++) await app.user()
    expect(await world.lints()).toEqual([])
  })

  test('is not blamed for a block that somebody else began', async () => {
    const world = await createWorld()
    const app = await alice(world)
    await app.user()
    world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
    await app.code('910817')
    expect(await world.lints()).toEqual([])
  })
})
