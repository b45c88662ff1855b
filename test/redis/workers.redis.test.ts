import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Terminal } from '../cli/terminal.ts'
import { writeTurnstile } from '../support/turnstile-file.ts'
import { missing, RedisServer } from './redis-server.ts'
import { freshPrefix } from './shared.ts'

const bin = fileURLToPath(new URL('../../bin/understudy.js', import.meta.url))
const info = '/jira/rest/securelogin-admin/1.0/api/info'
/** A process starts in its own time where processors are shared. */
const patient = { timeout: 60_000 }

let redis: RedisServer
beforeAll(async () => {
  if (missing === undefined) redis = await RedisServer.start({ durable: true })
})
afterAll(() => redis?.stop())

interface Start {
  readonly workers?: number
  readonly env?: NodeJS.ProcessEnv
  readonly more?: readonly string[]
  readonly cwd?: string
}

/** A server of two workers, as a process of its own. */
class Primary {
  readonly url: string
  readonly #process: ChildProcess
  readonly #words: { text: string }

  private constructor(process: ChildProcess, url: string, words: { text: string }) {
    this.#process = process
    this.url = url
    this.#words = words
  }

  static async start({ workers = 2, env = {}, more = [], cwd = new Terminal().cwd }: Start = {}): Promise<Primary> {
    const store = `${redis.url}?prefix=${freshPrefix()}`
    const args = ['serve', 'default', '--store', store, '--workers', String(workers), '--port', '0', '--json', ...more]
    const primary = spawn(process.execPath, [bin, ...args], {
      cwd,
      stdio: 'pipe',
      env: { ...process.env, ...env },
    })
    onTestFinished(() => void primary.kill('SIGKILL'))
    const words = { text: '' }
    primary.stderr.on('data', (text: Buffer) => {
      words.text += String(text)
    })
    const ended = once(primary, 'exit').then(([code]) => {
      throw new Error(`it ended with ${String(code)} before it listened: ${words.text}`)
    })
    const [line] = (await Promise.race([once(primary.stdout, 'data'), ended])) as [Buffer]
    ended.catch(() => undefined)
    return new Primary(primary, (JSON.parse(String(line)) as { url: string }).url, words)
  }

  /** What it wrote to stderr. */
  get words(): string {
    return this.#words.text
  }

  get workers(): number[] {
    const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(this.#process.pid)], { encoding: 'utf8' })
    return stdout.split('\n').map(Number).filter(Boolean)
  }

  killAll(): void {
    for (const worker of this.workers) process.kill(worker, 'SIGKILL')
  }

  /** How it answers; 0 where nobody does. What is sent to a worker that is just being killed is never answered. */
  async status(): Promise<number> {
    return fetch(this.url + info, { signal: AbortSignal.timeout(5000) }).then(
      ({ status }) => status,
      () => 0,
    )
  }

  /** Sends it a signal, if any, and waits for its end: the exit code. */
  async end(signal?: NodeJS.Signals): Promise<number> {
    const ended = once(this.#process, 'exit')
    if (signal !== undefined) this.#process.kill(signal)
    const [code] = (await ended) as [number]
    return code
  }
}

describe.skipIf(missing !== undefined)('serve --workers', () => {
  test('answers from several processes on one port, replaces one that dies, and ends them all', patient, async () => {
    const primary = await Primary.start()
    const [dying, staying] = primary.workers as [number, number]
    expect(primary.workers).toEqual([dying, staying])
    process.kill(dying, 'SIGKILL')
    await expect.poll(() => primary.words, patient).toContain(`Worker ${dying} was ended by SIGKILL and is replaced.`)
    await expect.poll(() => primary.workers.length, patient).toBe(2)
    expect(primary.workers).toContain(staying)
    // Each answer is counted, whichever process gave it.
    const asked = await Promise.all(Array.from({ length: 20 }, () => primary.status()))
    expect(asked).toEqual(asked.map(() => 200))
    const { total } = (await (await fetch(`${primary.url}/__understudy/requests?limit=1`)).json()) as { total: number }
    expect(total).toBe(20)
    expect(await primary.end('SIGTERM')).toBe(0)
    expect(primary.workers).toEqual([])
  })

  test('plays the APIs of a file in every process', patient, async () => {
    const { cwd } = new Terminal()
    const primary = await Primary.start({ cwd, more: ['--api', await writeTurnstile(cwd)] })
    const [, other] = primary.workers as [number, number]
    const enter = async (): Promise<number> =>
      (await fetch(`${primary.url}/turnstile/enter?badge=b7&code=1`, { method: 'POST' })).status
    expect(await Promise.all(Array.from({ length: 20 }, enter))).toEqual(Array.from({ length: 20 }, () => 403))
    process.kill(other, 'SIGKILL')
    await expect.poll(() => primary.words, patient).toContain('is replaced.')
    await expect.poll(() => primary.workers.length, patient).toBe(2)
    expect(await Promise.all(Array.from({ length: 20 }, enter))).toEqual(Array.from({ length: 20 }, () => 403))
    expect(await primary.end('SIGTERM')).toBe(0)
  })

  test(
    'is back by itself, on the same port, once a store is back that went away with all workers',
    patient,
    async () => {
      const primary = await Primary.start()
      await redis.kill()
      primary.killAll()
      await expect.poll(() => primary.words, patient).toContain('cannot be used: the connection was refused')
      expect([await primary.status(), primary.workers]).toEqual([0, []])
      await redis.begin()
      await expect.poll(() => primary.status(), patient).toBe(200)
      await expect.poll(() => primary.workers.length, patient).toBe(2)
      expect(primary.words).toContain('can be used again')

      // Ctrl-C while it waits ends it at once.
      await redis.kill()
      primary.killAll()
      await expect.poll(() => primary.workers, patient).toEqual([])
      expect(await primary.end('SIGINT')).toBe(130)
      await redis.begin()
    },
  )

  test('gives up with the reason, said once, when no worker is left and no retry would mend it', patient, async () => {
    const primary = await Primary.start()
    const { port } = new URL(primary.url)
    // While nobody listens somebody else takes the port.
    const thief = createServer()
    onTestFinished(() => void thief.close())
    await redis.kill()
    primary.killAll()
    await expect.poll(() => primary.words.split('was ended by SIGKILL'), patient).toHaveLength(3)
    await new Promise<void>((resolve) => {
      thief.listen(Number(port), '127.0.0.1', resolve)
    })
    const ended = primary.end()
    await redis.begin()
    expect(await ended).toBe(2)
    expect(primary.words.split('\n').filter((line) => line.includes('in use'))).toEqual([
      `error: Port ${port} of 127.0.0.1 is in use. Choose another, or 0 for any free one.`,
    ])
  })

  test('gives up when ten in a row have ended before they listened, without a word', patient, async () => {
    const dir = new Terminal().cwd
    const [preload, broken] = [join(dir, 'preload.cjs'), join(dir, 'broken')]
    writeFileSync(
      preload,
      `if (require('cluster').isWorker && require('fs').existsSync(${JSON.stringify(broken)})) process.exit(7)`,
    )
    const primary = await Primary.start({ workers: 4, env: { NODE_OPTIONS: `--require ${preload}` } })
    writeFileSync(broken, '')
    const ended = primary.end()
    primary.killAll()
    expect(await ended).toBe(1)
    const words = primary.words.split('\n').filter((line) => line.includes('ended with 7'))
    expect(words).toEqual([
      'A worker ended with 7 before it listened. It is tried again.',
      'error: A worker ended with 7 before it listened.',
    ])
  })
})
