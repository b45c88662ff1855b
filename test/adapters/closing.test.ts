import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener, type ListenOptions } from '../../src/node.ts'

const info = '/jira/rest/securelogin-admin/1.0/api/info'

async function begin(options: ListenOptions = {}): Promise<{ world: WorldOf; server: Listener }> {
  const world = await createWorld()
  return { world, server: await listen(world, options) }
}

function soon(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function duration(work: Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work
  return performance.now() - before
}

describe('a server that is closed', () => {
  test('finishes what was begun, and takes nothing new', async () => {
    const { world, server } = await begin()
    world.faults.add({ on: '*', delay: '400ms' })
    const begun = fetch(server.url + info)
    await soon(100)
    const closed = server.close()
    await expect(fetch(server.url + info)).rejects.toThrow('fetch failed')
    expect((await begun).status).toBe(200)
    expect(await duration(closed)).toBeLessThan(1000)
  })

  test('closes connections that are kept alive, also those whose last answer is on the way', async () => {
    const { world, server } = await begin()
    world.faults.add({ on: '*', delay: '300ms', nth: 2 })
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    const ended = new Promise((resolve) => socket.on('close', resolve))
    for (let count = 0; count < 2; count++) {
      socket.write(`GET ${info} HTTP/1.1\r\nHost: a\r\n\r\n`)
      await soon(100)
    }
    expect(await duration(server.close())).toBeLessThan(2000)
    await ended
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2)
  })

  test('ends event streams at once', async () => {
    const { server } = await begin()
    const response = await fetch(`${server.url}/__understudy/events`)
    const text = response.text()
    expect(await duration(server.close())).toBeLessThan(1000)
    expect(await text).toBe(': events follow\n\n')
  })

  test('waits for nobody longer than its limit', async () => {
    const { world, server } = await begin({ limits: { drainMs: 200 } })
    world.faults.add({ on: '*', delay: '1h' })
    const begun = fetch(server.url + info).catch(() => 'cut off')
    const half = connect(server.port, '127.0.0.1')
    half.on('error', () => undefined)
    half.write(`POST ${info} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab`)
    await soon(100)
    expect(await duration(server.close())).toBeLessThan(1500)
    expect(await begun).toBe('cut off')
  })

  test('may be closed twice', async () => {
    const { server } = await begin()
    await Promise.all([server.close(), server.close()])
    await expect(fetch(server.url + info)).rejects.toThrow('fetch failed')
  })
})
