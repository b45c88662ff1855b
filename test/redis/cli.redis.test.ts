import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { version } from '../../src/core/version.ts'
import { Terminal, until } from '../cli/terminal.ts'
import { writeModule } from '../support/turnstile-file.ts'
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

  test('refuses a server that was started with another scenario, and changes nothing', async () => {
    const url = store()
    const { url: first } = await new Terminal().serve('lockout', '--store', url)
    const { code, err } = await new Terminal().run('serve', 'blocked', '--store', url)
    expect(code).toBe(2)
    expect(err).toContain(
      'was begun with lockout, and this server with blocked. Serve lockout as well, or begin another',
    )
    expect(err).toContain(`--store ${redis.url}?prefix=…`)
    expect(await told(first, '/changes')).toMatchObject({ changes: [] })
    // What is played meanwhile does not matter: a server that is started again as it was is let in.
    const played = await fetch(`${first}/__understudy/scenario`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"scenario":"blocked"}',
    })
    expect(played.status).toBe(200)
    const again = await new Terminal().serve('lockout', '--store', url)
    expect(await told(again.url, '/state')).toMatchObject({ scenario: { name: 'blocked' } })
  })

  test('refuses a server with other mutants or of another version, and says what differs', async () => {
    const url = store()
    await new Terminal().serve('default', '--store', url)
    const { code, err } = await new Terminal().run(
      'serve',
      '--store',
      url,
      '--mutant',
      'gentics-cms.GC-03.renamed-user.login',
    )
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('there no mutant, here --mutant gentics-cms.GC-03.renamed-user.login.'),
    ])
    const prefix = url.split('=')[1] ?? ''
    await redis.command('HSET', prefix, 'make', '{"version":"9.9.9","mutants":[]}')
    const other = await new Terminal().run('serve', '--store', url)
    expect([other.code, other.err]).toEqual([2, expect.stringContaining(`there version 9.9.9, here ${version}.`)])
  })

  test('refuses a server whose own APIs are others, and says which and what of them', async () => {
    const url = store()
    const serve = (text: string): Promise<{ code: number; err: string }> => {
      const terminal = new Terminal()
      writeModule(terminal.cwd, 'turnstile.js', text)
      return terminal.run('serve', '--port', '0', '--store', url, '--api', './turnstile.js')
    }
    const first = new Terminal()
    writeModule(first.cwd, 'turnstile.js', 'export { turnstile }')
    const { url: served } = await first.serve('--store', url, '--api', './turnstile.js')
    expect(await told(served, '/apis')).toMatchObject({ apis: [{ id: 'turnstile' }] })

    const without = await new Terminal().run('serve', '--port', '0', '--store', url)
    expect([without.code, without.err]).toEqual([
      2,
      expect.stringContaining('there the API turnstile, here there is none.'),
    ])
    const gate = 'export const gate = { ...turnstile, id: "gate" }'
    expect((await serve(gate)).err).toContain('there no API gate, here there is one; there the API turnstile, here')
    const section = '{ ...turnstile.section, door: { kind: "text", about: "which", default: "" } }'
    const [clause, ...others] = [
      'clauses: turnstile.clauses.map((each) => ({ ...each, text: "Otherwise." }))',
      `section: ${section}`,
    ]
    expect((await serve(`export default { ...turnstile, ${clause}, ${others.join()} }`)).err).toContain(
      'belongs to servers of another kind: the API turnstile has other clauses, fields there than here. Start this one',
    )
    // The same, from another file, is let in.
    const second = new Terminal()
    writeModule(second.cwd, 'other.js', 'export const same = { ...turnstile }')
    await second.serve('--store', url, '--api', './other.js')
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
    const { lines, done } = await terminal.serve('mine.yaml', '--store', url, '--watch')
    const other = await new Terminal().serve(file, '--store', url)
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, 'secure-login: { users: { ada: { displayName: A, emailAddress: a@x, failures: 2 } } }\n')
    await until(() => lines.err.some((line) => line.includes('was read again for world main')))
    expect(await told(other.url, '/users/secure-login/ada')).toMatchObject({ failures: 2 })
    // From now on servers are started with the file as it is, and not as it was.
    await new Terminal().serve(file, '--store', url)
    terminal.signal('SIGTERM')
    await done
    writeFileSync(file, before)
    const { code, err } = await terminal.run('serve', 'mine.yaml', '--store', url)
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('they differ at secure-login.users.ada.failures. Add --watch'),
    ])
    await terminal.serve('mine.yaml', '--store', url, '--watch')
    expect(await told(other.url, '/users/secure-login/ada')).toMatchObject({ failures: 0 })
  })

  test('tells every server within a second what the store has lost, asked or not, and notes it once', async () => {
    const url = store()
    const servers = [
      await new Terminal().serve('default', '--store', url),
      await new Terminal().serve('default', '--store', url),
    ]
    await redis.command('DEL', ...((await redis.command('KEYS', `${url.split('=')[1]}*`)) as string[]))
    const sentence = `The store ${redis.url} has lost everything. All its worlds begin anew. Does it evict keys`
    for (const { lines } of servers) await until(() => lines.err.some((line) => line.startsWith(sentence)))
    const noted = async (): Promise<string[]> => {
      const { changes } = (await told(servers[0]?.url ?? '', '/changes')) as { changes: { what: string }[] }
      return changes.map(({ what }) => what)
    }
    // Whoever noticed first notes it a moment later.
    await expect.poll(noted).toEqual(['the store has lost everything'])
  })

  test('warns of a store that throws keys away when it is full', async () => {
    await redis.command('CONFIG', 'SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru')
    onTestFinished(async () => {
      await redis.command('CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction')
    })
    const { lines } = await new Terminal().serve('default', '--store', store())
    expect(lines.err[0]).toContain('throws keys away when 100.00M are full (maxmemory-policy allkeys-lru).')
  })

  test.each([
    [['--store', 'http://127.0.0.1'], '--store takes a URL such as redis://127.0.0.1:6379, not http://'],
    [['--store', 'nonsense'], '--store takes a URL such as redis://127.0.0.1:6379.'],
    [['--store', 'redis://127.0.0.1?prefix=a/b'], 'The prefix of --store is up to 64 letters'],
    [['--store', 'redis://127.0.0.1?prefx=a'], '--store knows no "prefx" behind the question mark; there is prefix.'],
    [
      ['--store', 'redis://127.0.0.1/first'],
      'stands the number of a database, such as redis://127.0.0.1:6379/0, not "first"',
    ],
    [['--store', 'redis://:100%@127.0.0.1'], 'a percent sign is written as %25'],
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
