import type { RequestView } from '../../src/index.ts'
import { listenerHost } from '../hosts/listener.ts'
import type { Host, Received } from '../hosts/host.ts'
import type { RedisServer } from './redis-server.ts'
import { freshPrefix, share } from './shared.ts'

/**
 * A listener whose world is in Redis. What a behaviour does to the world by hand is done there by a second server, so
 * that what the first one remembers is out of date each time; what the requests did is then copied back.
 */
export function redisHost(redis: () => RedisServer): Host {
  return {
    name: 'Redis',
    open: async (world) => {
      const options = { url: redis().url, prefix: freshPrefix(), salt: 'behaviour', time: () => 0, patienceMs: 10_000 }
      const { source } = world.scenario
      const [server, desk] = [await share(source, options), await share(source, { ...options, salt: 'desk' })]
      const stand = await listenerHost.open(server.worlds as unknown as typeof world)
      let requests: RequestView[] = []
      Object.defineProperty(world, 'requests', { get: () => requests })
      let copied = JSON.stringify(world.snapshot())
      let copying = Promise.resolve()

      const copyThere = async (): Promise<void> => {
        const snapshot = world.snapshot()
        if (JSON.stringify(snapshot) !== copied)
          await desk.worlds.act([], desk.worlds, (there) => there.restore(snapshot))
      }
      const copyBack = async (): Promise<void> => {
        const { result } = await desk.worlds.act(
          [],
          desk.worlds,
          (there) => [there.snapshot(), there.requests] as const,
        )
        world.restore(result[0])
        requests = result[1]
        copied = JSON.stringify(world.snapshot())
      }
      return {
        send: async (request) => {
          copying = copying.then(copyThere)
          await copying
          const received = await stand.send(request)
          copying = copying.then(copyBack)
          await copying
          return withoutCommit(received)
        },
        close: async () => {
          await stand.close()
          server.engine.close()
          desk.engine.close()
        },
      }
    },
  }
}

/** Only answers of shared worlds tell their place in the order of the store. */
function withoutCommit(received: Received): Received {
  return { ...received, headers: received.headers.filter(([name]) => name !== 'x-understudy-commit') }
}
