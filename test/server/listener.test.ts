import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'
import { sendRaw } from './raw-socket.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'
let world: WorldOf
let server: Listener
let errors: unknown[]

async function signIn(username: string): Promise<string> {
  const body = JSON.stringify({ username, password: username })
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
  const response = await fetch(`${server.url}/jira/rest/auth/1/session`, init)
  return response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
}

function auth(cookie: string, body: BodyInit): Promise<Response> {
  return fetch(`${server.url}${api}/auth`, { method: 'POST', body, headers: { cookie, 'content-type': 'text/plain' } })
}

describe('listener', () => {
  beforeEach(async () => {
    errors = []
    world = await createWorld()
    server = await listen(world, { onError: (error) => errors.push(error) })
  })
  afterEach(async () => {
    await server.close()
    if (errors.length > 0) throw new AggregateError(errors, 'the listener reported failures of its own')
  })

  test('listens on the loopback address alone, on any free port', () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect(server.port).toBeGreaterThan(0)
  })

  test('refuses a port that is in use, and says so', async () => {
    await expect(listen(world, { port: server.port })).rejects.toMatchObject({
      code: 'ERR_PORT_IN_USE',
      message: `Port ${server.port} of 127.0.0.1 is in use. Choose another, or 0 for any free one.`,
    })
  })

  test('counts fifty wrong PINs at once as blockAfter', async () => {
    const cookie = await signIn('alice')
    const answers = await Promise.all(Array.from({ length: 50 }, () => auth(cookie, '000000')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    expect(world.requests.filter(({ clause }) => clause === 'SL-11' || clause === 'SL-14')).toHaveLength(3)
  })

  test('answers 413 to a body beyond the limit, and changes nothing', async () => {
    const cookie = await signIn('alice')
    const before = world.snapshot().records
    const response = await auth(cookie, new Uint8Array(1_048_577))
    expect(response.status).toBe(413)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(world.snapshot().records).toEqual(before)
  })

  test('answers 404 to paths that no API claims, and says what there is', async () => {
    const response = await fetch(`${server.url}/nowhere`)
    expect(response.status).toBe(404)
    expect((await response.json()).detail).toContain('Secure Login at /jira/rest/securelogin-admin/1.0/api/info')
  })

  test.each([
    ['no request at all', '\r\n\r\n', /^$|^HTTP\/1\.1 400/],
    ['an unknown method', `BREW ${api}/info HTTP/1.1\r\nHost: a\r\n\r\n`, /^HTTP\/1\.1 4\d\d/],
    ['no Host header', `GET ${api}/info HTTP/1.1\r\n\r\n`, /^HTTP\/1\.1 400/],
    [
      'two lengths',
      `POST ${api}/auth HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      /^HTTP\/1\.1 400/,
    ],
    [
      'a length and chunks',
      `POST ${api}/auth HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 400/,
    ],
    [
      'bytes in the path',
      Buffer.from(`GET /jira/\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 'latin1'),
      /^HTTP\/1\.1 4\d\d/,
    ],
    [
      'a broken percent code',
      `GET ${api}/%E0%A4%A HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 404/,
    ],
    ['huge headers', `GET ${api}/info HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, /^HTTP\/1\.1 431/],
    [
      'a proxy style target',
      `GET http://jira.example${api}/info HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 200/,
    ],
    [
      'two cookie lines',
      `GET ${api}/user HTTP/1.1\r\nHost: a\r\nCookie: a\r\nCookie: JSESSIONID\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 401/,
    ],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 404/],
  ])('answers %s with an error of the caller, never its own', async (_, bytes, expected) => {
    const before = world.snapshot().records
    // Blank lines are nothing yet: the server waits for more.
    const waitMs = String(bytes).trim() === '' ? 100 : undefined
    expect(await sendRaw(server.port, bytes, waitMs)).toMatch(expected)
    expect(world.snapshot().records).toEqual(before)
    expect((await fetch(`${server.url}${api}/info`)).status).toBe(200)
  })

  test('takes the first of several content types, as others do', async () => {
    const cookie = await signIn('alice')
    const head = `POST ${api}/auth HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\nContent-Type: text/plain\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n910817`
    expect(await sendRaw(server.port, head)).toMatch(/^HTTP\/1\.1 200/)
  })

  test('is not disturbed by a client that hangs up in the middle of a body', async () => {
    const head = `POST ${api}/auth HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n91`
    await sendRaw(server.port, head, 50)
    expect((await fetch(`${server.url}${api}/info`)).status).toBe(200)
  })

  test('tells one time: the Date header is the world clock', async () => {
    world.clock.set('2030-02-03T04:05:06Z')
    world.clock.freeze()
    const response = await fetch(`${server.url}${api}/info`)
    expect(response.headers.get('date')).toBe('Sun, 03 Feb 2030 04:05:06 GMT')
    expect(await response.json()).toEqual({ active: true, server_time: '2030-02-03T04:05:06Z' })
  })

  test('streams requests and changes as they happen', async () => {
    const response = await fetch(`${server.url}/__understudy/events`)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    await fetch(`${server.url}${api}/info`)
    world.clock.advance('1m')
    let text = ''
    while (!text.includes('event: change')) text += (await reader?.read())?.value ?? ''
    await reader?.cancel()
    expect(text).toMatch(/event: request\ndata: \{"id":"r1".*"clause":"SL-03"/)
    expect(text).toContain('the clock was advanced by 1m')
  })

  test('answers with the id of the request and the clause, and can say why', async () => {
    const cookie = await signIn('alice')
    const response = await auth(cookie, '000000')
    expect(response.headers.get('x-understudy-clause')).toBe('SL-11')
    const id = response.headers.get('x-understudy-request') ?? ''
    const why = await (await fetch(`${server.url}/__understudy/requests/${id}/why`)).json()
    expect(why).toMatchObject({
      id,
      clause: 'SL-11',
      user: 'alice',
      because: 'the PIN is wrong; this was failure 1 of 3',
      rule: { origin: 'documented' },
    })
    const user = why.records.find(({ key }: { key: string }) => key === 'secure-login/user:alice')
    expect([user.before.failures, user.after.failures]).toEqual([0, 1])
  })
})
