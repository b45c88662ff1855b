import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'
import { sendRaw } from './raw-socket.ts'

const login = '/jira/rest/auth/1/session'
const credentials = '{"username":"alice","password":"alice"}'
let world: WorldOf
let server: Listener

beforeEach(async () => {
  world = await createWorld()
  server = await listen(world, { limits: { bodyBytes: 64 } })
})
afterEach(() => server.close())

const post = (body: string, more = ''): string =>
  `POST ${login} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`
const statuses = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1] as string)

test('a body that comes byte by byte is one body', async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1')
    let told = ''
    socket.setNoDelay(true).on('data', (chunk) => (told += chunk.toString('latin1')))
    socket.on('close', () => resolve(told)).on('error', reject)
    const rest = [...Buffer.from(post(credentials, 'Connection: close\r\n'))]
    const next = (): void => {
      const byte = rest.shift()
      if (byte !== undefined) socket.write(Uint8Array.of(byte), () => setImmediate(next))
    }
    next()
  })
  expect(statuses(answer)).toEqual(['200'])
})

test('a body in chunks is one body, and one of none is none', async () => {
  const head = `POST ${login} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n`
  const chunks = `a\r\n${credentials.slice(0, 10)}\r\n${(credentials.length - 10).toString(16)}\r\n${credentials.slice(10)}\r\n0\r\n\r\n`
  expect(statuses(await sendRaw(server.port, `${head}Connection: close\r\n\r\n${chunks}`))).toEqual(['200'])
  expect(statuses(await sendRaw(server.port, `${head}Connection: close\r\n\r\n0\r\n\r\n`))).toEqual(['400'])
})

test('requests that come in one packet are answered one after the other, with bodies and without', async () => {
  const info = 'GET /jira/rest/securelogin-admin/1.0/api/info HTTP/1.1\r\nHost: h\r\n\r\n'
  const wrong = post(credentials.replace('alice"}', 'wrong"}'))
  const last = info.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')
  expect(statuses(await sendRaw(server.port, post(credentials) + info + wrong + info + last))).toEqual([
    '200',
    '200',
    '401',
    '200',
    '200',
  ])
})

test('a body beyond the limit is read to its end and refused, and the connection goes on', async () => {
  const large = post(' '.repeat(200_000))
  const answer = await sendRaw(server.port, large + post(credentials, 'Connection: close\r\n'))
  expect(statuses(answer)).toEqual(['413', '200'])
})

test('a client that leaves in the midst of its body is not heard, and nobody else notices', async () => {
  const gone = post(credentials).slice(0, -5)
  expect(await sendRaw(server.port, gone, 50)).toBe('')
  expect(statuses(await sendRaw(server.port, post(credentials, 'Connection: close\r\n')))).toEqual(['200'])
  expect(world.requests.map(({ status }) => status)).toEqual([200])
})

test('a body that waits to be asked for is asked for', async () => {
  const head = post(credentials, 'Expect: 100-continue\r\nConnection: close\r\n')
  expect(statuses(await sendRaw(server.port, head))).toEqual(['100', '200'])
})
