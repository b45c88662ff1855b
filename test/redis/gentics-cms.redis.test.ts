import { genticsCmsBehaviours } from '../suites/gentics-cms.suite.ts'
import { playInRedis } from './play-in-redis.ts'

playInRedis('gentics-cms', genticsCmsBehaviours)
