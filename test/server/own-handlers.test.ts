import { HttpResponse, http, passthrough, ws } from 'msw'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener, type ListenOptions } from '../../src/node.ts'
import { startBackend, type Backend } from './backend.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'

const own = [
  http.get('/tickets', () =>
    HttpResponse.json(['Printer'], {
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    }),
  ),
  http.get('https://api.example/absolute', () => new HttpResponse('by its own origin')),
  http.post(
    '*/echo',
    async ({ request }) => new HttpResponse(`${await request.text()} ${request.headers.get('x-of')}`),
  ),
  http.get('/mute', () => undefined),
  http.get('/through', () => passthrough()),
  http.get('/throws', () => {
    throw new Error('broken by hand')
  }),
  http.get('/cut', () => HttpResponse.error()),
  http.get('/drip', () => {
    const stream = new ReadableStream({
      async start(controller) {
        for (const part of ['one', 'two']) {
          controller.enqueue(new TextEncoder().encode(part))
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
        controller.close()
      },
    })
    return new HttpResponse(stream)
  }),
  http.get(`*${api}/info`, ({ request }) =>
    request.headers.has('x-mine') ? HttpResponse.json({ active: 'mine' }) : undefined,
  ),
]

async function stand(options: ListenOptions = {}): Promise<{ world: WorldOf; mock: Listener; errors: unknown[] }> {
  const world = await createWorld()
  const errors: unknown[] = []
  const mock = await listen(world, { handlers: own, onError: (error) => errors.push(error), ...options })
  onTestFinished(() => mock.close())
  return { world, mock, errors }
}

describe('own handlers', () => {
  test('are asked before the APIs, which answer what no handler does', async () => {
    const { world, mock } = await stand()
    const tickets = await fetch(`${mock.url}/tickets`)
    expect([await tickets.json(), tickets.headers.getSetCookie()]).toEqual([['Printer'], ['a=1', 'b=2']])
    expect(await (await fetch(`${mock.url}${api}/info`, { headers: { 'x-mine': '1' } })).json()).toEqual({
      active: 'mine',
    })
    const info = await fetch(`${mock.url}${api}/info`)
    expect(info.headers.get('x-understudy-clause')).toBe('SL-03')
    for (const path of ['/mute', '/through', '/none']) expect((await fetch(mock.url + path)).status).toBe(404)
    expect(world.requests.map(({ clause }) => clause)).toEqual(['handler', 'handler', 'SL-03', 'none', 'none', 'none'])
    expect(world.why(world.requests[0]?.id ?? '').rule.text).toContain('a handler of your own')
  })

  test('get bodies and headers, and may take their time', async () => {
    const { mock } = await stand()
    const sent = { method: 'POST', body: 'grüße', headers: { 'x-of': 'me' } }
    expect(await (await fetch(`${mock.url}/echo`, sent)).text()).toBe('grüße me')
    const parts: string[] = []
    for await (const part of (await fetch(`${mock.url}/drip`)).body ?? []) parts.push(new TextDecoder().decode(part))
    expect(parts).toEqual(['one', 'two'])
  })

  test('leave bodies whole for the APIs and the server behind', async () => {
    const backend: Backend = await startBackend()
    const { mock } = await stand({ fallback: backend.url, limits: { bodyBytes: 1000 } })
    const body = JSON.stringify({ username: 'alice', password: 'alice' })
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
    expect((await fetch(`${mock.url}/jira/rest/auth/1/session`, init)).status).toBe(200)
    const long = 'x'.repeat(200_000)
    for (const text of ['short', long]) await fetch(`${mock.url}/upload`, { method: 'POST', body: text })
    expect(backend.asked.map((asked) => asked.body)).toEqual(['short', long])
  })

  test('refuse a body that is too long for them, and have the APIs refuse theirs', async () => {
    const { mock } = await stand({ limits: { bodyBytes: 1000 } })
    const init = { method: 'POST', body: 'x'.repeat(200_000) }
    const response = await fetch(`${mock.url}/echo`, init)
    expect([response.status, (await response.json()).detail]).toEqual([
      413,
      'Handlers of your own get bodies of up to 1000 bytes (limits.bodyBytes); this one is longer.',
    ])
    expect((await fetch(`${mock.url}${api}/auth`, init)).status).toBe(413)
  })

  test('match the URLs of the server behind as well', async () => {
    const { mock } = await stand({ fallback: 'https://api.example' })
    expect(await (await fetch(`${mock.url}/absolute`)).text()).toBe('by its own origin')
  })

  test('that throw are told in words, and the mock goes on', async () => {
    const { mock, errors } = await stand()
    const response = await fetch(`${mock.url}/throws`)
    expect([response.status, (await response.json()).detail]).toEqual([
      500,
      'A handler of your own for GET /throws threw: broken by hand',
    ])
    expect(String(errors[0])).toMatch(/threw: broken by hand\n +at .*own-handlers\.test\.ts/)
    await expect(fetch(`${mock.url}/cut`)).rejects.toThrow('fetch failed')
    expect((await fetch(`${mock.url}/tickets`)).status).toBe(200)
  })

  test('are never asked for the control API', async () => {
    const mine = http.all('*', () => new HttpResponse('mine'))
    const { mock } = await stand({ handlers: [mine] })
    expect((await (await fetch(`${mock.url}/__understudy/health`)).json()).status).toBe('ok')
    expect(await (await fetch(`${mock.url}/any`)).text()).toBe('mine')
  })

  test('are readable for pages that --cors names', async () => {
    const { mock } = await stand({ cors: ['http://localhost:5173'] })
    const headers = { origin: 'http://localhost:5173' }
    expect((await fetch(`${mock.url}/tickets`, { headers })).headers.get('access-control-allow-origin')).toBe(
      'http://localhost:5173',
    )
  })

  test.each([
    [[[http.get('/x', () => undefined)]], 'handlers[0] is an array (spread it with ...)'],
    [[http.get('/x', () => undefined), { path: '/x' }], 'handlers[1] is of the type object'],
    [[ws.link('ws://x').addEventListener('connection', () => undefined)], 'handlers[0] is a handler of web sockets'],
    [Promise.resolve([]), 'Handlers are an array, not a promise (await it)'],
  ])('that are none are refused in words: %#', async (handlers, message) => {
    const options = { handlers: handlers as unknown as typeof own }
    await expect(listen(await createWorld(), options)).rejects.toMatchObject({
      code: 'ERR_USAGE',
      message: expect.stringContaining(message),
    })
  })
})
