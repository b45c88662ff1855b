import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { request, type RequestParts } from '../support/request.ts'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const secrets = fc
  .string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 15, maxLength: 15 })
  // One in two million is a word in one case, without a digit.
  .filter((secret) => /\d/.test(secret) || (/[a-z]/.test(secret) && /[A-Z]/.test(secret)))
const sids = fc.oneof(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 2_147_483_647 }))
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'HEAD')

const encode = (text: string): string =>
  Array.from(text, (letter, index) => (index % 2 === 0 ? letter : `%${letter.charCodeAt(0).toString(16)}`)).join('')

/** The ways in which people send a token, in its place or out of it. */
const carriers: { readonly [place: string]: (token: string, secret: string) => RequestParts & { path: string } } = {
  'a token to validate': (token) => ({ path: `/rest/auth/validate/${token}` }),
  'a token with a suffix': (token) => ({ path: `/rest/auth/validate/${token}.json` }),
  'a token with a slash': (token) => ({ path: `/rest/auth/validate/${token}/` }),
  'a token in percent': (token) => ({ path: `/rest/auth/validate/${encode(token)}` }),
  'a token at a misspelt path': (token) => ({ path: `/rest/auth/validat/${token}` }),
  'a token at a wrong context': (token) => ({ path: `/cms/rest/auth/logout/${token}` }),
  'a token anywhere': (token) => ({ path: `/${token}` }),
  'a token to log out': (token) => ({ path: `/rest/auth/logout/${token}` }),
  'a secret alone': (_token, secret) => ({ path: `/rest/auth/validate/${secret}` }),
  'a token as a sid': (token) => ({ path: '/rest/auth/ssologin', query: `a=b&sid=${token}` }),
  'a token as a sid in percent': (token) => ({ path: '/rest/user/me', query: `sid=${encode(token)}` }),
  'a token as a sid of hashing': (token) => ({
    path: '/rest/auth/hashpassword',
    query: `sid=${token}`,
    headers: ['content-type', 'application/json'],
    body: '{"password":"x"}',
  }),
  'a token where somebody came from': (token) => ({
    path: '/rest/auth/globalprefix',
    headers: ['referer', `https://portal.example/?sid=${token}&x=1`],
  }),
  'a token in a body': (token) => ({
    path: '/rest/auth/login',
    headers: ['content-type', 'application/json'],
    body: JSON.stringify({ login: 'node', password: 'x', sid: token, more: [{ token }] }),
  }),
  'a token as a body': (token) => ({ path: '/rest/auth/login', headers: ['content-type', 'text/plain'], body: token }),
  'a token in a form': (token) => ({ path: '/rest/auth/logout/1', body: `session=${token}&a=b` }),
  'a secret cookie': (_token, secret) => ({
    path: '/rest/user/me',
    query: 'sid=1',
    headers: ['cookie', `GCN_SESSION_SECRET=${secret}`],
  }),
}

/** Everything the journal shows. */
function shown(world: WorldOf): string {
  const { requests } = world
  return JSON.stringify([requests, requests.map(({ id }) => [world.request(id), world.why(id)])])
}

/** Pieces of a secret that are long enough to be one. */
function traces(text: string, secret: string): string[] {
  return [secret.slice(0, 8), secret.slice(-8), encode(secret).slice(4, 16)].filter((part) => text.includes(part))
}

describe('the journal', () => {
  it.each(Object.entries(carriers))('shows no token that came as %s', async (_, carry) => {
    const world = await createWorld('default', { salt: 'secrecy' })
    await fc.assert(
      fc.asyncProperty(secrets, sids, methods, async (secret, sid, method) => {
        const { path, ...parts } = carry(`${sid}${secret}`, secret)
        world.reset()
        await world.play(request(method, path, parts))
        expect(traces(shown(world), secret)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('shows no secret of sessions, passwords, hashes and signatures that it tells about, and shows the sids', async () => {
    const world = await createWorld({ extends: 'cms-sso' })
    const json = ['content-type', 'application/json']
    const post = async (name: string, body: object, more: RequestParts = {}): Promise<string> => {
      const { headers = [], ...parts } = more
      const asked = request('POST', `/rest/auth/${name}`, {
        ...parts,
        headers: [...json, ...headers],
        body: JSON.stringify(body),
      })
      return String((await world.play(asked)).body)
    }
    await post('login', { login: 'node', password: 'node' })
    const [secret = ''] = Object.keys(world.snapshot().records)
      .filter((key) => key.startsWith('gentics-cms/secret:'))
      .map((key) => key.slice('gentics-cms/secret:'.length))
    expect(secret).toMatch(/^[0-9A-Za-z]{15}$/)
    const cookie = ['cookie', `GCN_SESSION_SECRET=${secret}`]
    const hashed = await post('hashpassword', { password: 'hunter2hunter2' }, { query: 'sid=1', headers: cookie })
    const { hash } = JSON.parse(hashed) as { hash: string }
    await post('matchpassword', { password: 'hunter2hunter2', hash }, { query: 'sid=1', headers: cookie })
    const rsaSignature = 'c2lnbmF0dXJlc2lnbmF0dXJl'
    await post('loginwithrsa', { username: 'node', salt: 'saltsaltsalt', expirationTimestamp: 4e9, rsaSignature })
    await world.play(request('GET', '/rest/auth/ssologin', { headers: ['authorization', 'Bearer token-of-node'] }))
    await post('logout/1', {}, { query: 'allSessions=true', headers: cookie })

    const view = shown(world)
    expect(view).toContain('gentics-cms/session:1"')
    expect(view).toContain('"sid":1')
    for (const hidden of [secret, hash.slice(7), 'hunter2', 'saltsalt', rsaSignature, 'token-of-node']) {
      expect(view).not.toContain(hidden)
    }
    expect(traces(view, secret)).toEqual([])
    expect(world.genticsCms.sessions().items.map(({ id }) => id)).toEqual(['1', '2'])
  })

  it('tells tokens apart, and leaves the words of people alone', async () => {
    const world = await createWorld('default')
    await world.play(
      request('GET', '/rest/auth/validate/7AbCdEfGhIjKlMn0', { query: 'name=Donaudampfschiff&n=1234567890' }),
    )
    expect(world.requests[0]?.path).toBe(
      '/rest/auth/validate/7AbC…?name=Donaudampfschiff&n=1234567890'.replace('Donaudampfschiff', 'Dona…'),
    )
    await world.play(request('GET', '/rest/auth/validate/donaudampfschiff/123-456'))
    expect(world.requests[1]?.path).toBe('/rest/auth/validate/donaudampfschiff/123-456')
  })
})
