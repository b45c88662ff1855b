import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld } from '../../../src/index.ts'
import type { Setup } from '../../../src/world/setup.ts'
import { tries } from '../../support/sample.ts'
import { missing, RedisServer } from '../redis-server.ts'
import { check, type Findings } from './check.ts'
import { readLog } from './log.ts'
import { History } from './operation.ts'
import { Servers } from './servers.ts'
import { contested, runClients } from './workload.ts'

const operations = tries('UNDERSTUDY_TEST_OPERATIONS', 4000, 300_000)
const clients = 200
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
  readonly operations: number
}

async function run({ name, servers, operations: count }: Run): Promise<Findings> {
  const history = new History('main')
  await runClients(history, servers.urls, { clients, seed, isOver: (done) => done >= count / clients })
  const findings = check(history.operations, await readLog(redis, name, 'main'), setup)
  const { wrong, ...figures } = findings
  process.stderr.write(`${name}: ${JSON.stringify({ ...figures, wrong: wrong.length })}\n`)
  return findings
}

describe.skipIf(missing !== undefined)('4 servers and 200 clients', () => {
  test('do everything in one order, which is that of the clients', { timeout: 120_000 + operations * 20 }, async () => {
    const servers = await Servers.start(4, `${redis.url}?prefix=calm`, contested)
    try {
      const { wrong, answered, taken, blocks, changes } = await run({ name: 'calm', servers, operations })
      expect(wrong.slice(0, 5)).toEqual([])
      expect(answered).toBeGreaterThan(operations / 2)
      expect([taken, blocks, changes].filter((count) => count < 3)).toEqual([])
      expect(servers.complaints).toBe('')
    } finally {
      servers.stop()
    }
  })

  test('are found out if they commit without comparing', async () => {
    const servers = await Servers.start(4, `${redis.url}?prefix=bent`, contested, true)
    try {
      const { wrong } = await run({ name: 'bent', servers, operations: 2000 })
      expect(wrong.length).toBeGreaterThan(0)
    } finally {
      servers.stop()
    }
  })
})
