import { mkdirSync, openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { printable } from '../core/printable.ts'
import { traceTo, type TraceLine } from '../world/trace.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../world/worlds.ts'

/** Where a trace goes. */
export interface TraceOptions {
  /** The directory (UNDERSTUDY_TRACE, or `.understudy/traces`). */
  readonly dir?: string
}

/** The variable that has every world of a process traced, and where to. */
export const traceVariable = 'UNDERSTUDY_TRACE'

/** Where traces are when nobody says where. */
export const usualTraces = '.understudy/traces'

const files = new Map<string, TraceFile>()
const traced = new WeakMap<Worlds, Map<string, () => void>>()

/**
 * Leaves a trace of what a world, and the others of its scenario, are asked from now on: for `understudy coverage` and
 * `understudy pact write`. Secrets are not in it. Each process writes a file of its own. The result stops it.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { trace } from 'auth-understudy/node'
 *
 * const stop = await trace(await createWorld(), { dir: 'traces' })
 * // … tests …
 * stop()
 * ```
 * @since 0.1.0
 */
export async function trace(world: World, options: TraceOptions = {}): Promise<() => void> {
  const dir = resolve(options.dir ?? (process.env[traceVariable] || usualTraces))
  const present = traced.get(world.worlds)?.get(dir)
  // By the variable and by hand, or by two: each request is written once.
  if (present !== undefined) return present
  const file = files.get(dir) ?? new TraceFile(dir)
  files.set(dir, file)
  const stop = await traceTo(world, (line) => file.write(line))
  const stopAndForget = (): void => {
    stop()
    traced.get(world.worlds)?.delete(dir)
  }
  traced.set(world.worlds, (traced.get(world.worlds) ?? new Map<string, () => void>()).set(dir, stopAndForget))
  return stopAndForget
}

/** Traces a world where the environment says so. */
export async function traceIfAsked(
  world: World,
  env: { readonly [name: string]: string | undefined },
  cwd: string,
): Promise<void> {
  const dir = env[traceVariable]
  if (dir !== undefined && dir !== '') await trace(world, { dir: resolve(cwd, dir) })
}

/** The file of this process, or thread, in a directory; made with the first line. */
class TraceFile {
  readonly #dir: string
  #file: number | undefined
  #isBroken = false

  constructor(dir: string) {
    this.#dir = dir
  }

  /** At once and whole, as test runners end their processes without asking. */
  write(line: TraceLine): void {
    if (this.#isBroken) return
    try {
      this.#file ??= this.#open()
      writeSync(this.#file, `${JSON.stringify(line)}\n`)
    } catch (error) {
      // What is tested does not depend on being traced.
      this.#isBroken = true
      const why = error instanceof Error ? error.message : String(error)
      process.emitWarning(printable(`auth-understudy can no longer leave a trace in ${this.#dir}: ${why}`))
    }
  }

  #open(): number {
    mkdirSync(this.#dir, { recursive: true })
    // Test runners give process numbers again, have several threads, and load modules anew for each file.
    const name = `${process.pid}-${crypto.randomUUID().slice(0, 12)}.ndjson`
    return openSync(`${this.#dir}/${name}`, 'a')
  }
}
