import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld } from '../../../src/index.ts'
import type { Setup } from '../../../src/world/setup.ts'
import { tries } from '../../support/sample.ts'
import { missing, RedisServer } from '../redis-server.ts'
import { check } from './check.ts'
import { readLog } from './log.ts'
import { History, type Operation } from './operation.ts'
import { Proxy } from './proxy.ts'
import { Servers } from './servers.ts'
import { contested, runClients } from './workload.ts'

const rounds = tries('UNDERSTUDY_TEST_OUTAGES', 1, 10)
const seed = process.env['UNDERSTUDY_TEST_SEED'] ?? 'clients'

let redis: RedisServer
let proxy: Proxy
let setup: Setup
beforeAll(async () => {
  if (missing !== undefined) return
  redis = await RedisServer.start({ durable: true })
  proxy = await Proxy.start(redis.port)
  setup = (await createWorld(contested)).scenario
})
afterAll(async () => {
  await proxy?.close()
  await redis?.stop()
})

/** Everything that can happen to a store, each for so long, and how it ends. */
const outages: readonly (readonly [begin: () => unknown, ms: number, end: () => unknown])[] = [
  [() => redis.kill(), 700, () => redis.begin()],
  [() => redis.pause(), 3000, () => redis.resume()],
  [() => proxy.cut(), 1500, () => proxy.heal()],
  [() => proxy.silence(), 3500, () => proxy.heal()],
]

describe.skipIf(missing !== undefined)('a store that is restarted, paused, cut off and silent', () => {
  test(
    'costs answers and nothing else: callers are told to come back, nothing is lost or done twice, and all goes on by itself',
    { timeout: 180_000 + rounds * 180_000 },
    async () => {
      const servers = await Servers.start(4, `redis://127.0.0.1:${proxy.port}?prefix=outages`, contested)
      const history = new History('main')
      const isDone = { value: false }
      const clients = runClients(history, servers.urls, { clients: 200, seed, isOver: () => isDone.value })
      try {
        for (let round = 0; round < rounds; round++) {
          for (const [begin, ms, end] of outages) {
            await pause(700)
            await begin()
            await pause(ms)
            await end()
            await untilAllServe(history, servers.urls)
          }
        }
      } finally {
        isDone.value = true
        await clients
        servers.stop()
      }
      const { wrong, ...figures } = check(history.operations, await readLog(redis, 'outages', 'main'), setup)
      process.stderr.write(`outages: ${JSON.stringify({ ...figures, wrong: wrong.length })}\n`)
      expect(wrong.slice(0, 5)).toEqual([])
      expect(history.operations.filter(({ answer }) => answer === undefined)).toEqual([])
      expect(history.operations.filter(isRefused).length).toBeGreaterThan(100)
      expect(history.operations.filter(isRefused).map(refusalOf).filter(unique)).toEqual([
        '1 application/problem+json ERR_STORE_UNAVAILABLE',
      ])
      expect(servers.complaints).toBe('')
    },
  )
})

function isRefused({ answer }: Operation): boolean {
  return answer?.status === 503
}

function refusalOf({ answer }: Operation): string {
  const { code } = JSON.parse(answer?.body ?? '{}') as { code?: string }
  return `${String(answer?.headers['retry-after'])} ${String(answer?.headers['content-type'])} ${String(code)}`
}

function unique(text: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(text) === index
}

/** Waits until every server has answered something that was asked from now on; two minutes at the most. */
async function untilAllServe(history: History, urls: readonly string[]): Promise<void> {
  const asked = new History('main')
  const before = performance.now()
  for (const url of urls) {
    for (;;) {
      const { answer } = await asked.ask(url, 'GET', '/__understudy/clock', {})
      if (answer?.status === 200) break
      if (performance.now() - before > 120_000) throw new Error(`${url} is not back after two minutes: ${answer?.body}`)
      await pause(100)
    }
  }
  expect(history.operations.length).toBeGreaterThan(0)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
