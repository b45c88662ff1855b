import { nodeHost } from '../../src/hosts/node-host.ts'
import { RedisStore } from '../../src/store/redis/redis-store.ts'
import { readPlace } from '../../src/store/redis/place.ts'
import { version } from '../../src/core/version.ts'
import type { Scenario } from '../../src/index.ts'
import { createSharedWorldsOn, type WorldOptions } from '../../src/scenario/create-world.ts'
import type { SharedWorlds } from '../../src/store/shared-worlds.ts'

/** One server's view of a store, without a socket of its own. */
export interface Shared {
  readonly worlds: SharedWorlds
  readonly engine: RedisStore
}

/** How a server uses the store. */
export interface SharedOptions extends WorldOptions {
  readonly url: string
  readonly prefix: string
  readonly patienceMs?: number
  readonly grownLimit?: number
  readonly onLoss?: (what: string) => void
}

/** Joins the store, or begins it. */
export async function share(scenario: string | Scenario, options: SharedOptions): Promise<Shared> {
  const { url, prefix, patienceMs, grownLimit = 100_000, onLoss = () => undefined, ...rest } = options
  const { journalLimit = 1000, worldLimit = 1000 } = options
  const engine = new RedisStore({
    place: readPlace(`${url}?prefix=${prefix}`),
    limits: { journal: journalLimit, worlds: worldLimit, grown: grownLimit },
    make: { version, mutants: options.mutants ?? [], apis: {} },
    onLoss,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })
  return { engine, worlds: await createSharedWorldsOn(nodeHost('.'), scenario, rest, engine) }
}

let lastPrefix = 0

/** A part of a Redis that no other test uses. */
export function freshPrefix(): string {
  return `test-${++lastPrefix}`
}
