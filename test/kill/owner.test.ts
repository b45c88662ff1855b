import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ownFile } from '../../src/state-files/owner.ts'
import { Victim } from './victim.ts'

/** `npm run test:kill` plays 200 rounds of each. */
const rounds = Number(process.env['UNDERSTUDY_TEST_KILLS'] ?? 10)

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'understudy-owner-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A process that claims files. */
class Claimer {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor() {
    const script = fileURLToPath(new URL('claimer.js', import.meta.url))
    this.#child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface(this.#child.stdout as NodeJS.ReadableStream)[Symbol.asyncIterator]()
    onTestFinished(() => this.end('SIGKILL'))
  }

  async says(): Promise<string> {
    return String((await this.#lines.next()).value)
  }

  async do(...words: readonly (string | number)[]): Promise<string> {
    this.#child.stdin?.write(`${words.join('\t')}\n`)
    return this.says()
  }

  /** Sends a signal, and waits for the end if it is one that ends. */
  async end(signal: 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = new Promise((resolve) => this.#child.on('close', resolve))
    this.#child.kill(signal)
    await ended
  }

  suspend(): void {
    this.#child.kill('SIGSTOP')
  }
}

async function claimers(count: number): Promise<Claimer[]> {
  const all = Array.from({ length: count }, () => new Claimer())
  await Promise.all(all.map((claimer) => claimer.says()))
  return all
}

/** What an owner leaves behind that was killed: a socket at which nobody listens. */
async function leaveTrace(path: string): Promise<void> {
  mkdirSync(`${path}.lock`)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(`${path}.lock/dead`, resolve))
  renameSync(`${path}.lock/dead`, `${path}.lock/0123456789abcdef`)
  await new Promise((resolve) => server.close(resolve))
  expect(readdirSync(`${path}.lock`)).toEqual(['0123456789abcdef'])
}

describe('of those who claim a file at the same moment', () => {
  test.each([
    ['that nobody had', false],
    ['whose owner was killed', true],
  ])(
    `exactly one gets one %s: 4 processes, ${rounds} rounds`,
    async (_, hadOwner) => {
      const cwd = folder()
      const all = await claimers(4)
      const winners: number[] = []
      for (let round = 0; round < rounds; round++) {
        const path = join(cwd, `state-${round}`)
        if (hadOwner) await leaveTrace(path)
        const said = await Promise.all(all.map((claimer) => claimer.do('claim', path, Date.now() + 20)))
        winners.push(said.filter((word) => word === 'owner').length)
        for (const word of said) expect(word).toMatch(/^(owner|ERR_STATE_FILE state is in use by another server: )/)
        await Promise.all(all.map((claimer) => claimer.do('leave')))
      }
      process.stderr.write(`${rounds} rounds: ${winners.filter((count) => count === 1).length} with one winner\n`)
      expect(winners).toEqual(winners.map(() => 1))
      // Nothing is left lying about.
      expect(readdirSync(cwd)).toEqual([])
    },
    60_000 + rounds * 3000,
  )

  test('one is told who has it', async () => {
    const path = join(folder(), 'state')
    const leave = await ownFile(path, 'state', 4711)
    await expect(ownFile(path, 'state', 1)).rejects.toThrow(
      /^state is in use by another server: process 4711 on \S+\. Stop/,
    )
    leave()
    ;(await ownFile(path, 'state', 1))()
  })

  test('nobody takes it from an owner that is suspended, and somebody does when that is killed', async () => {
    const path = join(folder(), 'state')
    const [owner] = (await claimers(1)) as [Claimer]
    expect(await owner.do('claim', path, 0)).toBe('owner')
    owner.suspend()
    await expect(ownFile(path, 'state', 1)).rejects.toThrow('a process that does not say which it is')
    await owner.end('SIGKILL')
    ;(await ownFile(path, 'state', 1))()
  }, 30_000)

  test('it may be as far away as paths go', async () => {
    const deep = join(folder(), ...Array.from({ length: 8 }, () => 'a-folder-with-a-long-name'))
    mkdirSync(deep, { recursive: true })
    const leave = await ownFile(join(deep, 'state'), 'state', 1)
    await expect(ownFile(join(deep, 'state'), 'state', 2)).rejects.toThrow('process 1 on')
    leave()
    expect(readdirSync(deep)).toEqual([])
  })

  test('a folder that is none is told', async () => {
    const path = join(folder(), 'state')
    writeFileSync(`${path}.lock`, '4711')
    await expect(ownFile(path, 'state', 1)).rejects.toThrow(`${path}.lock is in the way`)
  })
})

const isolated = ['--pid', '--fork', '--mount-proc'] as const
const whyNot =
  spawnSync('unshare', [...isolated, 'true']).status === 0
    ? undefined
    : 'Containers are not tried: `unshare --pid` takes Linux and its administrator.'
if (whyNot !== undefined) process.stderr.write(`${whyNot}\n`)

describe('servers that start with one state file', () => {
  test(
    'at the same moment: one serves, and when it is killed the next does',
    async () => {
      const cwd = folder()
      const count = Math.max(1, Math.floor(rounds / 5))
      const [winners, waits]: [number[], number[]] = [[], []]
      for (let round = 0; round < count; round++) {
        const all = Array.from({ length: 4 }, () => new Victim(cwd, ['--state', 'state']))
        const ready = await Promise.all(all.map((victim) => victim.isReady()))
        winners.push(ready.filter(Boolean).length)
        const refused = all.filter((_, index) => ready[index] === false).map(({ err }) => err)
        for (const said of refused) expect(said).toContain('state is in use by another server: ')
        await Promise.all(all.map((victim) => victim.kill()))
        const since = performance.now()
        const next = new Victim(cwd, ['--state', 'state'])
        expect(await next.isReady()).toBe(true)
        waits.push(performance.now() - since)
        await next.kill()
      }
      process.stderr.write(
        `${count} rounds of 4 servers; followed within ${Math.ceil(Math.max(...waits))} ms at most\n`,
      )
      expect(winners).toEqual(winners.map(() => 1))
    },
    60_000 + rounds * 3000,
  )

  test.skipIf(whyNot !== undefined)('in two containers: one serves, and is followed when it is killed', async () => {
    const cwd = folder()
    const start = (): Victim => new Victim(cwd, ['--state', 'state'], ['unshare', ...isolated, '--kill-child'])
    const first = start()
    expect(await first.isReady()).toBe(true)
    const second = start()
    expect([await second.isReady(), second.err]).toEqual([
      false,
      expect.stringContaining('another server: process 1 on'),
    ])
    await first.kill()
    const third = start()
    expect([await third.isReady(), third.err]).toEqual([true, expect.stringContaining('goes on as state has it')])
    await third.kill()
  })
})
