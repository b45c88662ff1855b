import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Terminal, until } from '../cli/terminal.ts'
import { missing, RedisServer } from './redis-server.ts'
import { freshPrefix } from './shared.ts'

const info = '/jira/rest/securelogin-admin/1.0/api/info'

let redis: RedisServer
beforeAll(async () => {
  if (missing === undefined) redis = await RedisServer.start()
})
afterAll(() => redis?.stop())

const store = (): string => `${redis.url}?prefix=${freshPrefix()}`

async function told(url: string, path: string): Promise<unknown> {
  return (await fetch(`${url}/__understudy${path}`)).json()
}

describe.skipIf(missing !== undefined)('serve --store', () => {
  test('makes two servers one mock, and its state outlives both', async () => {
    const url = store()
    const [one, other] = [new Terminal(), new Terminal()]
    const first = await one.serve('lockout', '--store', url)
    const second = await other.serve('lockout', '--store', url)
    await one.run('user', 'set', 'zoe', 'blocked', '--for', '30m')
    expect((await other.run('user', 'show', 'zoe')).out).toContain('blocked')
    expect(await told(second.url, '/clock')).toEqual(await told(first.url, '/clock'))
    for (const terminal of [one, other]) terminal.signal('SIGTERM')
    expect([await first.done, await second.done]).toEqual([0, 0])

    const third = await one.serve('lockout', '--store', url)
    expect(await told(third.url, '/users/secure-login/zoe')).toMatchObject({ state: 'blocked' })
    expect(third.lines.err).toEqual([])
  })

  test('says which scenario the store goes on with, if it is another', async () => {
    const url = store()
    await new Terminal().serve('lockout', '--store', url)
    const { url: server, lines } = await new Terminal().serve('blocked', '--store', url)
    expect(lines.err[0]).toContain('goes on with lockout as it was begun there; blocked is left aside')
    expect(await told(server, '/state')).toMatchObject({ scenario: { name: 'lockout' } })
  })

  test('shows every request of every server with --verbose', async () => {
    const url = store()
    const watching = await new Terminal().serve('default', '--store', url, '--verbose')
    const asked = await new Terminal().serve('default', '--store', url)
    await fetch(`${asked.url}${info}`)
    await until(() => watching.lines.err.length > 0)
    expect(watching.lines.err[0]).toMatch(/r1 GET \/jira.*\/info → 200 SL-03/)
  })

  test('takes over edits of a scenario file for all', async () => {
    const url = store()
    const terminal = new Terminal()
    const file = join(terminal.cwd, 'mine.yaml')
    writeFileSync(file, 'secure-login: { users: { ada: { displayName: A, emailAddress: a@x } } }\n')
    const { lines } = await terminal.serve('mine.yaml', '--store', url, '--watch')
    const other = await new Terminal().serve('default', '--store', url)
    writeFileSync(file, 'secure-login: { users: { ada: { displayName: A, emailAddress: a@x, failures: 2 } } }\n')
    await until(() => lines.err.some((line) => line.includes('was read again for world main')))
    expect(await told(other.url, '/users/secure-login/ada')).toMatchObject({ failures: 2 })
  })

  test.each([
    [['--store', 'http://127.0.0.1'], '--store takes a URL such as redis://127.0.0.1:6379, not http://'],
    [['--store', 'nonsense'], '--store takes a URL such as redis://127.0.0.1:6379.'],
    [['--store', 'redis://127.0.0.1?prefix=a/b'], 'The prefix of --store is up to 64 letters'],
    [['--store', 'redis://127.0.0.1?prefx=a'], '--store knows no "prefx" behind the question mark; there is prefix.'],
    [['--store', 'redis://127.0.0.1', '--state', 'x'], 'say --state or --store'],
    [['--workers', '2'], '--workers goes with --store'],
    [['--workers', '0', '--store', 'redis://127.0.0.1:1'], '--workers takes at least 1'],
    [['--workers', 'two', '--store', 'redis://127.0.0.1:1'], '--workers takes a whole number from 0 to 256, not "two"'],
    [['--workers', '2', '--tls', '--store', 'redis://127.0.0.1:1'], 'say --tls-cert and --tls-key instead of --tls'],
  ])('%j ends with 2 and says why', async (argv, sentence) => {
    const { code, err } = await new Terminal().run('serve', '--port', '0', ...argv)
    expect(err).toContain(sentence)
    expect(code).toBe(2)
  })

  test('ends with 3 where no store answers, and shows no password', async () => {
    const { code, err } = await new Terminal().run('serve', '--store', 'redis://me:s3cret@127.0.0.1:1')
    expect(code).toBe(3)
    expect(err).toContain('The store redis://me:***@127.0.0.1:1 cannot be used: the connection was refused.')
    expect(err).not.toContain('s3cret')
  })
})

describe.skipIf(missing !== undefined)('serve --workers', () => {
  test(
    'answers from several processes on one port, replaces one that dies, and ends them all',
    { timeout: 90_000 },
    async () => {
      const bin = fileURLToPath(new URL('../../bin/understudy.js', import.meta.url))
      const terminal = new Terminal()
      const args = [bin, 'serve', 'default', '--store', store(), '--workers', '2', '--port', '0', '--json']
      const primary = spawn(process.execPath, args, { cwd: terminal.cwd, stdio: 'pipe' })
      onTestFinished(() => void primary.kill('SIGKILL'))
      let words = ''
      primary.stderr.on('data', (text: Buffer) => {
        words += String(text)
      })
      const [line] = (await once(primary.stdout, 'data')) as [Buffer]
      const { url } = JSON.parse(String(line)) as { url: string }
      const workers = workersOf(primary.pid ?? 0)
      expect(workers).toHaveLength(2)

      const [dying, staying] = workers as [number, number]
      process.kill(dying, 'SIGKILL')
      await expect.poll(() => words).toContain(`Worker ${dying} ended with SIGKILL and is replaced.`)
      await expect.poll(() => workersOf(primary.pid ?? 0).length).toBe(2)
      expect(workersOf(primary.pid ?? 0)).toContain(staying)
      // Each answer is counted, whichever process gave it.
      const asked = await Promise.all(Array.from({ length: 20 }, () => fetch(`${url}${info}`)))
      expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 200))
      expect(await told(url, '/requests?limit=1')).toMatchObject({ total: 20 })

      const ended = once(primary, 'exit')
      primary.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
      expect(workersOf(primary.pid ?? 0)).toEqual([])
    },
  )
})

function workersOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return stdout.split('\n').map(Number).filter(Boolean)
}
