import { afterAll, beforeAll, describe } from 'vitest'
import { playOn } from '../suites/behaviour.ts'
import type { Behaviour } from '../suites/play.ts'
import { redisHost } from './redis-host.ts'
import { missing, RedisServer } from './redis-server.ts'

/** Plays an API's behaviours on worlds in a Redis of their own. */
export function playInRedis(api: string, behaviours: readonly Behaviour[]): void {
  describe.skipIf(missing !== undefined)('a world in Redis', () => {
    let redis: RedisServer
    beforeAll(async () => {
      redis = await RedisServer.start()
    })
    afterAll(() => redis.stop())

    playOn(
      redisHost(() => redis),
      api,
      behaviours,
    )
  })
}
