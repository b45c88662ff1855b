import { once } from 'node:events'
import { request as ask } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener, type ListenOptions } from '../../src/node.ts'
import { startBackend, type Backend } from './backend.ts'
import { sendRaw } from './raw-socket.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'

interface Stand {
  readonly world: WorldOf
  readonly backend: Backend
  readonly mock: Listener
  readonly errors: unknown[]
}

async function stand(options: ListenOptions = {}): Promise<Stand> {
  const backend = await startBackend()
  const world = await createWorld()
  const errors: unknown[] = []
  const mock = await listen(world, { fallback: backend.url, onError: (error) => errors.push(error), ...options })
  onTestFinished(() => mock.close())
  return { world, backend, mock, errors }
}

describe('what no API takes', () => {
  test('is answered by the server behind, and what one takes is not', async () => {
    const { backend, mock } = await stand()
    expect(await (await fetch(`${mock.url}/jira/rest/api/2/issue/X-1?x=1`)).text()).toBe(
      'backend GET /jira/rest/api/2/issue/X-1?x=1',
    )
    expect((await fetch(`${mock.url}${api}/info`)).headers.get('x-understudy-clause')).toBe('SL-03')
    expect((await fetch(`${mock.url}${api}/nfo`)).status).toBe(404)
    expect((await fetch(`${mock.url}${api}/info`, { method: 'DELETE' })).status).toBe(405)
    expect(backend.asked.map(({ line }) => line)).toEqual(['GET /jira/rest/api/2/issue/X-1?x=1'])
    expect(backend.asked[0]?.headers.host).toBe(new URL(backend.url).host)
  })

  test('is in the journal as passed on, without what it carried', async () => {
    const { world, mock, backend } = await stand()
    const body = JSON.stringify({ note: 'a canary' })
    await fetch(`${mock.url}/tickets?token=canary`, { method: 'POST', body, headers: { 'x-of': 'canary' } })
    const [noted] = world.requests
    expect(noted).toMatchObject({ method: 'POST', path: '/tickets?token=***', status: 200, clause: 'passed-on' })
    expect(noted?.because).toBe(`no API takes it: passed on to ${backend.url}`)
    expect(JSON.stringify(world.request(noted?.id ?? ''))).not.toContain('canary')
    expect(world.why(noted?.id ?? '').rule.text).toContain('passed on')
  })

  test('takes its bodies along as they come, beyond the limit of those that are kept', async () => {
    const { mock, backend } = await stand({ limits: { bodyBytes: 1000 } })
    const body = 'x'.repeat(300_000)
    await fetch(`${mock.url}/upload`, { method: 'POST', body })
    const stream = new ReadableStream({
      start(controller) {
        for (const part of ['one ', 'two ', 'three']) controller.enqueue(new TextEncoder().encode(part))
        controller.close()
      },
    })
    await fetch(`${mock.url}/stream`, { method: 'PUT', body: stream, duplex: 'half' } as RequestInit)
    await fetch(`${mock.url}/none`, { method: 'DELETE' })
    expect(backend.asked.map((each) => each.body)).toEqual([body, 'one two three', ''])
    expect((await fetch(`${mock.url}${api}/auth`, { method: 'POST', body })).status).toBe(413)
  })

  test('keeps redirects and cookies here', async () => {
    const { mock } = await stand()
    const manual = { redirect: 'manual' } as const
    expect((await fetch(`${mock.url}/redirect`, manual)).headers.get('location')).toBe(`${mock.url}/there?a=1#b`)
    expect((await fetch(`${mock.url}/away`, manual)).headers.get('location')).toBe('https://elsewhere.example/x')
    const { headers } = await fetch(`${mock.url}/cookies`)
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/; HttpOnly', '__Host-b=2; Path=/; Secure'])
    expect([headers.get('x-own'), headers.get('x-other')]).toEqual([null, 'end to end'])
  })

  test('is asked without what is of one hop, and without what is the mock’s own', async () => {
    const { mock, backend } = await stand({ adminToken: 'correct-horse-battery' })
    const lines = [
      'GET /x HTTP/1.1',
      'Host: localhost:1',
      'Connection: close, x-hop',
      'x-hop: 1',
      'TE: trailers',
      'x-understudy-world: w1',
      'Authorization: Bearer correct-horse-battery',
      'Cookie: a=1; understudy-admin-token=correct-horse-battery; x-understudy-world=w1; b=2',
      'Origin: http://localhost:1',
      'Referer: http://localhost:1/page?q=1',
    ]
    expect(await sendRaw(mock.port, `${lines.join('\r\n')}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200/)
    const { headers } = backend.asked[0] ?? {}
    expect(headers).toMatchObject({ cookie: 'a=1; b=2', origin: backend.url, referer: `${backend.url}/page?q=1` })
    for (const name of ['x-hop', 'te', 'authorization', 'x-understudy-world']) expect(headers).not.toHaveProperty(name)
  })

  test('keeps the origin of another site, which the server behind has to judge', async () => {
    const { mock, backend } = await stand()
    await fetch(`${mock.url}/x`, { headers: { origin: 'http://evil.example' } })
    expect(backend.asked[0]?.headers.origin).toBe('http://evil.example')
  })

  test('has events come as they are sent', async () => {
    const { mock } = await stand()
    const response = await fetch(`${mock.url}/events`)
    const parts: string[] = []
    for await (const part of response.body ?? []) parts.push(new TextDecoder().decode(part))
    expect(parts).toEqual(['data: 1\n\n', 'data: 2\n\n'])
  })

  test('can be read by a page that --cors names, whatever the server behind says', async () => {
    const { mock } = await stand({ cors: ['http://localhost:5173'] })
    const { headers } = await fetch(`${mock.url}/cors`, { headers: { origin: 'http://localhost:5173' } })
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
  })

  test.each([
    ['another server in the target', 'GET http://127.0.0.1:1/x HTTP/1.1\r\nHost: localhost', 'GET /x'],
    ['a path like a host', 'GET //127.0.0.1:1/x HTTP/1.1\r\nHost: localhost', 'GET //127.0.0.1:1/x'],
    ['a path with @', 'GET /@127.0.0.1:1/x HTTP/1.1\r\nHost: localhost', 'GET /@127.0.0.1:1/x'],
    ['forwarding headers', 'GET /x HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: 127.0.0.1:1', 'GET /x'],
    ['dots', 'GET /a/../../x HTTP/1.1\r\nHost: localhost', 'GET /a/../../x'],
  ])('goes to no other server for %s', async (_, head, line) => {
    const { mock, backend } = await stand()
    expect(await sendRaw(mock.port, `${head}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200/)
    expect(backend.asked.map((each) => each.line)).toEqual([line])
  })

  test('is refused under a name that somebody may have bound to this machine', async () => {
    const { mock, backend } = await stand({ allowedHosts: ['mock'] })
    const named = (host: string): Promise<string> =>
      sendRaw(mock.port, `GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(await named('evil.example:4010')).toMatch(/^HTTP\/1\.1 403[^]*--allowed-host evil\.example/)
    expect(await named('mock:4010')).toMatch(/^HTTP\/1\.1 200/)
    expect(await named('192.0.2.7')).toMatch(/^HTTP\/1\.1 200/)
    expect(backend.asked).toHaveLength(2)
  })

  test('is never the control API’s', async () => {
    const { mock, backend } = await stand()
    for (const path of ['/__understudy', '/__understudy/', '/__understudy/nothing', '/__understudy/assets/x.js'])
      await fetch(mock.url + path, { redirect: 'manual' })
    expect(backend.asked).toEqual([])
  })
})

describe('a server behind that fails', () => {
  test('is told in words, and the mock goes on', async () => {
    const { mock, backend, world } = await stand()
    await backend.close()
    const response = await fetch(`${mock.url}/tickets`, { method: 'POST', body: 'x'.repeat(100_000) })
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'application/problem+json'])
    expect((await response.json()).detail).toBe(
      `No API takes POST /tickets, and the fallback ${backend.url} could not be asked: nothing listens there (ECONNREFUSED).`,
    )
    expect(world.requests).toMatchObject([{ status: 502, clause: 'passed-on' }])
    expect((await fetch(`${mock.url}${api}/info`)).status).toBe(200)
  })

  test('that hangs up is a 502, and half an answer is half an answer', async () => {
    const { mock, errors } = await stand()
    expect((await fetch(`${mock.url}/rude`)).status).toBe(502)
    await expect(fetch(`${mock.url}/half`).then((response) => response.text())).rejects.toThrow('terminated')
    expect((await fetch(`${mock.url}/fine`)).status).toBe(200)
    expect(errors).toEqual([])
  })

  test('that is the mock itself is found out', async () => {
    const world = await createWorld()
    const first = await listen(world)
    const { port } = first
    await first.close()
    const mock = await listen(world, { port, fallback: `http://127.0.0.1:${port}` })
    onTestFinished(() => mock.close())
    const response = await fetch(`${mock.url}/x`)
    expect(response.status).toBe(508)
    expect((await response.json()).detail).toContain('leads back to this server')
  })

  test('is not asked any longer by a client that hung up', async () => {
    let closed: () => void = () => undefined
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const backend = await startBackend({ '/slow': (_, response) => void response.once('close', closed) })
    const mock = await listen(await createWorld(), { fallback: backend.url })
    onTestFinished(() => mock.close())
    const sent = ask(`${mock.url}/slow`).on('error', () => undefined)
    sent.end()
    await expect.poll(() => backend.asked.length).toBe(1)
    sent.destroy()
    await gone
  })
})

describe('web sockets', () => {
  test('are passed on, told in the journal, and ended with the mock', async () => {
    const { mock, world } = await stand()
    const socket = new WebSocket(`${mock.url.replace('http', 'ws')}/live`)
    await once(socket, 'open')
    socket.send('hello')
    expect(String((await once(socket, 'message'))[0])).toBe('echo hello')
    await expect.poll(() => world.requests).toMatchObject([{ path: '/live', status: 101, clause: 'passed-on' }])
    const closed = once(socket, 'close')
    await mock.close()
    await closed
  })

  test('end where the server behind hangs up', async () => {
    const { mock } = await stand()
    const socket = new WebSocket(`${mock.url.replace('http', 'ws')}/live`)
    await once(socket, 'open')
    socket.send('hang up')
    expect(await once(socket, 'close')).toMatchObject([1006, expect.anything()])
  })

  test('are refused in words where nobody answers, and as the server behind refuses them', async () => {
    const { mock, backend } = await stand()
    const refused = async (path: string): Promise<string> => {
      const socket = new WebSocket(`${mock.url.replace('http', 'ws')}${path}`)
      return ((await once(socket, 'error')) as [Error])[0].message
    }
    expect(await refused('/nowhere')).toContain('400')
    expect(await refused('/__understudy/live')).toContain('404')
    await backend.close()
    expect(await refused('/live')).toContain('502')
    expect((await fetch(`${mock.url}${api}/info`)).status).toBe(200)
  })

  test('leave requests alone that only offer another protocol', async () => {
    const { mock } = await stand()
    const head = [
      `POST ${api}/auth HTTP/1.1`,
      'Host: localhost',
      'Connection: Upgrade, HTTP2-Settings, close',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQAAP__',
      'Content-Type: text/plain',
      'Content-Length: 6',
    ]
    const answer = await sendRaw(mock.port, `${head.join('\r\n')}\r\n\r\n910817`)
    expect(answer).toMatch(/^HTTP\/1\.1 401[^]*x-understudy-clause/)
    const passed = await sendRaw(
      mock.port,
      'POST /x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nab',
    )
    expect(passed).toMatch(/backend POST \/x/)
  })

  test('leave their bodies whole, in chunks and in parts', async () => {
    const { mock } = await stand()
    const offer =
      'POST /jira/rest/auth/1/session HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\nContent-Type: application/json\r\n'
    const [first, second] = ['{"username":"alice",', '"password":"alice"}']
    const chunks = [first, second, ''].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')
    expect(await sendRaw(mock.port, `${offer}Transfer-Encoding: chunked\r\n\r\n${chunks}`)).toMatch(/^HTTP\/1\.1 200/)
    const long = first + ' '.repeat(300_000) + second
    expect(await sendRaw(mock.port, `${offer}Content-Length: ${long.length}\r\n\r\n${long}`)).toMatch(/^HTTP\/1\.1 200/)
  })
})

describe('options that cannot be', () => {
  test.each([
    [
      'localhost:8080',
      'The fallback "localhost:8080" is no URL of a server; it should look like http://localhost:8080.',
    ],
    [
      'http://localhost:8080/app',
      'The fallback "http://localhost:8080/app" has more than an origin; paths are passed on as they are. Did you mean "http://localhost:8080"?',
    ],
    ['http://me:canary@localhost', 'The fallback takes no user and password in its URL: clients send their own.'],
  ])('%s is refused in words', async (fallback, message) => {
    await expect(listen(await createWorld(), { fallback })).rejects.toMatchObject({ code: 'ERR_USAGE', message })
  })
})
