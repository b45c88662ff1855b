import { fromLogText, type LogItem } from '../../../src/store/log-text.ts'
import { toLogged } from '../../../src/store/redis/follow.ts'
import type { RedisServer } from '../redis-server.ts'

/** One commit of a world, with its number. */
export interface Item extends LogItem {
  readonly commit: number
}

/** Everything that was ever committed in a world, in order. */
export async function readLog(redis: RedisServer, prefix: string, world: string): Promise<readonly Item[]> {
  const epoch = String(await redis.command('HGET', prefix, 'epoch'))
  const items: Item[] = []
  for (const of of ['requests', 'changes']) {
    const entries = await redis.command('XRANGE', `${prefix}:${epoch}:world:${world}:${of}`, '-', '+')
    for (const entry of entries as readonly (readonly [string, readonly string[]])[]) {
      const logged = toLogged(entry)
      items.push({ commit: logged.commit, ...fromLogText(world, logged) })
    }
  }
  return items.sort((one, other) => one.commit - other.commit)
}
