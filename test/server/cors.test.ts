import { afterEach, describe, expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'

const frontend = 'http://localhost:5173'
const api = '/jira/rest/securelogin-admin/1.0/api'
let server: Listener | undefined

async function ask(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  server ??= await listen(await createWorld(), { cors: [frontend, 'https://app.example'] })
  return fetch(server.url + path, { method, headers })
}

function grants(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')))
}

afterEach(async () => {
  await server?.close()
  server = undefined
})

describe('a page of another origin', () => {
  test('may read what the mocked APIs answer, with cookies, if its origin was named', async () => {
    const response = await ask('GET', `${api}/info`, { origin: frontend })
    expect(response.status).toBe(200)
    expect(response.headers.get('vary')).toBe('origin')
    expect(grants(response)).toEqual({
      'access-control-allow-origin': frontend,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-understudy-request, x-understudy-clause',
    })
  })

  test('may read refusals, too', async () => {
    const response = await ask('GET', `${api}/user`, { origin: frontend })
    expect([response.status, grants(response)['access-control-allow-origin']]).toEqual([401, frontend])
  })

  test('is told what it may send, when its browser asks first; the journal does not see it', async () => {
    const response = await ask('OPTIONS', `${api}/auth`, {
      origin: 'https://app.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-understudy-world',
      'access-control-request-private-network': 'true',
    })
    expect(response.status).toBe(204)
    expect(grants(response)).toEqual({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-understudy-request, x-understudy-clause',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,x-understudy-world',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
    })
    const { requests } = await (await ask('GET', '/__understudy/requests', {})).json()
    expect(requests).toEqual([])
  })

  test.each([
    'http://localhost:5174',
    'https://localhost:5173',
    'http://evil.example',
    'null',
    `${frontend}.evil.example`,
  ])('of %s gets no leave', async (origin) => {
    const plain = await ask('GET', `${api}/info`, { origin })
    expect(grants(plain)).toEqual({})
    const first = await ask('OPTIONS', `${api}/auth`, { origin, 'access-control-request-method': 'POST' })
    expect([first.status, grants(first)]).toEqual([405, {}])
  })

  test('does not get back what is no header name', async () => {
    const response = await ask('OPTIONS', `${api}/auth`, {
      origin: frontend,
      'access-control-request-method': 'PO ST',
      'access-control-request-headers': 'a, <b>',
    })
    expect(Object.keys(grants(response))).not.toContain('access-control-allow-headers')
    expect(Object.keys(grants(response))).not.toContain('access-control-allow-methods')
  })

  test('gets no leave where nothing was said', async () => {
    server = await listen(await createWorld())
    const response = await ask('GET', `${api}/info`, { origin: frontend })
    expect([grants(response), response.headers.get('vary')]).toEqual([{}, null])
  })
})

test.each([
  ['*', 'Browsers refuse * where cookies are sent'],
  ['http://localhost:5173/', 'Did you mean "http://localhost:5173"?'],
  ['http://LOCALHOST:80', 'Did you mean "http://localhost"?'],
  ['localhost:5173', 'it should look like http://localhost:5173'],
  ['null', 'is no origin'],
])('"%s" is no origin to name', async (origin, hint) => {
  await expect(listen(await createWorld(), { cors: [origin] })).rejects.toMatchObject({
    code: 'ERR_USAGE',
    message: expect.stringContaining(hint),
  })
})
