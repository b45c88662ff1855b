import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/understudy.js', import.meta.url))

/** A real server process that keeps its state in a file, and that is killed without warning. */
export class Victim {
  url = ''
  /** What it said. */
  err = ''
  readonly #child: ChildProcess
  readonly #ended: Promise<void>

  /** With a command line before it that has it run somewhere else. */
  constructor(cwd: string, argv: readonly string[], within: readonly string[] = []) {
    const [command = '', ...args] = [...within, process.execPath, bin, 'serve', '--port', '0', '--json', ...argv]
    this.#child = spawn(command, args, { cwd })
    this.#ended = new Promise((resolve) => this.#child.on('close', () => resolve()))
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Until it serves; false if it was killed before. */
  async isReady(): Promise<boolean> {
    const { stdout, stderr } = this.#child
    stderr?.on('data', (chunk) => (this.err += String(chunk)))
    let out = ''
    const told = new Promise<boolean>((resolve) => {
      stdout?.on('data', (chunk) => {
        out += String(chunk)
        if (out.includes('\n')) resolve(true)
      })
    })
    const isReady = await Promise.race([told, this.#ended.then(() => false)])
    if (isReady) this.url = String(JSON.parse(out).url)
    return isReady
  }

  /** As the system does when memory runs out, or somebody pulls the plug on a container. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}
