import { nodeHost } from '../adapters/node-host.ts'
import { traceVariable } from '../adapters/trace-file.ts'
import { RedisEngine } from '../adapters/redis/engine.ts'
import { readPlace } from '../adapters/redis/place.ts'
import { sameJson } from '../core/json.ts'
import { createSharedWorldsOn, defaultLimits, type WorldOptions } from '../scenario/create-world.ts'
import { toNamed } from '../world/shared-scenario.ts'
import type { Playable } from '../world/world-source.ts'
import type { Io } from './io.ts'

/** Worlds in a store, and how to leave it. */
export interface Joined {
  readonly main: Playable
  readonly close: () => void
}

const { sessions: grown, ...others } = defaultLimits
const limits = { ...others, grown }

/**
 * Joins the servers of a store, or is the first of them. Throws ERR_USAGE for a URL that is none, and
 * ERR_STORE_UNAVAILABLE where nobody answers.
 */
export async function joinStore(io: Io, url: string, scenario: string, options: WorldOptions): Promise<Joined> {
  const place = readPlace(url)
  const engine = new RedisEngine({ place, limits })
  try {
    // The servers may run on machines whose clocks differ: all go by that of the store.
    const host = nodeHost(io.cwd, () => io.now() + engine.clockOffset)
    const main = await createSharedWorldsOn(host, scenario, options, engine)
    const { result: played } = await main.act([], main, async (world) => {
      await world.ready()
      return world.worlds.scenario
    })
    if (!sameJson(toNamed(played), toNamed(main.scenario))) {
      const other = `${place.shown.replace(/\/*$/, '')}?prefix=…`
      io.err(
        `The store ${place.shown} goes on with ${played.name} as it was begun there; ${scenario} is left aside. With another prefix it begins anew: --store ${other}`,
      )
    }
    if ((io.env[traceVariable] ?? '') !== '') io.err(`${traceVariable} is left aside: a shared store is not traced.`)
    return { main, close: () => engine.close() }
  } catch (error) {
    engine.close()
    throw error
  }
}
