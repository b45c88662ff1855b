import { afterAll, beforeAll, describe } from 'vitest'
import { playOn } from '../suites/behaviour.ts'
import { secureLoginBehaviours } from '../suites/secure-login.suite.ts'
import { redisHost } from './redis-host.ts'
import { missing, RedisServer } from './redis-server.ts'

describe.skipIf(missing !== undefined)('a world in Redis', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(() => redis.stop())

  playOn(
    redisHost(() => redis),
    'secure-login',
    secureLoginBehaviours,
  )
})
