import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createSirportlyClient, type SirportlyClient, type SirportlyClientOptions } from '../../src/client.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'

const url = 'https://help.example/api/v2/authentication/authenticate'
const password = 's3cret'
let world: WorldOf

beforeEach(async () => {
  // The default scenario on a clock that stands: adam in atech and fibreband, ben, eve, faye, lou and tess.
  world = await createWorld({ extends: 'default', clock: { at: '2026-01-15T09:00:00Z', frozen: true } })
})

function connect(options: Partial<SirportlyClientOptions> = {}): SirportlyClient {
  return createSirportlyClient({
    baseUrl: 'https://help.example',
    application: 'help-app',
    fetch: createFetch(world),
    ...options,
  })
}

/** A client whose server answers this, whatever it is asked. */
function answered(body: unknown, status = 200): SirportlyClient {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return connect({ fetch: async () => new Response(text, { status }) })
}

describe('somebody who is let in', () => {
  it('is one user of an account', async () => {
    const answer = await connect().authenticate({ username: 'adam', password, account: 'atech' })
    expect(answer).toEqual({
      outcome: 'authenticated',
      user: {
        id: 6,
        username: 'adam',
        firstName: 'Adam',
        lastName: 'Anywhere',
        emailAddress: 'adam@help.example',
        timeZone: 'London',
        createdAt: expect.any(Number),
        activated: true,
        inviteCode: null,
        permissions: { admin: false, reporting: true, tickets: true, api: true },
        account: {
          name: 'aTech Media',
          permalink: 'atech',
          domain: 'atech.sirportly.example',
          domainWithProtocol: 'https://atech.sirportly.example',
          enabled: true,
        },
        apiToken: { token: expect.stringMatching(/^[0-9a-f-]{36}$/), secret: expect.stringMatching(/^\w{52}$/) },
      },
    })
    // One that was asked for is one in the types as well.
    const user = answer.outcome === 'authenticated' ? answer.user : undefined
    expect(new Date(user?.createdAt ?? 0).toISOString()).toMatch(/^20\d\d-.*:\d\d\.000Z$/)
  })

  it('is several users without an account', async () => {
    const answer = await connect().authenticate({ username: 'adam', password })
    const users = answer.outcome === 'authenticated' ? answer.users : []
    expect(users.map(({ id, account }) => [id, account.permalink])).toEqual([
      [6, 'atech'],
      [36, 'fibreband'],
    ])
  })

  it('is nobody where none of the users has API access', async () => {
    expect(await connect().authenticate({ username: 'ben', password })).toEqual({ outcome: 'authenticated', users: [] })
  })

  it('has an invite code where the server tells one', async () => {
    const users = [{ username: 'ina', apiAccess: true, activated: false, inviteCode: 'join-us' }]
    const invited = await createWorld({ sirportly: { accounts: { atech: {} }, users } })
    const client = connect({ fetch: createFetch(invited) })
    const answer = await client.authenticate({ username: 'ina', password: 'ina', account: 'atech' })
    expect(answer).toMatchObject({ user: { activated: false, inviteCode: 'join-us' } })
  })

  it('sends a code, fixed or time-based', async () => {
    const client = connect()
    const faye = { username: 'faye', password, account: 'atech', twoFactorCode: '123456' }
    expect(await client.authenticate(faye)).toMatchObject({ outcome: 'authenticated' })
    const twoFactorCode = await world.sirportly.user('tess').code()
    const tess = { username: 'tess', password, account: 'fibreband', twoFactorCode }
    expect(await client.authenticate(tess)).toMatchObject({ outcome: 'authenticated' })
  })
})

describe('somebody who is not let in', () => {
  it.each([
    ['ben', { account: 'atech' }, { outcome: 'api-access-disabled' }],
    ['adam', { account: 'atech', password: 'wrong' }, { outcome: 'invalid-credentials' }],
    ['nobody', {}, { outcome: 'invalid-credentials' }],
    ['eve', { account: 'atech' }, { outcome: 'two-factor-required' }],
    ['faye', { account: 'atech' }, { outcome: 'invalid-code' }],
    ['faye', { account: 'atech', twoFactorCode: '000000' }, { outcome: 'invalid-code' }],
    ['lou', { account: 'atech', twoFactorCode: '135791' }, { outcome: 'locked' }],
    ['adam', { account: 'acme' }, { outcome: 'account-not-found' }],
    ['', { account: 'atech' }, { outcome: 'invalid-parameters', errors: { username: ["can't be blank"] } }],
  ])('%s with %j is told why', async (username, more, expected) => {
    expect(await connect().authenticate({ username, password, ...more })).toEqual(expected)
    world.sirportly.set({ statusCodes: 'always200' })
    expect(await connect().authenticate({ username, password, ...more })).toEqual(expected)
  })

  it('is told the address that is not permitted, and whether the application is unknown', async () => {
    const office = await createWorld('sirportly-networks')
    const credentials = { username: 'olga', password, account: 'office' }
    const client = connect({ fetch: createFetch(office, { address: '203.0.113.9' }) })
    const expected = { outcome: 'not-permitted-from-address', address: '203.0.113.9' }
    expect(await client.authenticate(credentials)).toEqual(expected)
    office.sirportly.set({ applications: ['other'] })
    expect(await client.authenticate(credentials)).toEqual({ outcome: 'invalid-application' })
  })

  it('gets nothing back of what was sent', async () => {
    const refused = await connect().authenticate({ username: 'adam', password: 'hunter2hunter2', account: 'atech' })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
  })

  it('locks the second factor with the fifth wrong code, until it is unlocked', async () => {
    const client = connect()
    const faye = { username: 'faye', password, account: 'atech' }
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await client.authenticate({ ...faye, twoFactorCode: '000000' })).toEqual({ outcome: 'invalid-code' })
    }
    expect(await client.authenticate({ ...faye, twoFactorCode: '123456' })).toEqual({ outcome: 'locked' })
    world.sirportly.user('faye').unblock()
    expect(await client.authenticate({ ...faye, twoFactorCode: '123456' })).toMatchObject({ outcome: 'authenticated' })
  })
})

describe('requests', () => {
  it('are form posts in the name of the application, without cookies, and follow no redirect', async () => {
    const seen: [string, RequestInit][] = []
    const client = connect({
      fetch: async (...sent) => {
        seen.push(sent)
        return new Response('{"status":"TwoFactorLocked"}')
      },
    })
    await client.authenticate({ username: 'a b', password: 'ü&=+', twoFactorCode: '1', account: 'x' })
    await client.authenticate({ username: 'a', password: 'b' })
    expect(seen[0]).toEqual([
      url,
      {
        method: 'POST',
        headers: { 'x-auth-application': 'help-app', 'content-type': 'application/x-www-form-urlencoded' },
        body: 'username=a+b&password=%C3%BC%26%3D%2B&two_factor_code=1&account=x',
        credentials: 'omit',
        redirect: 'manual',
      },
    ])
    expect(seen[1]?.[1].body).toBe('username=a&password=b')
  })

  it('go below the base URL, with or without a slash at its end', async () => {
    await connect({ baseUrl: 'https://help.example/' }).authenticate({ username: 'adam', password })
    expect(world.requests.at(-1)).toMatchObject({ path: '/api/v2/authentication/authenticate', status: 200 })
  })

  it('go through the global fetch of the moment', async () => {
    const client = createSirportlyClient({ baseUrl: 'https://help.example', application: 'help-app' })
    vi.stubGlobal('fetch', createFetch(world))
    try {
      expect(await client.authenticate({ username: 'adam', password })).toMatchObject({ outcome: 'authenticated' })
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('bring any text through, and back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'grapheme' }),
        async (word, code) => {
          world.arrange('a Sirportly user with a second factor', { username: 'any', password: word, code: `c${code}` })
          const answer = await connect().authenticate({ username: 'any', password: word, twoFactorCode: `c${code}` })
          expect(answer).toMatchObject({ outcome: 'authenticated' })
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('what no clause allows', () => {
  it('is refused before it is sent, where the account is blank', async () => {
    await expect(connect().authenticate({ username: 'adam', password, account: '' })).rejects.toThrow(TypeError)
    expect(world.requests).toEqual([])
  })

  it('is an error that names the request and not the secrets', async () => {
    world.faults.add({ on: 'sirportly.*', reply: { status: 503, body: 'hunter2 of adam, by help-app' } })
    const failure: unknown = await connect()
      .authenticate({ username: 'adam', password: 'hunter2', twoFactorCode: '424242' })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      name: 'AnswerUnexpectedError',
      code: 'ERR_ANSWER_UNEXPECTED',
      message: `POST ${url} answered 503; expected 200, 403, 404 or 422.`,
      status: 503,
    })
    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/hunter2|424242|help-app/)
  })

  const user = { username: 'adam', first_name: 'A', last_name: 'A', email_address: 'a@b', time_zone: 'London' }

  it.each([
    ['no JSON', '<html>'],
    ['no object', []],
    ['another status', { status: 'Locked' }],
    ['another error', { error: 'Oops' }],
    ['no address', { error: 'NotPermittedFromIPAddress' }],
    ['errors that are no texts', { errors: { password: 'missing' } }],
    ['a user who is none', { status: 'Authenticated', user: null }],
    ['a user without most members', { status: 'Authenticated', user }],
    ['users where one was asked for', { status: 'Authenticated', users: [] }],
    ['an inherited word', { status: 'constructor' }],
  ])('is an error where the answer is %s', async (_what, body) => {
    const client = answered(body, 422)
    await expect(client.authenticate({ username: 'adam', password, account: 'atech' })).rejects.toMatchObject({
      name: 'AnswerUnexpectedError',
    })
  })

  it('is an error where the answer is a user with any member missing or of another kind', async () => {
    const asked = await createFetch(world)(`${url}?username=adam&password=${password}&account=atech`, {
      headers: { 'x-auth-application': 'help-app' },
    })
    const told = (await asked.json()) as { user: Record<string, unknown> }
    const paths = Object.entries(told.user).flatMap(([name, value]): string[][] =>
      typeof value === 'object' && value !== null
        ? [[name], ...Object.keys(value).map((inner) => [name, inner])]
        : [[name]],
    )
    const credentials = { username: 'adam', password, account: 'atech' }
    expect(await answered(told).authenticate(credentials)).toMatchObject({ outcome: 'authenticated' })
    expect(paths).toHaveLength(23)
    for (const [name = '', inner] of paths) {
      for (const odd of [undefined, [1]]) {
        const spoilt = structuredClone(told)
        if (inner === undefined) spoilt.user[name] = odd
        else (spoilt.user[name] as Record<string, unknown>)[inner] = odd
        await expect(answered(spoilt).authenticate(credentials)).rejects.toThrow('expected a user (SP-07).')
      }
    }
  })
})
