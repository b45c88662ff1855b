import { createServer, ServerResponse, type IncomingMessage, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LightResponse } from '../../src/server/light-response.ts'
import { sendRaw } from './raw-socket.ts'

type Answer = (response: ServerResponse) => void
type Heads = Parameters<ServerResponse['writeHead']>[1]

/** `most` answers on one connection. */
type Options = ServerOptions & { readonly most?: number }

let answers: Answer[] = []
let close: (() => void)[] = []

beforeEach(() => {
  answers = []
})
afterEach(() => {
  for (const each of close) each()
  close = []
})

/** A server that gives the answers one after the other; what cannot be written is answered with the error's code. */
async function serverOf(Response: typeof ServerResponse, { most = 0, ...options }: Options): Promise<number> {
  let next = 0
  const server = createServer({ ...options, ServerResponse: Response }, (request: IncomingMessage, response) => {
    request.resume()
    // oxlint-disable-next-line no-param-reassign -- as the listener does
    response.sendDate = false
    try {
      answers[next++ % answers.length]?.(response)
    } catch (error) {
      response.writeHead(500, ['content-length', '0', 'x-error', (error as NodeJS.ErrnoException).code ?? '']).end()
    }
  })
  server.maxRequestsPerSocket = most
  close.push(() => server.close())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** What the two write in answer to the same bytes: Node's response, and ours. */
async function both(asked: string, options: Options = {}): Promise<[node: string, light: string]> {
  const ports = [await serverOf(ServerResponse, options), await serverOf(LightResponse, options)] as const
  return [await sendRaw(ports[0], asked), await sendRaw(ports[1], asked)]
}

const get = (more = '', version = '1.1', method = 'GET'): string =>
  `${method} / HTTP/${version}\r\nHost: h\r\n${more}\r\n`
const last = 'Connection: close\r\n'
/** Three requests on one connection, so that each head is written anew and once more. */
const three = get() + get() + get(last)

const headed =
  (status: number, headers: Heads, body?: string): Answer =>
  (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }

const heads: { readonly [what: string]: Answer } = {
  'a body with its length': headed(200, ['content-type', 'text/plain', 'content-length', '2'], 'ok'),
  'no body': headed(401, ['x-a', 'b', 'content-length', '0']),
  'no length': headed(200, ['x-a', 'b'], 'ok'),
  'two cookies': headed(200, ['set-cookie', 'a=1', 'set-cookie', 'b=2', 'Set-Cookie', 'c=3', 'content-length', '0']),
  'an empty value': headed(200, ['x-empty', '', 'content-length', '0']),
  'letters beyond ASCII': headed(200, ['x-latin', 'é\tÿ', 'content-length', '0']),
  'a long value': headed(200, ['x-long', 'v'.repeat(5000), 'content-length', '0']),
  'a long name': headed(200, [`x-${'n'.repeat(300)}`, 'b', 'content-length', '0']),
  'the name of a file, beyond ASCII': headed(200, [
    'content-length',
    '0',
    'content-disposition',
    'attachment; filename=é',
  ]),
  'a connection that ends': headed(200, ['connection', 'close', 'content-length', '0']),
  'a time to keep alive': headed(200, ['Keep-Alive', 'timeout=9', 'content-length', '0']),
  chunks: headed(200, ['transfer-encoding', 'chunked'], 'ok'),
  'a trailer': headed(200, ['trailer', 'x-end', 'transfer-encoding', 'chunked'], 'ok'),
  'a trailer without chunks': headed(200, ['trailer', 'x-end', 'content-length', '2'], 'ok'),
  '204': headed(204, ['x-a', 'b']),
  '204 with a length': headed(204, ['x-a', 'b', 'content-length', '0']),
  '304': headed(304, ['etag', '"1"', 'content-length', '2']),
  'a map': headed(200, { 'x-a': ['b', 'c'], 'content-length': 0 }),
  numbers: headed(200, ['x-a', 'b', 'content-length', 0]),
  pairs: headed(200, [
    ['x-a', 'b'],
    ['content-length', '0'],
  ]),
  nothing: headed(200, []),
  'what was set before': (response) => {
    response.setHeader('x-before', '1')
    response.writeHead(200, ['content-length', '0']).end()
  },
  'without a word on the connection': (response) => {
    response.removeHeader('connection')
    response.writeHead(200, ['content-length', '0']).end()
  },
  'a date that Node adds': (response) => {
    // oxlint-disable-next-line no-param-reassign
    response.sendDate = true
    response.writeHead(200, ['content-length', '0']).end()
  },
  'a message of its own': (response) => void response.writeHead(299, 'Fine', ['content-length', '0']).end(),
  'a line break in a value': headed(200, ['x-a', 'b\r\nx-c: d', 'content-length', '0']),
  'a line break in a name': headed(200, ['x-a\r\nx-c', 'd', 'content-length', '0']),
  'a letter that no head can have': headed(200, ['x-a', '→', 'content-length', '0']),
  'a name that is none': headed(200, ['x a', 'b', 'content-length', '0']),
  'no name': headed(200, ['', 'b', 'content-length', '0']),
  'a name without a value': headed(200, ['content-length', '0', 'x-a']),
  'no value': headed(200, ['x-a', undefined, 'content-length', '0'] as string[]),
}

describe('byte for byte what Node writes', () => {
  test.each(Object.keys(heads))('%s', async (what) => {
    answers = [heads[what] as Answer]
    const [node, light] = (await both(three)).map((text) => text.replaceAll(/^Date: .*/gm, 'Date'))
    expect(light).toBe(node)
    expect(node).toMatch(/^HTTP\/1\.1 \d{3} /)
  })

  test.each([
    ['HTTP/1.0', get('', '1.0'), {}],
    ['HTTP/1.0 that stays', get('Connection: keep-alive\r\n', '1.0') + get('', '1.0'), {}],
    ['HEAD', get('', '1.1', 'HEAD') + get(last), {}],
    ['a body announced', get('Content-Length: 2\r\nExpect: 100-continue\r\n', '1.1', 'POST') + `ok${get(last)}`, {}],
    ['no time to keep alive', three, { keepAliveTimeout: 0 }],
    ['a part of a second', three, { keepAliveTimeout: 1500 }],
    ['connections that have a share of answers', three, { most: 2 }],
  ] as const)('to %s', async (_, asked, options) => {
    answers = [headed(200, ['x-a', 'b', 'content-length', '2'], 'ok')]
    const [node, light] = await both(asked, options)
    expect(light).toBe(node)
    expect(node).toContain('\r\nx-a: b\r\ncontent-length: 2\r\n')
  })

  const endWith = (response: ServerResponse, body: string): unknown =>
    response instanceof LightResponse ? response.endWith(body) : response.end(body)
  const ends: { readonly [what: string]: Answer } = {
    'its length told': (response) => endWith(response.writeHead(200, ['content-length', '4']), 'okay'),
    'no length told': (response) => endWith(response.writeHead(200, ['x-a', 'b']), 'okay'),
    'none allowed by 204': (response) => endWith(response.writeHead(204, ['x-a', 'b', 'content-length', '4']), 'okay'),
    'none allowed by 304': (response) => endWith(response.writeHead(304, ['content-length', '4']), 'okay'),
    'no head': (response) => endWith(response, 'okay'),
    'a head that has left': (response) => {
      response.writeHead(200, ['content-length', '4']).flushHeaders()
      endWith(response, 'okay')
    },
    'a head that Node wrote': (response) =>
      endWith(response.writeHead(200, ['keep-alive', 'a', 'content-length', '4']), 'okay'),
    'an answer that waits': (response) =>
      void setTimeout(() => endWith(response.writeHead(200, ['content-length', '4']), 'okay'), 5),
  }

  test.each(Object.keys(ends))('with a body at its end: %s', async (what) => {
    answers = [ends[what] as Answer, heads['a body with its length'] as Answer]
    const [node, light] = await both(
      get() + get() + get() + get('', '1.1', 'HEAD') + get('', '1.1', 'HEAD') + get(last),
    )
    expect(light).toBe(node)
    expect(node).toContain('HTTP/1.1 200 OK')
  })

  test('after headers that were other ones the last time', async () => {
    const made = fc.array(
      fc.tuple(
        fc.constantFrom('x-a', 'X-A', 'x-b', 'content-type', 'date', 'constructor', 'keep-alive', 'x\n'),
        fc.constantFrom('', 'b', '0', 'Ünï', 'v'.repeat(201), 'b\n', '→'),
      ),
      { maxLength: 5 },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 6 }), async (lists) => {
        answers = lists.map((list) => headed(200, ['content-length', '0', ...list.flat()]))
        const [node, light] = await both(get().repeat(lists.length - 1) + get(last))
        expect(light).toBe(node)
        for (const each of close) each()
        close = []
      }),
      { numRuns: 60 },
    )
  })
})

test('names without end are not kept, and are written all the same', async () => {
  answers = Array.from({ length: 1500 }, (_, index) => headed(200, [`x-${index}`, 'b', 'content-length', '0']))
  const [node, light] = await both(get().repeat(1600) + get(last))
  expect(light).toBe(node)
  expect(light.match(/x-\d+: b/g)).toHaveLength(1601)
})
