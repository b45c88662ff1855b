import cluster from 'node:cluster'
import { UnderstudyError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'

/** Processes that answer on one port. */
export interface Workers {
  /** What the first one told once it listened; all listen by then. */
  readonly told: Json
  /** Asks them to finish what was begun, and waits until they have. */
  readonly close: () => Promise<void>
}

/** How workers are started. */
export interface WorkersOptions {
  readonly count: number
  /** Added to the environment of each. */
  readonly env: NodeJS.ProcessEnv
  /** Told, in words, when one has ended that should not have. */
  readonly onLoss: (what: string) => void
}

/** Whether this process is one of several on one port. */
export function isWorker(): boolean {
  return cluster.isWorker
}

/** Tells the process that started this one what there is to tell. */
export function tellPrimary(what: Json): void {
  process.send?.(what)
}

/** Lets this process end: as long as it is a worker it would wait to be told what to do. */
export function leavePrimary(): void {
  cluster.worker?.disconnect()
}

/** So many workers may be lost within a minute before it is given up. */
const mostLosses = 10

/**
 * Runs this process's own command line in so many processes that share its port. One that dies is replaced. Throws what
 * keeps them from listening.
 */
export async function startWorkers({ count, env, onLoss }: WorkersOptions): Promise<Workers> {
  cluster.setupPrimary({ exec: process.argv[1] ?? '', args: process.argv.slice(2) })
  let isClosing = false
  let losses: number[] = []
  const close = async (): Promise<void> => {
    isClosing = true
    const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    const ended = running.map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    for (const worker of running) worker.process.kill('SIGTERM')
    await Promise.all(ended)
  }
  let told: Json
  try {
    // What keeps one from listening keeps all, and is to be told once.
    told = await untilListening(env)
    await Promise.all(Array.from({ length: count - 1 }, () => untilListening(env)))
  } catch (error) {
    await close()
    throw error
  }
  cluster.on('exit', (worker, code, signal) => {
    if (isClosing) return
    const now = Date.now()
    losses = [...losses.filter((at) => now - at < 60_000), now]
    const how = `Worker ${String(worker.process.pid)} ended with ${signal ?? code}`
    if (losses.length > mostLosses) {
      onLoss(`${how}; ${losses.length} were lost within a minute, so it is not replaced.`)
      return
    }
    onLoss(`${how} and is replaced.`)
    untilListening(env).catch((error: Error) => onLoss(error.message))
  })
  return { told, close }
}

/** Starts one; what it tells once it listens. What it has to complain of it has printed itself. */
function untilListening(env: NodeJS.ProcessEnv): Promise<Json> {
  return new Promise((resolve, reject) => {
    const worker = cluster.fork(env)
    worker.once('message', (told: Json) => resolve(told))
    worker.once('exit', (code) =>
      reject(new UnderstudyError('ERR_USAGE', `A worker ended with ${code} before it listened.`)),
    )
  })
}
