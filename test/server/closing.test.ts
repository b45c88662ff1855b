import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener, type ListenOptions } from '../../src/node.ts'
import { until } from '../cli/terminal.ts'

const info = '/jira/rest/securelogin-admin/1.0/api/info'

async function begin(options: ListenOptions = {}): Promise<{ world: WorldOf; server: Listener }> {
  const world = await createWorld()
  return { world, server: await listen(world, options) }
}

/** Whoever is waited for has an hour, and the test has not. */
const patient: ListenOptions = { limits: { drainMs: 3_600_000 } }

describe('a server that is closed', () => {
  test('finishes what was begun, and takes nothing new', async () => {
    const { world, server } = await begin(patient)
    world.faults.add({ on: '*', delay: '400ms' })
    const begun = fetch(server.url + info)
    await until(() => world.requests.length === 1)
    const closed = server.close()
    await expect(fetch(server.url + info)).rejects.toThrow('fetch failed')
    expect((await begun).status).toBe(200)
    await closed
  })

  test('closes connections that are kept alive, also those whose last answer is on the way', async () => {
    const { world, server } = await begin(patient)
    world.faults.add({ on: '*', delay: '300ms', nth: 2 })
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    const ended = new Promise((resolve) => socket.on('close', resolve))
    for (let count = 1; count <= 2; count++) {
      socket.write(`GET ${info} HTTP/1.1\r\nHost: a\r\n\r\n`)
      await until(() => world.requests.length === count)
    }
    await server.close()
    await ended
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2)
  })

  test('ends event streams at once', async () => {
    const { server } = await begin(patient)
    const response = await fetch(`${server.url}/__understudy/events`)
    const text = response.text()
    await server.close()
    expect(await text).toBe(': events follow\n\n')
  })

  test('waits for nobody longer than its limit', async () => {
    const { world, server } = await begin({ limits: { drainMs: 200 } })
    world.faults.add({ on: '*', delay: '1h' })
    const begun = fetch(server.url + info).catch(() => 'cut off')
    const half = connect(server.port, '127.0.0.1')
    half.on('error', () => undefined)
    half.write(`POST ${info} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab`)
    await until(() => world.requests.length === 1)
    await server.close()
    expect(await begun).toBe('cut off')
  })

  test('may be closed twice', async () => {
    const { server } = await begin(patient)
    await Promise.all([server.close(), server.close()])
    await expect(fetch(server.url + info)).rejects.toThrow('fetch failed')
  })
})
