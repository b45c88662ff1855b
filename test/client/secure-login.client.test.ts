import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createSecureLoginClient, type SecureLoginClient, type SecureLoginClientOptions } from '../../src/client.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'

const nine = Date.UTC(2026, 0, 15, 9)
let world: WorldOf

beforeEach(async () => {
  // Alice, bob, carol and dave of the default scenario, on a clock that stands.
  world = await createWorld({ extends: 'default', clock: { at: '2026-01-15T09:00:00Z', frozen: true } })
})

/** A client without a cookie jar behind it, as in Node. */
function connect(options: Partial<SecureLoginClientOptions> = {}): SecureLoginClient {
  const fetch = createFetch(world, { cookies: false })
  return createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch, now: () => nine, ...options })
}

async function signIn(username: string, options: Partial<SecureLoginClientOptions> = {}): Promise<SecureLoginClient> {
  const client = connect(options)
  expect(await client.login(username, username)).toBe('signed-in')
  return client
}

describe('the flow', () => {
  it('leads a user from the first factor through the PIN', async () => {
    const client = await signIn('alice')
    expect(await client.begin()).toEqual({ next: 'enter', driftMs: 0 })
    expect(await client.auth('000000')).toBe('failed')
    expect(await client.auth('910817')).toBe('authenticated')
    expect(await client.begin()).toEqual({ next: 'proceed', driftMs: 0 })
  })

  it('blocks after the third wrong PIN, and tells until when', async () => {
    const client = await signIn('alice')
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await client.user()).toEqual({ state: 'enter' })
      expect(await client.auth('000000')).toBe('failed')
    }
    const until = nine + 30 * 60_000
    expect(await client.user()).toEqual({ state: 'blocked', reason: 'brute_force', until })
    expect(await client.begin()).toEqual({ next: 'wait', driftMs: 0, until })
    expect(await client.auth('910817')).toBe('failed')

    world.clock.advance('30m')
    expect(await client.user()).toEqual({ state: 'enter' })
    expect(await client.auth('910817')).toBe('authenticated')
  })

  it('sends a user in onboarding to a desktop browser', async () => {
    const client = await signIn('bob')
    expect(await client.begin()).toEqual({ next: 'onboarding', driftMs: 0 })
    expect(await client.auth('246810')).toBe('onboarding')
    expect(await client.user()).toEqual({ state: 'onboarding' })
  })

  it('lets a user who may bypass the PIN proceed', async () => {
    expect(await (await signIn('dave')).begin()).toEqual({ next: 'proceed', driftMs: 0 })
  })

  it('proceeds with one request while the plug-in is inactive', async () => {
    const client = await signIn('alice')
    world.secureLogin.set({ active: false })
    const before = world.requests.length
    expect(await client.begin()).toEqual({ next: 'proceed', driftMs: 0 })
    expect(world.requests.slice(before).map(({ operation }) => operation)).toEqual(['info'])
    expect(await client.user()).toEqual({ state: 'inactive' })
    expect(await client.auth('910817')).toBe('inactive')
  })

  it('proceeds where the plug-in is switched off between its two requests', async () => {
    const played = createFetch(world, { cookies: false })
    const client = await signIn('alice', {
      fetch: async (url, init) => {
        const response = await played(url, init)
        if (url.endsWith('/info')) world.secureLogin.set({ active: false })
        return response
      },
    })
    expect(await client.begin()).toEqual({ next: 'proceed', driftMs: 0 })
  })
})

describe('revision legacy', () => {
  beforeEach(() => void world.secureLogin.set({ revision: 'legacy' }))

  it('has 406 and 410 the other way round', async () => {
    const bob = await signIn('bob', { revision: 'legacy' })
    expect(await bob.auth('246810')).toBe('onboarding')
    world.secureLogin.set({ active: false })
    expect(await bob.auth('246810')).toBe('inactive')
    expect(await bob.user()).toEqual({ state: 'inactive' })
    expect(world.requests.map(({ status }) => status)).toEqual([200, 410, 406, 406])
  })

  it('is not taken for the current one', async () => {
    const client = await signIn('alice')
    world.secureLogin.set({ active: false })
    await expect(client.user()).rejects.toThrow(
      'GET https://jira.example/jira/rest/securelogin-admin/1.0/api/user answered 406; expected 200, 401 or 410.',
    )
  })
})

describe('the drift', () => {
  it("is how far the server's clock is ahead", async () => {
    world.clock.skew('5m')
    const client = connect()
    expect(await client.info()).toEqual({ active: true, serverTime: nine + 300_000, driftMs: 300_000 })
    world.clock.skew('-90s')
    expect(await client.info()).toEqual({ active: true, serverTime: nine - 90_000, driftMs: -90_000 })
  })

  it('is measured from the middle of the request', async () => {
    const times = [nine - 4000, nine]
    const client = connect({ now: () => times.shift() ?? Number.NaN })
    expect(await client.info()).toMatchObject({ driftMs: 2000 })
  })

  it('is told with the next step', async () => {
    const client = await signIn('alice')
    world.clock.skew('5m')
    expect(await client.begin()).toEqual({ next: 'enter', driftMs: 300_000 })
  })
})

describe('the session', () => {
  it('is asked for again when it has expired', async () => {
    const client = await signIn('alice')
    world.clock.advance('6h')
    expect(await client.user()).toEqual({ state: 'signed-out' })
    expect(await client.auth('910817')).toBe('failed')
    expect(await client.begin()).toMatchObject({ next: 'login' })
    expect(await client.login('alice', 'alice')).toBe('signed-in')
    expect(await client.begin()).toMatchObject({ next: 'enter' })
  })

  it('is not opened by a wrong password', async () => {
    const client = connect()
    expect(await client.login('alice', 'wrong')).toBe('failed')
    expect(await client.begin()).toEqual({ next: 'login', driftMs: 0 })
  })

  it('ends with a logout, and may have ended before', async () => {
    const client = await signIn('dave')
    await client.logout()
    expect(await client.user()).toEqual({ state: 'signed-out' })
    await client.logout()
    expect(world.requests.map(({ status }) => status)).toEqual([200, 204, 401, 401])
  })

  it('can be one that was opened elsewhere', async () => {
    const { session } = world.arrange('a user who may bypass the PIN', { username: 'dave' })
    const client = connect()
    client.useSession(String(session))
    expect(await client.user()).toEqual({ state: 'bypass' })
  })

  it('belongs to one client', async () => {
    const [alice, dave] = [await signIn('alice'), await signIn('dave')]
    expect([await alice.user(), await dave.user()]).toEqual([{ state: 'enter' }, { state: 'bypass' }])
  })

  it('is forgotten with a logout', async () => {
    const cookies: (string | null)[] = []
    const played = createFetch(world, { cookies: false })
    const client = await signIn('dave', {
      fetch: (url, init) => {
        cookies.push(new Headers(init.headers).get('cookie'))
        return played(url, init)
      },
    })
    await client.logout()
    await client.user()
    expect(cookies).toEqual([
      null,
      expect.stringMatching(/; JSESSIONID=\w+$/),
      // The other cookie of the host is no session.
      expect.stringMatching(/^atlassian\.xsrf\.token=[^;]+$/),
    ])
  })

  it('is the latest that the server sets, until the server takes it away', async () => {
    const lines = [
      'JSESSIONID=one; Path=/jira; HttpOnly',
      'other=1; Path=/',
      'JSESSIONID=; Path=/jira; Max-Age=0',
      undefined,
    ]
    const sent: (string | null)[] = []
    const client = connect({
      fetch: async (_url, init) => {
        sent.push(new Headers(init.headers).get('cookie'))
        const line = lines.shift()
        return new Response(null, { status: 401, headers: line === undefined ? {} : { 'set-cookie': line } })
      },
    })
    for (let count = 1; count <= 4; count++) await client.user()
    expect(sent).toEqual([null, 'JSESSIONID=one', 'JSESSIONID=one; other=1', 'other=1'])
  })
})

describe('requests', () => {
  it('carry the credentials mode and follow no redirect', async () => {
    const seen: RequestInit[] = []
    const fetch = async (_url: string, init: RequestInit): Promise<Response> => {
      seen.push(init)
      return new Response(null, { status: 401 })
    }
    await connect({ fetch }).user()
    await connect({ fetch, credentials: 'same-origin' }).user()
    expect(seen).toMatchObject([
      { credentials: 'include', redirect: 'manual' },
      { credentials: 'same-origin', redirect: 'manual' },
    ])
  })

  it('go below the base URL, with or without a slash at its end', async () => {
    await connect({ baseUrl: 'https://jira.example/jira/' }).info()
    expect(world.requests.at(-1)).toMatchObject({ path: '/jira/rest/securelogin-admin/1.0/api/info', status: 200 })
  })

  it('go through the global fetch of the moment, by the clock of the moment', async () => {
    const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
    vi.stubGlobal('fetch', createFetch(world))
    vi.spyOn(Date, 'now').mockReturnValue(nine - 1000)
    try {
      expect(await client.info()).toMatchObject({ serverTime: nine, driftMs: 1000 })
    } finally {
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
    }
  })
})

describe('what no clause allows', () => {
  it('is refused before it is sent, where a PIN is not made of digits', async () => {
    const client = await signIn('alice')
    for (const pin of ['', ' 910817', '910 817', '910817\n', '٩١٠٨١٧']) {
      await expect(client.auth(pin)).rejects.toThrow('A PIN is made of digits only (SL-09); nothing was sent.')
    }
    expect(world.requests.map(({ operation }) => operation)).toEqual(['login'])
  })

  it('is an error that names the request and not the secrets', async () => {
    const client = await signIn('alice')
    world.faults.add({ on: 'secure-login.*', reply: { status: 503, body: 'PIN 910817 of alice' } })
    const failures = await Promise.all([
      client.auth('910817').catch((error: unknown) => error),
      client.login('alice', 'alices secret').catch((error: unknown) => error),
    ])
    expect(failures).toMatchObject([
      {
        name: 'AnswerUnexpectedError',
        code: 'ERR_ANSWER_UNEXPECTED',
        message:
          'POST https://jira.example/jira/rest/securelogin-admin/1.0/api/auth answered 503; expected 200, 401, 406 or 410.',
        method: 'POST',
        url: 'https://jira.example/jira/rest/securelogin-admin/1.0/api/auth',
        status: 503,
        expected: '200, 401, 406 or 410',
      },
      { message: 'POST https://jira.example/jira/rest/auth/1/session answered 503; expected 200 or 401.' },
    ])
    expect(JSON.stringify(failures) + String(failures)).not.toMatch(/910817|secret/)
  })

  it('is an error where a redirect leads to a page that answers 200', async () => {
    const client = connect({
      fetch: async (_url, { redirect }) => new Response(null, { status: redirect === 'manual' ? 302 : 200 }),
    })
    await expect(client.auth('910817')).rejects.toThrow('answered 302; expected 200, 401, 406 or 410.')
  })

  it.each([
    ['no JSON', '<html>', 'a JSON object'],
    ['no object', '[]', 'a JSON object'],
    ['active as a word', '{"active":"true","server_time":"2026-01-15T09:00:00Z"}', '{ active, server_time }'],
    ['a server time that is none', '{"active":true,"server_time":"9 a.m."}', '{ active, server_time }'],
  ])('is an error where /info is %s', async (_what, body, expected) => {
    const client = connect({ fetch: async () => new Response(body) })
    await expect(client.info()).rejects.toMatchObject({ status: 200, expected })
  })

  it.each([
    ['another state', '{"state":"locked"}'],
    ['blocked without an end', '{"state":"blocked"}'],
    ['blocked without a reason', '{"state":"blocked","blocked":{"until":"2026-01-15T09:00:00Z"}}'],
  ])('is an error where /user is %s', async (_what, body) => {
    const client = connect({ fetch: async () => new Response(body) })
    await expect(client.user()).rejects.toMatchObject({ name: 'AnswerUnexpectedError', status: 200 })
  })
})
