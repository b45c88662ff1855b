import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'

/** Why the tests of the shared store cannot run here, or undefined where they can. */
export const missing: string | undefined = reasonToSkip()

function reasonToSkip(): string | undefined {
  const found = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0)
  if (found !== undefined) return undefined
  const reason = 'there is neither redis-server nor valkey-server on this machine'
  process.stderr.write(`The tests of the shared store are skipped: ${reason}.\n`)
  return reason
}

/** A Redis of its own, in a directory of its own. */
export class RedisServer {
  readonly port: number
  readonly #dir: string
  #process: ChildProcess | undefined

  readonly #isDurable: boolean

  readonly #more: readonly string[]

  private constructor(port: number, isDurable: boolean, more: readonly string[]) {
    this.port = port
    this.#isDurable = isDurable
    this.#more = more
    this.#dir = mkdtempSync(join(tmpdir(), 'understudy-redis-'))
  }

  /** One that is durable has every write on the disk before it answers. There may be more for its command line. */
  static async start({
    durable = false,
    more = [],
  }: { readonly durable?: boolean; readonly more?: readonly string[] } = {}): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), durable, more)
    await server.begin()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Starts it, again if need be, with everything that it kept; resolves when it answers. */
  async begin(): Promise<void> {
    const options = {
      port: String(this.port),
      bind: '127.0.0.1',
      dir: this.#dir,
      appendonly: this.#isDurable ? 'yes' : 'no',
      appendfsync: 'always',
      save: '',
    }
    const args = Object.entries(options)
      .flatMap(([name, value]) => [`--${name}`, value])
      .concat(this.#more)
    const name = spawnSync('redis-server', ['--version']).status === 0 ? 'redis-server' : 'valkey-server'
    this.#process = spawn(name, args, { stdio: 'ignore' })
    // At first it may only say that it is still reading what it kept.
    while ((await this.command('PING').catch(() => undefined)) !== 'PONG') {
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  /** Sends one command by a connection of its own. */
  async command(...command: readonly string[]): Promise<unknown> {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: (tries) => (tries < 400 ? 25 : false) } })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await client.sendCommand(command)
    } finally {
      client.destroy()
    }
  }

  /** Ends it at once, as if the machine's memory had run out; resolves when it is gone. */
  async kill(): Promise<void> {
    const running = this.#process
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await gone
  }

  /** Stops it as it is: connections stay, and nothing is answered. */
  pause(): void {
    this.#process?.kill('SIGSTOP')
  }

  resume(): void {
    this.#process?.kill('SIGCONT')
  }

  async stop(): Promise<void> {
    await this.kill()
    rmSync(this.#dir, { recursive: true, force: true })
  }
}

/** A port of this machine that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
