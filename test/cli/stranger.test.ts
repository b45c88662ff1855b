import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Terminal } from './terminal.ts'

describe('a server that is another', () => {
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json').end('{"users":7,"x":1}')
  })
  let url = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  it.each([
    'user list',
    'user show alice',
    'user set alice blocked',
    'user unblock alice',
    'requests',
    'why r1',
    'clock show',
    'clock advance 1m',
    'session list',
    'world list',
    'fault list',
    'fault add secure-login.auth --status 503',
    'fault clear',
    'snapshot list',
    'snapshot save x',
    'api show',
    'api set secure-login active=false',
    'reset',
    'share',
  ])('is told by %s as what it is', async (line) => {
    const { code, out, err } = await new Terminal().run(...line.split(' '), '--url', url)
    expect({ code, out, err }).toEqual({
      code: 3,
      out: '',
      err: `error: ${url} is no understudy server of this version: it answered 200 {"users":7,"x":1}`,
    })
  })
})
