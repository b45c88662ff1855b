import { beforeEach, describe, expect, it } from 'vitest'
import { createGenticsClient, type GenticsClient, type GenticsClientOptions } from '../../src/client.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'

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

/** A client of a server that gives these answers in turn. */
function answered(...answers: readonly (readonly [number, unknown, string?])[]): GenticsClient {
  const rest = [...answers]
  return connect({
    fetch: async () => {
      const [status, body, cookie] = rest.shift() ?? [500, '']
      const headers = cookie === undefined ? {} : { 'set-cookie': cookie }
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
    },
  })
}

describe('answers', () => {
  it('of both dialects are understood', async () => {
    const client = await logIn()
    world.genticsCms.set({ dialect: 'observed' })
    expect(await client.login('node', 'node')).toMatchObject({ code: 'OK' })
    expect(await client.logout()).toMatchObject({ code: 'OK' })
    expect(world.requests.map(({ status }) => status)).toEqual([201, 200, 200])
  })

  it('tell the global prefix, and messages', async () => {
    world.genticsCms.set({ messages: [{ type: 'WARNING', message: 'Noon' }] })
    const messages = [{ type: 'WARNING', message: 'Noon', timestamp: Date.UTC(2026, 0, 15, 9) }]
    expect(await connect().globalPrefix()).toEqual({ code: 'OK', prefix: 'A547', messages })
  })

  it('may leave out what is empty, and have a number for a sid', async () => {
    const body = { sid: 17, user: { id: 5, login: 'x', groups: [{ id: 1 }] }, responseInfo: { responseCode: 'OK' } }
    const user = { id: 5, login: 'x', firstName: '', lastName: '', email: '', description: '' }
    expect(await answered([201, body]).login('x', 'x')).toEqual({
      code: 'OK',
      sid: '17',
      user: { ...user, groups: [{ id: 1, name: '', description: '', children: [] }] },
      messages: [],
    })
  })

  it('of the open-source server tell a user with no login and no groups, until they are asked for', async () => {
    world.genticsCms.set({ dialect: 'observed' })
    const client = await logIn()
    const four = { id: 12345, firstName: 'Nora', lastName: 'Node', email: 'node@cms.example', description: '' }
    expect(await client.validate()).toEqual({ code: 'OK', user: four, messages: [] })
    expect(await client.me()).toEqual({ code: 'OK', user: { ...four, login: 'node' }, messages: [] })
    const editors = { id: expect.any(Number), name: 'Editors', description: '', children: [] }
    expect(await client.me({ groups: true })).toMatchObject({ user: { login: 'node', groups: [editors] } })
    expect(await client.logout()).toEqual({ code: 'OK', messages: [] })
    expect(await client.me()).toEqual({ code: 'AUTHREQUIRED' })
  })

  it('need tell no more of a user than the id', async () => {
    const texts = { firstName: '', lastName: '', email: '', description: '' }
    const body = { sid: '17', user: { id: 5 }, responseInfo: { responseCode: 'OK' } }
    expect(await answered([200, body]).login('x', 'x')).toMatchObject({ code: 'OK', user: { id: 5, ...texts } })
  })

  it('refuse with every code that there is', async () => {
    for (const code of ['PERMISSION', 'AUTHREQUIRED', 'NOTLICENSED', 'LOCKED']) {
      const refusal = { responseInfo: { responseCode: code, responseMessage: 'No.' } }
      expect(await answered([200, refusal]).login('x', 'x')).toEqual({ code, message: 'No.', messages: [] })
    }
  })
})

describe('what no clause allows', () => {
  it.each([
    ['another status', [202, {}], '200 or 201'],
    ['a redirect', [302, ''], '200 or 201'],
    ['no JSON', [201, '<html>'], 'a JSON object'],
    ['no responseInfo', [201, {}], 'a responseInfo with one of OK'],
    ['another code', [201, { responseInfo: { responseCode: 'MAYBE' } }], 'a responseInfo with one of OK'],
    ['no sid', [201, { user: { id: 1, login: 'x' }, responseInfo: { responseCode: 'OK' } }], 'a sid'],
    ['no user', [201, { sid: '1', responseInfo: { responseCode: 'OK' } }], 'a user with an id'],
  ] as const)('is an error where a login is answered with %s', async (_what, answer, expected) => {
    const client = answered(answer)
    await expect(client.login('x', 'x')).rejects.toMatchObject({
      name: 'AnswerUnexpectedError',
      code: 'ERR_ANSWER_UNEXPECTED',
      expected: expect.stringContaining(expected),
    })
    expect(client.sid).toBeUndefined()
  })

  it('is an error where SSO is answered with something else, or with the page of another server', async () => {
    for (const text of ['', 'sid', '0', '1 2', '<html></html>', 'MAYBE']) {
      await expect(answered([200, text]).ssoLogin()).rejects.toMatchObject({ name: 'AnswerUnexpectedError' })
    }
  })

  it('is an error where a hash is missing, and where /user/me is no user', async () => {
    const ok = { responseInfo: { responseCode: 'OK' } }
    await expect(answered([201, ok]).hashPassword('x', 1)).rejects.toMatchObject({ expected: 'a hash' })
    await expect(answered([200, ok]).me()).rejects.toThrow('expected a user with an id')
    const locked = { responseInfo: { responseCode: 'LOCKED' } }
    await expect(answered([200, locked]).me()).rejects.toThrow('expected the code OK')
  })

  it('is an error that names the request and not the secrets', async () => {
    const client = await logIn()
    const token = String(world.arrange('a session of the CMS')['token'])
    world.faults.add({ on: 'gentics-cms.*', reply: { status: 503, body: 'hunter2 of node' } })
    const failures = await Promise.all(
      [
        client.login('node', 'hunter2hunter2'),
        client.validate(token),
        client.validate(),
        client.hashPassword('hunter2hunter2', 1),
        client.matchPassword('hunter2hunter2', '$2a$10$hash'),
        client.ssoLogin('token-of-node'),
      ].map((attempt) => attempt.catch((error: unknown) => error)),
    )
    expect(failures[0]).toMatchObject({
      message: 'POST https://cms.example/rest/auth/login?sid=1 answered 503; expected 200 or 201.',
      method: 'POST',
      url: 'https://cms.example/rest/auth/login?sid=1',
      status: 503,
    })
    expect(failures[1]).toMatchObject({ url: 'https://cms.example/rest/auth/validate/…' })
    const text = JSON.stringify(failures) + String(failures)
    expect(text).not.toMatch(/hunter2|\$2a|token-of-node/)
    expect(text).not.toContain(token.slice(1))
  })
})
