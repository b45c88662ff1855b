import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { tokenFor, type ListenOptions, type Listener } from '../server/node.ts'
import { openPort } from '../server/port.ts'
import { startWorkers } from '../server/workers.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Playable } from '../world/world-source.ts'
import type { Io } from './io.ts'
import { toNumber, type ServeOptions } from './serve-options.ts'

/** A listener that is several processes. */
export interface SharedListener extends Listener {
  /** Rejects with the reason once none of them is left, and none can be had. */
  readonly gaveUp: Promise<never>
}

/**
 * A way to listen with several processes, each of which runs this command line. Throws ERR_USAGE where they could not be
 * one mock.
 */
export function planWorkers(
  io: Io,
  { workers, store }: ServeOptions,
  { host = '127.0.0.1', port: wanted = 0, adminToken, tls }: ListenOptions,
): (main: Playable) => Promise<SharedListener> {
  const count = toNumber('--workers', workers ?? '', 256)
  if (count === 0) throw new UnderstudyError('ERR_USAGE', '--workers takes at least 1.')
  if (store === undefined) {
    const message = 'Processes have no memory in common: --workers goes with --store, such as redis://127.0.0.1:6379.'
    throw new UnderstudyError('ERR_USAGE', message)
  }
  if (tls === true) {
    const message = 'Each worker would make a certificate of its own: say --tls-cert and --tls-key instead of --tls.'
    throw new UnderstudyError('ERR_USAGE', message)
  }
  const token = tokenFor(host, adminToken)
  const env = token === undefined ? {} : { UNDERSTUDY_ADMIN_TOKEN: token }
  return async (main) => {
    const port = wanted === 0 ? await freePort(host) : wanted
    const { told, gaveUp, close } = await startWorkers({
      count,
      args: withPort(process.argv.slice(2), port),
      env,
      ready: (signal) => untilUsable(main, signal),
      onLoss: (what) => io.err(what),
    })
    const { url } = told as { readonly url: string }
    return { url, port, adminToken: token, certificate: tls?.cert, gaveUp, close }
  }
}

/** A port that nobody listens on: each worker of those that follow a lost one has to have the same. */
async function freePort(host: string): Promise<number> {
  const server = createServer()
  await openPort(server, 0, host)
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A command line with another port: of an option that is given twice the last one holds. */
function withPort(args: readonly string[], port: number): readonly string[] {
  const dashes = args.indexOf('--')
  const own = dashes < 0 ? args : args.slice(0, dashes)
  return [...own, '--port', String(port), ...args.slice(own.length)]
}

/** Waits as long as the store cannot be reached. Throws ERR_STORE_REFUSED where no waiting mends it. */
async function untilUsable(main: Playable, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await main.worlds.act([], main, (world) => world.clock.now)
      return
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof UnderstudyError && error.code === 'ERR_STORE_UNAVAILABLE')) throw error
      await pause(250, undefined, { signal })
    }
  }
}
