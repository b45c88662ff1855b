import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { connect, createSecureServer, type IncomingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import express, { type ErrorRequestHandler } from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { createRequestListener, type RequestListenerOptions } from '../../src/node.ts'
import { createCertificate } from '../../src/server/certificate.ts'
import { closeServer, urlOf } from './backend.ts'
import { sendRaw } from './raw-socket.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'
const json = { 'content-type': 'application/json' }

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => closeServer(server))
  return urlOf(server)
}

type Mock = ReturnType<typeof createRequestListener>

/** The same small app on each framework: it greets at /hello, and says back what is posted to /echo. */
const frameworks: { readonly [name: string]: (mock: Mock) => Promise<string> } = {
  'node:http': (mock) =>
    serve((request, response) =>
      mock(request, response, () => {
        if (request.url === '/hello') response.end('hello')
        else request.pipe(response)
      }),
    ),
  express: (mock) => {
    const app = express()
    app.use(mock, express.json())
    app.get('/hello', (_, response) => void response.send('hello'))
    app.post('/echo', (request, response) => void response.json(request.body))
    return serve(app)
  },
  'express behind its parsers': (mock) => {
    const app = express()
    app.use(express.json(), express.urlencoded({ extended: true }), express.text(), mock)
    app.get('/hello', (_, response) => void response.send('hello'))
    app.post('/echo', (request, response) => void response.json(request.body))
    return serve(app)
  },
  fastify: async (mock) => {
    const app = fastify()
    app.addHook('onRequest', (request, reply, done) => mock(request.raw, reply.raw, done))
    app.get('/hello', () => 'hello')
    app.post('/echo', (request) => request.body)
    onTestFinished(() => app.close())
    return app.listen({ port: 0, host: '127.0.0.1' })
  },
  hono: (mock) => {
    const app = new Hono()
    app.get('/hello', (context) => context.text('hello'))
    app.post('/echo', async (context) => context.json(await context.req.json()))
    // It would put a Response of its own in the place of the global one, for every test after this.
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
    return serve((request, response) => mock(request, response, () => void listener(request, response)))
  },
}

async function login(url: string, world: WorldOf): Promise<string> {
  const body = JSON.stringify({ username: 'alice', password: 'alice' })
  const response = await fetch(`${url}/jira/rest/auth/1/session`, { method: 'POST', body, headers: json })
  expect([response.status, world.requests.at(-1)?.user]).toEqual([200, 'alice'])
  expect(response.headers.getSetCookie().length).toBeGreaterThan(0)
  return response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
}

describe.each(Object.entries(frameworks))('in %s', (_, start) => {
  test('a user signs in with a PIN, and the app has everything else', async () => {
    const world = await createWorld()
    const url = await start(createRequestListener(world))
    const cookie = await login(url, world)
    const text = { cookie, 'content-type': 'text/plain' }
    const auth = (pin: string): Promise<Response> =>
      fetch(`${url}${api}/auth`, { method: 'POST', body: pin, headers: text })
    expect((await auth('000000')).status).toBe(401)
    expect((await auth('910817')).status).toBe(200)
    expect(await (await fetch(`${url}/hello`)).text()).toBe('hello')
    const echo = await fetch(`${url}/echo`, { method: 'POST', body: '{"a":1}', headers: json })
    expect(await echo.json()).toEqual({ a: 1 })
    expect(world.requests.map(({ clause }) => clause)).toHaveLength(3)
    expect(await (await fetch(`${url}/__understudy/`)).text()).toContain('<html')
    expect((await (await fetch(`${url}/__understudy/users?limit=1`)).json()).total).toBeGreaterThan(5)
  })

  test('a form is understood, flat as it is', async () => {
    const world = await createWorld()
    const url = await start(createRequestListener(world))
    const body = new URLSearchParams({ username: 'adam', password: 's3cret', account: 'atech' })
    const headers = { 'x-auth-application': 'any' }
    const response = await fetch(`${url}/api/v2/authentication/authenticate`, { method: 'POST', body, headers })
    expect([response.status, world.requests[0]?.user]).toEqual([200, 'atech/adam'])
  })
})

describe('over HTTP/2', () => {
  test('a user signs in, with all cookies, and the app has everything else', async () => {
    const { cert, key } = createCertificate(['localhost'], Date.now())
    const world = await createWorld()
    const mock = createRequestListener(world)
    const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) =>
      mock(request as never, response as never, () => void request.pipe(response)),
    )
    await new Promise<void>((resolve) => {
      server.listen(0, resolve)
    })
    const { port } = server.address() as AddressInfo
    const client = connect(`https://localhost:${port}`, { ca: cert })
    onTestFinished(() => {
      client.close()
      server.close()
    })
    const ask = async (path: string, body?: string): Promise<[headers: IncomingHttpHeaders, text: string]> => {
      const stream = client.request({
        ':path': path,
        ':method': body === undefined ? 'GET' : 'POST',
        'content-type': 'application/json',
      })
      stream.end(body)
      const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders]
      let text = ''
      for await (const part of stream.setEncoding('utf8')) text += part
      return [headers, text]
    }
    const [headers] = await ask('/jira/rest/auth/1/session', JSON.stringify({ username: 'alice', password: 'alice' }))
    expect([headers[':status'], world.requests[0]?.user]).toEqual([200, 'alice'])
    expect(headers['set-cookie']).toHaveLength(2)
    expect((await ask('/__understudy/users?limit=1'))[0][':status']).toBe(200)
    expect((await ask('/echo', 'the app'))[1]).toBe('the app')
  })
})

describe('a request listener', () => {
  afterEach(() => void vi.unstubAllEnvs())

  test('answers everything where nobody is next', async () => {
    const url = await serve(createRequestListener(await createWorld()))
    expect((await fetch(`${url}${api}/info`)).status).toBe(200)
    const response = await fetch(`${url}/nowhere`)
    expect([response.status, (await response.json()).detail]).toEqual([
      404,
      expect.stringContaining('Nothing is mocked'),
    ])
  })

  test.each([
    ['bytes', express.raw({ type: '*/*' })],
    ['text', express.text({ type: '*/*' })],
    [
      'JSON with its bytes beside',
      express.json({ verify: (request, _, rawBody) => void Object.assign(request, { rawBody }) }),
    ],
  ])('understands a body that was read as %s', async (_, parser) => {
    const world = await createWorld()
    const app = express()
    app.use(parser, createRequestListener(world))
    expect(await login(await serve(app), world)).toContain('JSESSIONID')
  })

  test('has a body refused in words of which only something else is left', async () => {
    const app = express()
    const told: unknown[] = []
    const tell: ErrorRequestHandler = (error, _request, response, _next) => {
      told.push(error)
      response.status(500).end()
    }
    app.use(express.urlencoded({ extended: true }), createRequestListener(await createWorld()), tell)
    const url = await serve(app)
    const path = '/api/v2/authentication/authenticate'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await fetch(url + path, { method: 'POST', body: 'user[name]=a', headers })
    expect(told).toMatchObject([
      { code: 'ERR_USAGE', message: expect.stringContaining('put the mock before the middleware that reads bodies') },
    ])
  })

  test.each<[RequestListenerOptions, string, number]>([
    [{}, 'Host: evil.example', 403],
    [{}, 'Host: localhost\r\nOrigin: http://evil.example', 403],
    [{}, 'Host: localhost', 200],
    [{ allowedHosts: ['app.test'] }, 'Host: app.test', 200],
    [{ adminToken: 'correct-horse-battery' }, 'Host: localhost', 401],
    [{ adminToken: 'correct-horse-battery' }, 'Host: app.test\r\nAuthorization: Bearer correct-horse-battery', 200],
  ])('with %j gives the control API to %j: %i', async (options, head, status) => {
    const url = await serve(createRequestListener(await createWorld(), options))
    const answer = await sendRaw(
      Number(new URL(url).port),
      `GET /__understudy/users HTTP/1.1\r\n${head}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toContain(`HTTP/1.1 ${status}`)
  })

  test('without a token gives the control API to no other machine', async () => {
    const mock = createRequestListener(await createWorld())
    const url = await serve((request, response) => {
      Object.defineProperty(request.socket, 'remoteAddress', { value: '192.0.2.7' })
      mock(request, response)
    })
    const response = await fetch(`${url}/__understudy/users`)
    expect([response.status, (await response.json()).detail]).toEqual([403, expect.stringContaining('not 192.0.2.7')])
    expect((await fetch(`${url}${api}/info`)).status).toBe(200)
  })

  test('refuses what would be in everybody’s hands, and what is no world', async () => {
    const world = await createWorld()
    expect(() => createRequestListener(createWorld() as never)).toThrow('await createWorld(…)')
    vi.stubEnv('NODE_ENV', 'production')
    expect(() => createRequestListener(world)).toThrow(expect.objectContaining({ code: 'ERR_PRODUCTION' }))
    expect(() => createRequestListener(world, { production: true })).not.toThrow()
  })
})
