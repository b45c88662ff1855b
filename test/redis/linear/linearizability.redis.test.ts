import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld } from '../../../src/index.ts'
import type { Setup } from '../../../src/world/setup.ts'
import { missing, RedisServer } from '../redis-server.ts'
import { check, type Findings } from './check.ts'
import { readLog } from './log.ts'
import { History } from './operation.ts'
import { Servers } from './servers.ts'
import { contested, runClients } from './workload.ts'

/** UNDERSTUDY_TEST_SECONDS makes the runs longer: `npm run test:linearizability`. */
const seconds = Number(process.env['UNDERSTUDY_TEST_SECONDS'] ?? 4)
const seed = process.env['UNDERSTUDY_TEST_SEED'] ?? 'clients'

let redis: RedisServer
let setup: Setup
beforeAll(async () => {
  if (missing !== undefined) return
  redis = await RedisServer.start()
  setup = (await createWorld(contested)).scenario
})
afterAll(() => redis?.stop())

interface Run {
  readonly name: string
  readonly servers: Servers
  readonly forMs: number
}

async function run({ name, servers, forMs }: Run): Promise<Findings> {
  const history = new History('main')
  const end = performance.now() + forMs
  await runClients(history, servers.urls, { clients: 200, seed, isOver: () => performance.now() > end })
  const findings = check(history.operations, await readLog(redis, name, 'main'), setup)
  const { wrong, ...figures } = findings
  process.stderr.write(`${name}: ${JSON.stringify({ ...figures, wrong: wrong.length })}\n`)
  return findings
}

describe.skipIf(missing !== undefined)('4 servers and 200 clients', () => {
  test('do everything in one order, which is that of the clients', { timeout: 60_000 + seconds * 2000 }, async () => {
    const servers = await Servers.start(4, `${redis.url}?prefix=calm`, contested)
    try {
      const { wrong, answered, taken, blocks, changes } = await run({ name: 'calm', servers, forMs: seconds * 1000 })
      expect(wrong.slice(0, 5)).toEqual([])
      expect(answered).toBeGreaterThan(200)
      expect([taken, blocks, changes].filter((count) => count < 3)).toEqual([])
      expect(servers.complaints).toBe('')
    } finally {
      servers.stop()
    }
  })

  test('are found out if they commit without comparing', { timeout: 60_000 }, async () => {
    const servers = await Servers.start(4, `${redis.url}?prefix=bent`, contested, true)
    try {
      const { wrong } = await run({ name: 'bent', servers, forMs: 2000 })
      expect(wrong.length).toBeGreaterThan(0)
    } finally {
      servers.stop()
    }
  })
})
