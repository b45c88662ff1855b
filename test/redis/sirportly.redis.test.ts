import { sirportlyBehaviours } from '../suites/sirportly.suite.ts'
import { playInRedis } from './play-in-redis.ts'

playInRedis('sirportly', sirportlyBehaviours)
