import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Line } from './page.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
const env = { ...process.env, NO_COLOR: '1' }

/** A directory that looks like the project's, for pages to be tried in without leaving anything behind. */
export class Workplace {
  readonly path: string = mkdtempSync(join(tmpdir(), 'understudy-docs-'))
  /** The ports that pages name, and those that are free here. */
  readonly #ports: ReadonlyMap<string, number>
  readonly #stops: (() => Promise<void>)[] = []

  private constructor(ports: ReadonlyMap<string, number>) {
    this.#ports = ports
    for (const entry of readdirSync(root)) {
      // Not how this project runs its own tests: a page's are run as by anybody who has no such file.
      if (!entry.startsWith('.') && entry !== 'vitest.config.ts') symlinkSync(join(root, entry), join(this.path, entry))
    }
  }

  static async create(): Promise<Workplace> {
    const ports = new Map<string, number>()
    for (const named of ['4010', '4011', '6379']) ports.set(named, await freePort())
    return new Workplace(ports)
  }

  /** Runs a command in the background until it has printed `sign`. */
  async begin(code: string, sign: string): Promise<void> {
    const child = spawn('bash', ['-c', this.#here(code)], {
      cwd: this.path,
      env: { ...env, UNDERSTUDY_PORT: String(this.#ports.get('4010')) },
      detached: true,
    })
    let printed = ''
    const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
    this.#stops.push(async () => {
      // The whole group: npm starts a shell that starts node.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
      await ended
    })
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        printed += chunk.toString()
        if (printed.includes(sign)) resolve()
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      void ended.then(() => reject(new Error(`${code} ended without "${sign}": ${printed}`)))
    })
  }

  /** Runs lines in one shell; gives back what each printed as data, on stdout. A line that fails ends it. */
  async shell(lines: readonly Line[]): Promise<string[]> {
    const script = lines.map(({ code }, index) => `{ ${this.#here(code)}\n} > .out-${index} 2> .err-${index}`).join('\n')
    await run('bash', ['-eu', '-o', 'pipefail', '-c', script], { cwd: this.path, env }).catch((error: unknown) => {
      const printed = lines.map((_, index) => this.#read(`.out-${index}`) + this.#read(`.err-${index}`)).join('')
      throw new Error(`${String(error)}\n${printed}`)
    })
    return lines.map((_, index) => this.#read(`.out-${index}`))
  }

  /** Writes a file for later blocks to use. */
  save(name: string, code: string): void {
    const path = join(this.path, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, this.#here(code))
  }

  /** Runs a script as a module of a project that has this package; gives back what it printed. */
  async script(code: string): Promise<string> {
    writeFileSync(join(this.path, 'script.mjs'), code)
    return this.play('script.mjs')
  }

  /** Runs a file that was saved; gives back what it printed. */
  async play(name: string): Promise<string> {
    const { stdout } = await run(process.execPath, [name], { cwd: this.path, env })
    return stdout
  }

  /** Has a scenario checked. */
  async scenario(code: string): Promise<string> {
    writeFileSync(join(this.path, 'page.yaml'), code)
    const { stdout } = await run(process.execPath, ['bin/understudy.js', 'scenario', 'check', 'page.yaml'], { cwd: this.path })
    return stdout
  }

  async close(): Promise<void> {
    for (const stop of this.#stops.toReversed()) await stop()
    rmSync(this.path, { recursive: true, force: true })
  }

  /** Pages name ports, which may be taken here; and npx, which takes longer than what it starts. */
  #here(code: string): string {
    return code
      .replaceAll(/(127\.0\.0\.1:|--port |-p )(\d+)/g, (all, before: string, port: string) =>
        this.#ports.has(port) ? before + String(this.#ports.get(port)) : all,
      )
      .replaceAll('npx understudy ', 'node bin/understudy.js ')
  }

  #read(name: string): string {
    try {
      return readFileSync(join(this.path, name), 'utf8')
    } catch {
      return ''
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
