import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener, type ListenOptions } from '../../src/node.ts'
import { until } from '../cli/terminal.ts'
import { sendRaw } from './raw-socket.ts'

const info = '/jira/rest/securelogin-admin/1.0/api/info'
let world: WorldOf
let server: Listener
let told: string[]
const sockets: Socket[] = []

async function begin(limits: NonNullable<ListenOptions['limits']>): Promise<void> {
  told = []
  world = await createWorld()
  server = await listen(world, { limits, onLimit: (what) => told.push(what) })
}

function open(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
    sockets.push(socket)
  })
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.close()
})

describe('a caller who is slow', () => {
  test.each([
    ['sends nothing at all', '', { headerMs: 200 }, /^$|^HTTP\/1\.1 408/],
    ['never ends the headers', `GET ${info} HTTP/1.1\r\nHost: a\r\nX-A: `, { headerMs: 200 }, /^HTTP\/1\.1 408/],
    [
      'never ends the body',
      `POST ${info} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab`,
      { headerMs: 300, requestMs: 300 },
      /^HTTP\/1\.1 408/,
    ],
  ])('and %s is hung up on', async (_, start, limits, expected) => {
    await begin(limits)
    expect(await sendRaw(server.port, start)).toMatch(expected)
  })

  test('and sends a header now and then gets no more time for it', async () => {
    await begin({ headerMs: 300 })
    const socket = await open()
    let isClosed = false
    socket.on('close', () => (isClosed = true))
    socket.on('error', () => undefined)
    socket.resume()
    socket.write(`GET ${info} HTTP/1.1\r\nHost: a\r\n`)
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 50)
    await until(() => isClosed)
    clearInterval(drip)
    expect((await fetch(server.url + info)).status).toBe(200)
  })

  test('and goes on with nothing after an answer is hung up on', async () => {
    await begin({ idleMs: 100 })
    const raw = await sendRaw(server.port, `GET ${info} HTTP/1.1\r\nHost: a\r\n\r\n`)
    expect(raw).toMatch(/^HTTP\/1\.1 200/)
  })

  test.each([
    ['for one', { backlogBytes: 20_000 }],
    ['for all', { backlogsBytes: 20_000 }],
  ])('and does not read events is cut off, and costs no more memory: by the limit %s', async (_, limits) => {
    await begin(limits)
    const socket = await open()
    let isClosed = false
    socket.on('close', () => (isClosed = true))
    socket.on('error', () => undefined)
    const begun = new Promise((resolve) => socket.once('data', resolve))
    socket.write('GET /__understudy/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await begun
    socket.pause()
    // The kernel takes some megabytes before anything has to wait.
    const note = 'x'.repeat(2000)
    for (let count = 0; count < 200; count++) {
      for (let many = 0; many < 50; many++) world.note(note)
      await new Promise((resolve) => setImmediate(resolve))
    }
    socket.resume()
    await until(() => isClosed)
    expect(isClosed).toBe(true)
  })
})

describe('a caller who takes much', () => {
  test('of headers gets 431, of a body 413', async () => {
    await begin({ headerBytes: 2000, bodyBytes: 100 })
    const long = `GET ${info} HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(2000)}\r\n\r\n`
    expect(await sendRaw(server.port, long)).toMatch(/^HTTP\/1\.1 431/)
    const response = await fetch(server.url + info, { method: 'POST', body: 'x'.repeat(101) })
    expect(response.status).toBe(413)
    expect((await fetch(server.url + info)).status).toBe(200)
  })

  test('of connections is refused the next one, which is told once', async () => {
    await begin({ connections: 3 })
    const three = [await open(), await open(), await open()]
    for (let count = 0; count < 3; count++) {
      expect(await sendRaw(server.port, `GET ${info} HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe('')
    }
    expect(told).toEqual(['1 connection(s) were refused: 3 are open already, which is the limit.'])
    for (const socket of three) socket.destroy()
    const status = (): Promise<unknown> => fetch(server.url + info).then((answer) => answer.status, String)
    await expect.poll(status).toBe(200)
  })
})
