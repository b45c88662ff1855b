import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Scenario } from '../../../src/index.ts'

/** Servers of one store, each a process of its own. */
export class Servers {
  readonly urls: readonly string[]
  readonly #processes: readonly ChildProcess[]
  readonly #complaints: string[] = []

  private constructor(urls: readonly string[], processes: readonly ChildProcess[]) {
    this.urls = urls
    this.#processes = processes
    for (const child of processes) child.stderr?.on('data', (text: Buffer) => this.#complaints.push(String(text)))
  }

  /** Bent ones commit without comparing. */
  static async start(count: number, store: string, scenario: Scenario, bent = false): Promise<Servers> {
    const file = fileURLToPath(new URL('server.js', import.meta.url))
    const processes = Array.from({ length: count }, () =>
      spawn(process.execPath, [file, JSON.stringify({ store, scenario, bent })], { stdio: 'pipe' }),
    )
    const urls = await Promise.all(
      processes.map(async (child) => {
        const ended = once(child, 'exit').then(([code]) => {
          throw new Error(`a server ended with ${String(code)}: ${String(child.stderr.read() ?? '')}`)
        })
        const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer]
        return String(line).trim()
      }),
    )
    return new Servers(urls, processes)
  }

  /** What they wrote about faults of their own. */
  get complaints(): string {
    return this.#complaints.join('')
  }

  stop(): void {
    for (const child of this.#processes) child.kill('SIGKILL')
  }
}
