import { request } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener, type ListenOptions } from '../../src/node.ts'
import { sendRaw } from './raw-socket.ts'

let world: WorldOf
let server: Listener

async function begin(options: ListenOptions = {}): Promise<void> {
  world = await createWorld()
  server = await listen(world, options)
}

/** As nobody's fetch does: any Host, any Origin. */
function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<{ status: number; headers: Readonly<Record<string, unknown>>; text: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: server.port,
      method,
      path: `/__understudy${path}`,
      headers,
      agent: false,
    }
    const asked = request(options, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += String(chunk)))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const json = { 'content-type': 'application/json' }
const advance = JSON.stringify({ by: '31m' })

afterEach(() => server.close())

describe('the control API, called under a name', () => {
  test.each(['localhost', 'localhost:4010', '127.0.0.1:4010', '[::1]:4010', 'app.localhost', 'LOCALHOST', '127.9.9.9'])(
    'such as %s, which means this machine, answers',
    async (host) => {
      await begin()
      expect((await ask('GET', '/users', { host })).status).toBe(200)
    },
  )

  test.each([
    'evil.example',
    'evil.example:4010',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.0.2.7',
    ' ',
  ])('such as "%s", which may have been bound to this machine by somebody else, does not', async (host) => {
    await begin()
    const at = world.clock.view().frozen
    const answer = await ask('GET', '/users', { host })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'ERR_HOST_REFUSED' })
    expect((await ask('POST', '/clock/freeze', { host, ...json }, '{}')).status).toBe(403)
    expect(world.clock.view().frozen).toBe(at)
  })

  test('that is left out, as only HTTP/1.0 may, does not answer', async () => {
    await begin()
    expect(await sendRaw(server.port, 'GET /__understudy/users HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403/)
  })

  test('that was allowed, answers', async () => {
    await begin({ allowedHosts: ['Mock.Test'] })
    expect((await ask('GET', '/users', { host: 'mock.test:4010' })).status).toBe(200)
    expect((await ask('GET', '/users', { host: 'mock.test.evil.example' })).status).toBe(403)
  })

  test('does not ask the mocked APIs for theirs', async () => {
    await begin()
    const raw = await sendRaw(
      server.port,
      'GET /jira/rest/securelogin-admin/1.0/api/info HTTP/1.1\r\nHost: jira.example\r\nConnection: close\r\n\r\n',
    )
    expect(raw).toMatch(/^HTTP\/1\.1 200/)
  })
})

describe('the control API, called by a page', () => {
  test.each(['http://evil.example', 'null', 'http://localhost:1', 'https://localhost.evil.example', 'nonsense'])(
    'of the origin %s, refuses and changes nothing',
    async (origin) => {
      await begin()
      const host = `localhost:${server.port}`
      const answer = await ask('POST', '/clock/freeze', { host, origin, ...json }, '{}')
      expect(answer.status).toBe(403)
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'ERR_ORIGIN_REFUSED', status: 403 })
      expect((await ask('GET', '/users', { host, origin })).status).toBe(403)
      expect(world.clock.view().frozen).toBe(false)
    },
  )

  test('of its own origin, answers', async () => {
    await begin()
    const host = `localhost:${server.port}`
    const answer = await ask('POST', '/clock/freeze', { host, origin: `http://${host}`, ...json }, '{}')
    expect([answer.status, world.clock.view().frozen]).toEqual([200, true])
  })

  test.each([
    ['cross-site', 'no-cors', 403],
    ['same-site', 'cors', 403],
    ['cross-site', 'navigate', 200],
    ['same-origin', 'cors', 200],
    ['none', 'navigate', 200],
  ])('that a browser says is %s (%s), answers %i', async (site, mode, status) => {
    await begin()
    expect((await ask('GET', '/users', { 'sec-fetch-site': site, 'sec-fetch-mode': mode })).status).toBe(status)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'as a form can send it (%s), answers 415 and changes nothing',
    async (type) => {
      await begin()
      const answer = await ask('POST', '/clock/advance', type === '' ? {} : { 'content-type': type }, advance)
      expect(answer.status).toBe(415)
      expect(JSON.parse(answer.text).detail).toContain('send content-type: application/json')
      const before = Date.now() + 60_000
      expect(world.clock.now).toBeLessThan(before)
    },
  )

  test('without a body needs no type', async () => {
    await begin()
    expect((await ask('POST', '/reset')).status).toBe(200)
    expect((await ask('DELETE', '/faults')).status).toBe(200)
  })

  test('gets no leave to read, whatever the mocked APIs grant', async () => {
    const origin = 'http://localhost:5173'
    await begin({ cors: [origin] })
    const headers = { origin, 'access-control-request-method': 'POST' }
    const preflight = await ask('OPTIONS', '/reset', headers)
    expect(preflight.status).toBe(403)
    const answer = await ask('GET', '/users', { origin })
    expect(answer.status).toBe(403)
    const names = [...Object.keys(preflight.headers), ...Object.keys(answer.headers)]
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([])
  })
})

describe('the files of the console', () => {
  test.each([
    '/assets/../../package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/index.js',
    '/assets//etc/passwd',
    '/assets/..\\..\\package.json',
    '/../package.json',
    '/assets/',
    '/assets',
  ])('are all there is: %s leads nowhere', async (path) => {
    await begin()
    const answer = await ask('GET', path)
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'application/problem+json'])
    expect(answer.text).not.toContain('auth-understudy"')
  })
})

describe('an admin token', () => {
  const adminToken = 'correct-horse-battery'
  const bearer = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}` })

  test.each([
    ['none', {}],
    ['a wrong one', bearer('wrong-horse-battery-s')],
    ['a part of it', bearer('correct-horse')],
    ['more than it', bearer(`${adminToken}x`)],
    ['an empty one', { authorization: 'Bearer ' }],
    ['Basic', { authorization: `Basic ${btoa(`admin:${adminToken}`)}` }],
    ['a wrong cookie', { cookie: 'understudy-admin-token=x' }],
  ])('is asked for: %s gets 401, and changes nothing', async (_, headers) => {
    await begin({ adminToken })
    const answer = await ask('GET', '/users', headers)
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="understudy"'])
    expect(answer.text).not.toContain(adminToken)
    expect((await ask('POST', '/clock/freeze', { ...headers, ...json }, '{}')).status).toBe(401)
    expect(world.clock.view().frozen).toBe(false)
  })

  test('opens everything, as a header or as a cookie, under any name', async () => {
    await begin({ adminToken })
    const host = 'mock.test'
    expect((await ask('GET', '/users', { host, ...bearer(adminToken) })).status).toBe(200)
    expect((await ask('GET', '/users', { host, cookie: `understudy-admin-token=${adminToken}` })).status).toBe(200)
    expect((await ask('POST', '/reset', { host, ...bearer(adminToken) })).status).toBe(200)
  })

  test('does not make up for another origin', async () => {
    await begin({ adminToken })
    const headers = { origin: 'http://evil.example', cookie: `understudy-admin-token=${adminToken}` }
    expect((await ask('POST', '/reset', headers)).status).toBe(403)
  })

  test('is not asked for where nothing is shown: health, and paths that are none', async () => {
    await begin({ adminToken })
    expect((await ask('GET', '/health')).status).toBe(200)
    expect((await ask('GET', '/console.js')).status).toBe(404)
    for (const path of ['/version', '/state', '/openapi.json', '/events', '/requests', '/users/secure-login/alice'])
      expect((await ask('GET', path)).status).toBe(401)
  })

  test('is made up where others can reach the server, and is unlike any other', async () => {
    await begin({ host: '0.0.0.0' })
    const first = server.adminToken ?? ''
    expect(first).toMatch(/^[\w-]{32}$/)
    expect((await ask('GET', '/users')).status).toBe(401)
    expect((await ask('GET', '/users', bearer(first))).status).toBe(200)
    const second = await listen(world, { host: '0.0.0.0' })
    expect(second.adminToken).not.toBe(first)
    await second.close()
  })

  test('is not made up on the loopback address', async () => {
    await begin({ host: 'localhost' })
    expect(server.adminToken).toBeUndefined()
  })

  test.each(['', 'short', 'has a space in it', 'pässwörter'])(
    'has to be one: "%s" is refused unseen',
    async (token) => {
      await begin()
      const error: unknown = await listen(world, { adminToken: token }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'ERR_USAGE' })
      expect(String(error).split(' ')).not.toContain(token)
    },
  )
})

describe('the control API, called with a header twice', () => {
  test.each([
    ['Host: localhost', 'ERR_HOST_REFUSED'],
    ['hOST: evil.example', 'ERR_HOST_REFUSED'],
    ['Origin: http://localhost\r\nOrigin: http://evil.example', 'ERR_ORIGIN_REFUSED'],
    ['Content-Type: application/json\r\nContent-Type: text/plain', 'ERR_BODY_INVALID'],
    ['Authorization: Bearer a\r\nAuthorization: Bearer b', 'ERR_TOKEN_REFUSED'],
    ['Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site', 'ERR_ORIGIN_REFUSED'],
  ])('such as %j, refuses and changes nothing', async (lines, code) => {
    await begin()
    const head = 'POST /__understudy/clock/freeze HTTP/1.1\r\nHost: localhost\r\n'
    const raw = await sendRaw(server.port, `${head}${lines}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`)
    expect(raw).toMatch(/^HTTP\/1\.1 400/)
    expect(raw).toContain(code)
    expect(world.clock.view().frozen).toBe(false)
  })
})

describe('an answer of the control API', () => {
  test.each([
    ['/state', {}, 200],
    ['/nowhere', {}, 404],
    ['/users', { host: 'evil.example' }, 403],
  ])('to %s is nothing that a browser would take for a page', async (path, headers, status) => {
    await begin()
    const answer = await ask('GET', path, headers)
    expect(answer).toMatchObject({
      status,
      headers: {
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      },
    })
  })

  test('is the only one: what the mocked APIs answer stays as their servers have it', async () => {
    await begin()
    const raw = await sendRaw(
      server.port,
      'GET /jira/rest/securelogin-admin/1.0/api/info HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    )
    expect(raw).toMatch(/^HTTP\/1\.1 200/)
    expect(raw.toLowerCase()).not.toContain('content-security-policy')
    // Jira's own.
    expect(raw.toLowerCase().split('nosniff')).toHaveLength(2)
  })
})
