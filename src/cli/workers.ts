import { tokenFor, type ListenOptions, type Listener } from '../adapters/node.ts'
import { startWorkers } from '../adapters/workers.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Io } from './io.ts'
import { toNumber, type ServeOptions } from './serve-options.ts'

/**
 * A way to listen with several processes, each of which runs this command line. Throws ERR_USAGE where they could not be
 * one mock.
 */
export function planWorkers(
  io: Io,
  { workers, store }: ServeOptions,
  { host = '127.0.0.1', adminToken, tls }: ListenOptions,
): () => Promise<Listener> {
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
  return async () => {
    const { told, close } = await startWorkers({ count, env, onLoss: (what) => io.err(what) })
    const { url, port } = told as { readonly url: string; readonly port: number }
    return { url, port, adminToken: token, certificate: tls?.cert, close }
  }
}
