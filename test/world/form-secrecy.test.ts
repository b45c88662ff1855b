import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { request, type RequestParts } from '../support/request.ts'

const letters = Array.from('0123456789abcdefghijklmnopqrstuvwxyz')
const secrets = fc.string({ unit: fc.constantFrom(...letters), minLength: 12, maxLength: 30 })
const path = '/api/v2/authentication/authenticate'
const paths = fc.constantFrom(path, path, path, `${path}/`, '/api/v1/authentication/authenticate', '/rest/auth/login')
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD')
const account = fc.constantFrom('', '&account=atech', '&account=acme')
const types = fc.constantFrom('application/x-www-form-urlencoded', 'text/plain', 'application/json', '')

function multipart(boundary: string, fields: Readonly<Record<string, string>>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--${boundary}--\r\n`
}

/** The ways in which people send credentials, in their place or out of it. */
const carriers: { readonly [place: string]: (secret: string, type: string) => RequestParts } = {
  'a password in a form': (secret, type) => ({
    headers: ['content-type', type],
    body: `username=adam&password=${secret}`,
  }),
  'a code in a form': (secret, type) => ({
    headers: ['content-type', type],
    body: `username=faye&password=s3cret&two_factor_code=${secret}`,
  }),
  'a password in a query': (secret) => ({ query: `username=adam&password=${secret}` }),
  'a code in a query': (secret) => ({ query: `username=faye&password=s3cret&two%5Ffactor%5fcode=${secret}` }),
  'a password in a multipart form': (secret) => ({
    headers: ['content-type', 'multipart/form-data; boundary=b'],
    body: multipart('b', { username: 'adam', password: secret }),
  }),
  'a password in a multipart form with an odd boundary': (secret) => ({
    headers: ['content-type', 'multipart/form-data; boundary="a=b"'],
    body: multipart('a=b', { username: 'adam', password: secret, two_factor_code: secret }),
  }),
  'a password behind the preamble of a multipart form': (secret) => ({
    headers: ['content-type', 'multipart/form-data; boundary=b'],
    body: `preamble=1\r\n${multipart('b', { password: secret })}`,
  }),
  'a password in JSON': (secret) => ({
    headers: ['content-type', 'application/json'],
    body: JSON.stringify({ username: 'adam', password: secret, two_factor_code: secret }),
  }),
  'an application': (secret) => ({ headers: ['X-Auth-Application', secret], query: 'username=adam&password=x' }),
  'a token and its secret': (secret) => ({ headers: ['X-Auth-Token', secret, 'x-auth-secret', secret] }),
}

/** Everything the journal shows. */
function shown(world: WorldOf): string {
  const { requests } = world
  return JSON.stringify([requests, requests.map(({ id }) => [world.request(id), world.why(id)])])
}

describe('the journal of Sirportly', () => {
  it.each(Object.entries(carriers))('shows nothing of %s, wherever it went', async (_, carry) => {
    const world = await createWorld('default')
    await fc.assert(
      fc.asyncProperty(secrets, methods, paths, types, account, async (secret, method, to, type, more) => {
        const { query = '', headers = [], body = '' } = carry(secret, type)
        world.reset()
        await world.play(
          request(method, to, {
            query: query === '' ? '' : query + more,
            headers: headers.includes('X-Auth-Application') ? headers : ['x-auth-application', 'any', ...headers],
            body: typeof body === 'string' && /^\w+=/.test(body) && !body.includes('\r') ? body + more : body,
          }),
        )
        expect(shown(world)).not.toContain(secret.slice(0, 8))
        expect(shown(world)).not.toContain(secret.slice(-8))
      }),
      { numRuns: 100 },
    )
  })

  it('shows nothing of what wrong credentials are answered with', async () => {
    const world = await createWorld('default')
    const headers = ['x-auth-application', 'any', 'content-type', 'application/x-www-form-urlencoded']
    const answer = await world.play(
      request('POST', path, { headers, body: 'username=adam&password=hunter2hunter2&account=atech' }),
    )
    expect(String(answer.body)).toContain('hunter2hunter2')
    expect(shown(world)).not.toContain('hunter2')
    expect(JSON.parse(world.request('r1').reply.body ?? '')).toEqual({
      status: 'InvalidCredentials',
      username: 'adam',
      password: '***',
      account: 'atech',
    })
  })

  it('shows no password, code, secret or token of the users it tells about', async () => {
    const facts = { account: 'a', apiAccess: true, apiToken: { token: 'token-of-ann', secret: 'secret-of-ann' } }
    const name = { firstName: 'A', lastName: 'B', emailAddress: 'a@b.c' }
    const users = [
      { username: 'ann', password: 'password-of-ann', twoFactor: { code: 'code-of-ann' }, ...facts, ...name },
      {
        username: 'tim',
        password: 'password-of-tim',
        twoFactor: { totp: { secret: 'JBSWY3DPEHPK3PXP' } },
        ...facts,
        ...name,
      },
    ]
    const world = await createWorld({ sirportly: { accounts: { a: {} }, users } })
    const forms = [
      'username=ann&password=password-of-ann&two_factor_code=code-of-ann&account=a',
      'username=ann&password=password-of-ann&two_factor_code=wrong-code',
      'username=tim&password=password-of-tim&two_factor_code=000000',
      `username=tim&password=password-of-tim&two_factor_code=${await world.sirportly.user('tim').code()}`,
    ]
    for (const body of forms) {
      const headers = ['x-auth-application', 'any', 'content-type', 'application/x-www-form-urlencoded']
      await world.play(request('POST', path, { headers, body }))
    }
    const view = shown(world)
    expect(view).toContain('sirportly/user:a/ann')
    expect(view).toMatch(/"failures":1/)
    expect(view).not.toMatch(/(password|token|secret|code)-of-|wrong-code|JBSWY3DP/)
  })
})
