import { secureLoginBehaviours } from '../suites/secure-login.suite.ts'
import { playInRedis } from './play-in-redis.ts'

playInRedis('secure-login', secureLoginBehaviours)
