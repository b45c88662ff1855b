import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../src/index.ts'
import { apiPath, sessionPath } from '../support/phone.ts'
import { request, type RequestParts } from '../support/request.ts'

const hex = fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABCDEF')), minLength: 12, maxLength: 40 })
const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 6, maxLength: 32 })
const paths = fc.constantFrom(
  ...['/info', '/user', '/auth', '/auth/', '/aut'].map((path) => apiPath + path),
  sessionPath,
  `${sessionPath}s`,
  '/rest/auth/1/session',
  '/elsewhere',
  '/',
)
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS')
const types = fc.constantFrom(
  'text/plain',
  'application/json',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-8',
  '',
)

/** The ways in which people send a secret, in its place or out of it. */
const carriers: { readonly [place: string]: (secret: string) => RequestParts } = {
  'a PIN': (secret) => ({ body: secret }),
  'a PIN with something around it': (secret) => ({ body: ` ${secret}\n` }),
  'a password': (secret) => ({ body: JSON.stringify({ username: 'alice', password: secret }) }),
  'a password, pretty-printed': (secret) => ({
    body: JSON.stringify({ password: secret, username: 'alice' }, null, 2),
  }),
  'a password in broken JSON': (secret) => ({ body: `{"username":"alice","password":"${secret}` }),
  'a password deeper down': (secret) => ({ body: JSON.stringify({ login: [{ password: { is: secret } }] }) }),
  'a password after a long text': (secret) => ({ body: JSON.stringify({ a: 'x'.repeat(4080), password: secret }) }),
  'a password in a form': (secret) => ({ body: `os_username=alice&password=${secret}` }),
  'a password in a query': (secret) => ({ query: `username=alice&password=${secret}&pin=${secret}` }),
  'a session cookie': (secret) => ({ headers: ['cookie', `JSESSIONID=${secret}`] }),
  'a quoted cookie among others': (secret) => ({ headers: ['Cookie', `lang=en; JSESSIONID="${secret}"; Path=/`] }),
  'a cookie without a name': (secret) => ({ headers: ['cookie', secret] }),
  'Basic credentials': (secret) => ({ headers: ['Authorization', `Basic ${btoa(`alice:${secret}`)}`] }),
  'a bearer token': (secret) => ({ headers: ['authorization', `Bearer ${secret}`] }),
  'a bare authorization': (secret) => ({ headers: ['AUTHORIZATION', secret] }),
  "a proxy's credentials": (secret) => ({ headers: ['proxy-authorization', `Basic ${secret}`] }),
}

/** Everything the journal shows. */
function shown(world: World): string {
  const { requests } = world
  return JSON.stringify([requests, requests.map(({ id }) => [world.request(id), world.why(id)])])
}

function traces(text: string, secret: string): string[] {
  return [secret.slice(0, 6), secret.slice(-6), btoa(`alice:${secret}`).slice(-12)].filter((part) =>
    text.includes(part),
  )
}

describe('the journal', () => {
  it.each(Object.entries(carriers))('shows no secret that came as %s, wherever it went', async (_, carry) => {
    const secrets = _.startsWith('a PIN') ? digits : hex
    const world = await createWorld('default', { salt: 'secrecy' })
    await fc.assert(
      fc.asyncProperty(secrets, methods, paths, types, fc.boolean(), async (secret, method, path, type, tooLarge) => {
        const parts = carry(secret)
        const headers = [...(parts.headers ?? []), ...(type === '' ? [] : ['content-type', type])]
        world.reset()
        await world.play(request(method, path, { ...parts, headers, ...(tooLarge ? { tooLarge } : {}) }))
        expect(traces(shown(world), secret)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('shows no secret of the users it tells about, right or wrong', async () => {
    await fc.assert(
      fc.asyncProperty(hex, digits, fc.boolean(), async (password, pin, timeBased) => {
        const totp = 'JBSWY3DPEHPK3PXP'
        const factor = timeBased ? { totp: { secret: totp } } : { pin }
        const world = await createWorld({ 'secure-login': { users: { alice: { password, ...factor } } } })
        const headers = ['content-type', 'application/json']
        const body = JSON.stringify({ username: 'alice', password })
        const login = await world.play(request('POST', sessionPath, { headers, body }))
        const { session } = JSON.parse(String(login.body)) as { session: { value: string } }
        const code = await world.secureLogin.user('alice').code()
        for (const sent of [pin, code, '000000']) {
          const cookie = ['cookie', `JSESSIONID=${session.value}`, 'content-type', 'text/plain']
          await world.play(request('POST', `${apiPath}/auth`, { headers: cookie, body: sent }))
          await world.play(request('DELETE', `${apiPath}/auth`, { headers: cookie, body: sent }))
        }
        const view = shown(world)
        expect(view).toContain('"secure-login/user:alice"')
        expect([password, pin, totp, session.value].flatMap((secret) => traces(view, secret))).toEqual([])
        expect(view).not.toContain(`"${code}"`)
      }),
      { numRuns: 100 },
    )
  })

  it('shows no session in an answer that a fault has spoilt', async () => {
    const world = await createWorld({
      extends: 'default',
      faults: [{ on: 'secure-login.login', break: 'malformed', times: 1 }],
    })
    const headers = ['content-type', 'application/json']
    await world.play(request('POST', sessionPath, { headers, body: '{"username":"alice","password":"alice"}' }))
    const [session] = Object.keys(world.snapshot().records).filter((key) => key.includes('session:'))
    expect(session).toMatch(/^secure-login\/session:[0-9A-F]{32}$/)
    expect(traces(shown(world), session?.slice(-32) ?? '')).toEqual([])
  })

  it('shows enough to tell two sessions apart', async () => {
    const world = await createWorld('default')
    await world.play(request('GET', `${apiPath}/user`, { headers: ['cookie', 'JSESSIONID=AAAABBBBCCCCDDDD'] }))
    expect(world.request('r1').request.headers).toEqual([['cookie', 'JSESSIONID=AAAA…']])
    expect(world.why('r1').records.map(({ key }) => key)).toEqual(['secure-login/session:AAAA…'])
  })

  it('tells listeners no more than the list does', async () => {
    const world = await createWorld('default')
    const told: unknown[] = []
    world.listen((event) => told.push(event.kind === 'request' ? world.describe(event) : event))
    await world.play(request('GET', `${apiPath}/user`, { query: 'password=hunter2hunter2&a=b' }))
    expect(told).toEqual(world.requests)
    expect(world.requests[0]?.path).toBe(`${apiPath}/user?password=***&a=b`)
  })
})

describe('a change from outside', () => {
  it('is told without the secrets in it', async () => {
    const world = await createWorld('default')
    const told: string[] = []
    world.listen((event) => event.kind === 'change' && told.push(event.what))
    world.sirportly.set({ applications: ['geheim-7'], lockAfter: 4 })
    world.secureLogin.user('alice').set({ pin: '73115911', password: 'geheim-8' })
    expect(told).toEqual([
      'Sirportly: applications is now ***, lockAfter is now 4',
      expect.stringMatching(/^Secure Login: alice was set to enter/),
    ])
    expect(told.join()).not.toMatch(/geheim|73115911/)
  })
})
