import { nodeHost } from '../hosts/node-host.ts'
import { traceVariable } from '../hosts/trace-file.ts'
import { RedisStore } from '../store/redis/redis-store.ts'
import { readPlace, type RedisPlace } from '../store/redis/place.ts'
import { isWorker } from '../server/workers.ts'
import { formatPath, UnderstudyError } from '../core/errors.ts'
import { differenceOf } from '../core/json.ts'
import { version } from '../core/version.ts'
import { createSharedWorldsOn, defaultRetention, type WorldOptions } from '../scenario/create-world.ts'
import { isOurs } from '../scenario/chosen-apis.ts'
import type { ApiSet } from '../scenario/written-scenario.ts'
import type { Setup } from '../world/setup.ts'
import { makeOf } from '../store/api-make.ts'
import { toNamed } from '../store/shared-scenario.ts'
import type { SharedWorlds } from '../store/shared-worlds.ts'
import type { Playable } from '../world/world-source.ts'
import type { Io } from './io.ts'
import type { ServeOptions } from './serve-options.ts'

/** Worlds in a store, and how to leave it. */
export interface Joined {
  readonly main: Playable
  readonly close: () => void
}

const { sessions: grown, ...kept } = defaultRetention
const limits = { ...kept, grown }

/** How often a server looks whether the store is there, and still whole. */
const beatMs = 1000
const until = 'Whoever asks is answered 503 until it can.'

/**
 * Joins the servers of a store, or is the first of them. Throws ERR_USAGE for a URL that is none, ERR_STORE_UNAVAILABLE
 * where nobody answers, and ERR_STORE_REFUSED where no retry mends it: by what the store is, or as its servers are others.
 */
export async function joinStore(
  io: Io,
  { store: url = '', watch = false }: Pick<ServeOptions, 'store' | 'watch'>,
  scenario: string,
  options: WorldOptions<ApiSet>,
): Promise<Joined> {
  const place = readPlace(url)
  // Who started several tells for all of them.
  const tell = isWorker() ? (): void => undefined : io.err
  const others = Object.values(options.apis ?? {}).filter((api) => !isOurs(api))
  const make = {
    version,
    mutants: (options.mutants ?? []).toSorted(),
    apis: Object.fromEntries(others.map((api) => [api.id, makeOf(api)])),
  }
  const worlds = options.worldLimit ?? limits.worlds
  const store = new RedisStore({ place, limits: { ...limits, worlds }, make, onLoss: tell })
  try {
    // The servers may run on machines whose clocks differ: all go by that of the store.
    const host = nodeHost(io.cwd, () => io.now() + store.clockOffset)
    const main = await createSharedWorldsOn(host, scenario, options, store)
    const { warning } = await store.inspect()
    await main.act([], main, async (world) => {
      await world.ready()
      checkStarted(place, world.worlds.started, main.scenario, watch)
    })
    if (warning !== undefined) tell(warning)
    if ((io.env[traceVariable] ?? '') !== '') tell(`${traceVariable} is left aside: a shared store is not traced.`)
    const stop = watchStore(main, store, place.shown, tell)
    return {
      main,
      close: () => {
        stop()
        store.close()
      },
    }
  } catch (error) {
    store.close()
    throw error
  }
}

/** Throws ERR_STORE_REFUSED where a store was begun with another scenario. An edit of it may be taken over with --watch. */
function checkStarted({ shown, beside }: RedisPlace, there: Setup, here: Setup, watch: boolean): void {
  const [theirs, ours] = [toNamed(there), toNamed(here)]
  const path = differenceOf({ ...theirs, name: '' }, { ...ours, name: '' })
  if (path === undefined || (watch && theirs.name === ours.name)) return
  const where = path.length > 1 ? `: they differ at ${formatPath(path.slice(1))}` : ''
  const remedy =
    theirs.name === ours.name
      ? `The store ${shown} was begun with another ${ours.name}${where}. Add --watch to have all servers take this one over`
      : `The store ${shown} was begun with ${theirs.name}, and this server with ${ours.name}. Serve ${theirs.name} as well`
  throw new UnderstudyError('ERR_STORE_REFUSED', `${remedy}, or begin another store beside it: --store ${beside}`)
}

/** Looks at the store from time to time, as its losses would otherwise be noticed with the next request. */
function watchStore(main: SharedWorlds, store: RedisStore, shown: string, tell: (what: string) => void): () => void {
  let isLooking = false
  let isOver = false
  let trouble = ''
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    const before = trouble
    trouble = await main
      .act([], main, (world) => world.clock.now)
      .then(
        () => '',
        (error: UnderstudyError) =>
          error.code === 'ERR_STORE_UNAVAILABLE'
            ? `The store ${shown} cannot be used: ${store.trouble}. ${until}`
            : error.message,
      )
    isLooking = false
    if (trouble === before || isOver) return
    // While it is away the reason may change; that it is away was told.
    if (before === '' || !trouble.endsWith(until))
      tell(trouble === '' ? `The store ${shown} can be used again.` : trouble)
  }
  const beat = setInterval(() => void look(), beatMs)
  beat.unref()
  return () => {
    isOver = true
    clearInterval(beat)
  }
}
