import cluster, { type Worker } from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import { UnderstudyError, type ErrorCode } from '../core/errors.ts'
import type { Json } from '../core/json.ts'

/** Processes that answer on one port. */
export interface Workers {
  /** What the first one told once it listened; all listen by then. */
  readonly told: Json
  /** Rejects with the reason once no worker is left, and none can be had. */
  readonly gaveUp: Promise<never>
  /** Asks them to finish what was begun, and waits until they have; those that do not listen yet end at once. */
  readonly close: () => Promise<void>
}

/** How workers are started. */
export interface WorkersOptions {
  readonly count: number
  /** What each runs: the arguments behind the name of this process's own script. */
  readonly args: readonly string[]
  /** Added to the environment of each. */
  readonly env: NodeJS.ProcessEnv
  /** Resolves when what they need is there; throws where no waiting mends it. */
  readonly ready: (signal: AbortSignal) => Promise<void>
  /** Told, in words, when one has ended that should not have. */
  readonly onLoss: (what: string) => void
}

/** What a worker tells: that it listens, or why it cannot. */
type Report =
  | { readonly kind: 'listening'; readonly told: Json }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }

/** Whether this process is one of several on one port. */
export function isWorker(): boolean {
  return cluster.isWorker
}

/** Tells the process that started this one. */
export function tellPrimary(report: Report): void {
  process.send?.(report)
}

/** Lets this process end: as long as it is a worker it would wait to be told what to do. */
export function leavePrimary(): void {
  cluster.worker?.disconnect()
}

/** One that has lived for so long is replaced at once; the others after a while, which doubles. */
const steadyMs = 10_000
const [firstDelayMs, longestDelayMs] = [250, 10_000]
/** So many in a row may end before they listen, and not say why, while nobody else listens. */
const mostCrashes = 10

/**
 * Runs this process's own script in so many processes that share its port. One that dies is replaced. Throws what keeps
 * them from listening in the first place.
 */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  cluster.setupPrimary({ exec: process.argv[1] ?? '', args: [...options.args] })
  const pool = new Pool(options)
  try {
    // What keeps one from listening keeps all, and is to be told once.
    const told = await pool.start()
    await Promise.all(Array.from({ length: options.count - 1 }, () => pool.start()))
    return { told, gaveUp: pool.gaveUp, close: () => pool.close() }
  } catch (error) {
    await pool.close()
    throw error
  }
}

class Pool {
  readonly gaveUp: Promise<never>
  readonly #options: WorkersOptions
  readonly #closing = new AbortController()
  readonly #all = new Set<Worker>()
  readonly #listening = new Set<Worker>()
  #giveUp: (reason: Error) => void = () => undefined
  #crashes = 0
  #lastReason = ''

  constructor(options: WorkersOptions) {
    this.#options = options
    this.gaveUp = new Promise((_, reject) => {
      this.#giveUp = reject
    })
    // Whoever closes before that does not want to know.
    this.gaveUp.catch(() => undefined)
  }

  /** Starts one; what it tells once it listens. Throws why it does not. */
  start(): Promise<Json> {
    return new Promise((resolve, reject) => {
      const worker = cluster.fork(this.#options.env)
      const startedAt = performance.now()
      let reason: Error | undefined
      this.#all.add(worker)
      worker.on('message', (report: Report) => {
        if (report.kind === 'failed') {
          reason = new UnderstudyError(report.code, report.message)
          return
        }
        this.#listening.add(worker)
        resolve(report.told)
      })
      worker.once('exit', (code, signal) => {
        this.#all.delete(worker)
        const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`
        if (!this.#listening.delete(worker)) {
          reject(reason ?? new UnderstudyError('ERR_INTERNAL', `A worker ${how} before it listened.`))
          return
        }
        if (this.#closing.signal.aborted) return
        this.#options.onLoss(`Worker ${String(worker.process.pid)} ${how} and is replaced.`)
        void this.#replace(performance.now() - startedAt >= steadyMs ? 0 : 1)
      })
    })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    const ended = [...this.#all].map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    for (const worker of this.#all) worker.process.kill(this.#listening.has(worker) ? 'SIGTERM' : 'SIGKILL')
    await Promise.all(ended)
  }

  /** Tries until one listens, or it is of no use. */
  async #replace(tries: number): Promise<void> {
    const { signal } = this.#closing
    for (let after = tries; !signal.aborted; after++) {
      try {
        await pause(delayAfter(after), undefined, { signal })
        await this.#options.ready(signal)
        signal.throwIfAborted()
        await this.start()
        this.#crashes = 0
        this.#lastReason = ''
        return
      } catch (error) {
        if (signal.aborted || this.#isHopeless(error as Error)) return
      }
    }
  }

  /** Gives up where nobody listens, and no further try would mend what keeps them from it. */
  #isHopeless(reason: Error): boolean {
    const code = reason instanceof UnderstudyError ? reason.code : 'ERR_INTERNAL'
    if (code === 'ERR_STORE_UNAVAILABLE') return false
    if (code === 'ERR_INTERNAL') this.#crashes++
    const isLasting = code !== 'ERR_INTERNAL' || this.#crashes >= mostCrashes
    if (isLasting && this.#listening.size === 0) {
      this.#giveUp(reason)
      return true
    }
    if (reason.message !== this.#lastReason) this.#options.onLoss(`${reason.message} It is tried again.`)
    this.#lastReason = reason.message
    return false
  }
}

function delayAfter(tries: number): number {
  return tries === 0 ? 0 : Math.min(firstDelayMs * 2 ** (tries - 1), longestDelayMs)
}
