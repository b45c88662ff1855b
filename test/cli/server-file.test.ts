import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { Terminal, type Result } from './terminal.ts'

const mine = 'token-of-my-environment'

/** Somebody else's listener, which remembers what it was told. */
async function stranger(): Promise<{ url: string; told: (string | undefined)[] }> {
  const told: (string | undefined)[] = []
  const server = createServer((request, response) => {
    told.push(request.headers.authorization)
    response.writeHead(404).end('Not here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told }
}

/** A directory with such a file, as it might come with a repository. */
function cloned(terminal: Terminal, word: unknown, mode = 0o644): string {
  const file = join(terminal.cwd, '.understudy/server-4010.json')
  mkdirSync(join(terminal.cwd, '.understudy'))
  writeFileSync(file, typeof word === 'string' ? word : JSON.stringify(word))
  chmodSync(file, mode)
  return file
}

/** A terminal with these variables, as the process has them as well. */
function terminalWith(env: { readonly [name: string]: string }): Terminal {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return new Terminal(env)
}
afterEach(() => void vi.unstubAllEnvs())

const env = { UNDERSTUDY_ADMIN_TOKEN: mine }
const commands = [['user', 'list'], ['user', 'set', 'alice', 'blocked'], ['requests'], ['share'], ['reset']]

function refusal({ code, out, err }: Result): string {
  expect([code, out]).toEqual([2, ''])
  // One sentence that says why, and one that says what to do.
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err).toContain('Start a server here with `understudy serve`, or name one with --url or UNDERSTUDY_URL.')
  return err
}

describe('a file that no server of this user left', () => {
  test.each(['644', '664', '666', '640', '604', '620', '602', '755'])('with mode %s is not used', async (mode) => {
    const { url, told } = await stranger()
    const terminal = new Terminal(env)
    cloned(terminal, { url, pid: process.pid, adminToken: 'theirs-theirs' }, Number.parseInt(mode, 8))
    for (const command of commands)
      expect(refusal(await terminal.run(...command))).toContain(`others may read or change it (its mode is ${mode}`)
    expect(told).toEqual([])
  })

  test('is taken away where the process has ended', async () => {
    const { url, told } = await stranger()
    const { pid: ended } = spawnSync(process.execPath, ['--version'])
    const terminal = new Terminal(env)
    const file = cloned(terminal, { url, pid: ended }, 0o600)
    const { code, err } = await terminal.run('user', 'list')
    expect([code, err]).toEqual([
      3,
      expect.stringContaining(`No server runs here: ${url} (process ${ended}) has ended.`),
    ])
    expect(existsSync(file)).toBe(false)
    expect(told).toEqual([])
  })

  test('stays where it is not this user\u2019s, though its process has ended', async () => {
    const { pid: ended } = spawnSync(process.execPath, ['--version'])
    const terminal = new Terminal(env)
    const file = cloned(terminal, { url: 'http://127.0.0.1:4010', pid: ended }, 0o644)
    expect(refusal(await terminal.run('user', 'list'))).toContain('its mode is 644')
    expect(existsSync(file)).toBe(true)
  })

  test('is not used where it names no process', async () => {
    const { url, told } = await stranger()
    const reasons: [pid: unknown, reason: string][] = [
      [undefined, 'it names no process'],
      ['1', 'it names no process'],
      [0, 'it names no process'],
      [-1, 'it names no process'],
      [1.5, 'it names no process'],
    ]
    for (const [pid, reason] of reasons) {
      const terminal = new Terminal(env)
      cloned(terminal, { url, pid }, 0o600)
      expect(refusal(await terminal.run('user', 'list'))).toContain(reason)
    }
    expect(told).toEqual([])
  })

  test.each(['evil.example', '127.evil.example', 'localhost.evil.example', '8.8.8.8', '[2001:db8::1]', '0x08080808'])(
    'is not used where it leads to %s',
    async (host) => {
      const terminal = new Terminal(env)
      cloned(terminal, { url: `http://${host}:4010`, pid: process.pid }, 0o600)
      expect(refusal(await terminal.run('user', 'list'))).toContain('which is not this machine')
    },
  )

  test.runIf(process.getuid?.() === 0)('is not used where another user owns it', async () => {
    const { url, told } = await stranger()
    const terminal = new Terminal(env)
    chownSync(cloned(terminal, { url, pid: process.pid }, 0o600), 12_345, 12_345)
    expect(refusal(await terminal.run('user', 'list'))).toContain('it belongs to another user (12345)')
    expect(told).toEqual([])
  })

  test('is judged by the file that a link leads to', async () => {
    const { url, told } = await stranger()
    const terminal = new Terminal(env)
    mkdirSync(join(terminal.cwd, '.understudy'))
    writeFileSync(join(terminal.cwd, 'word.json'), JSON.stringify({ url, pid: process.pid }))
    chmodSync(join(terminal.cwd, 'word.json'), 0o644)
    symlinkSync('../word.json', join(terminal.cwd, '.understudy/server-4010.json'))
    expect(refusal(await terminal.run('user', 'list'))).toContain('its mode is 644')
    expect(told).toEqual([])
  })

  test.each(['', 'no JSON', '[]', '{}', '{"url":7}', '{"url":"no URL"}'])(
    'says nothing where it holds %j',
    async (text) => {
      const terminal = new Terminal(env)
      cloned(terminal, text, 0o600)
      const { code, err } = await terminal.run('user', 'list')
      expect([code, err]).toEqual([3, expect.stringContaining('No server was started in this directory')])
    },
  )

  test('is no hindrance where a server is named', async () => {
    const { url } = await new Terminal().serve('--admin-token', mine)
    const terminal = new Terminal(env)
    cloned(terminal, { url, pid: 1, adminToken: 'theirs-theirs' })
    expect((await terminal.run('user', 'list', '--url', url)).code).toBe(0)
  })
})

describe('the admin token of the environment', () => {
  test('does not go to what a file names, even one that is used', async () => {
    const { url, told } = await stranger()
    const own = new Terminal(env)
    cloned(own, { url, pid: process.pid, adminToken: 'its-own-token' }, 0o600)
    const none = new Terminal(env)
    cloned(none, { url, pid: process.pid }, 0o600)
    for (const command of commands) await own.run(...command)
    for (const command of commands) await none.run(...command)
    expect(new Set(told)).toEqual(new Set(['Bearer its-own-token', undefined]))
  })

  test('goes to the URL that was given, and to no other where UNDERSTUDY_URL stands beside it', async () => {
    const one = await stranger()
    const other = await stranger()
    await new Terminal(env).run('user', 'list', '--url', one.url)
    const both = terminalWith({ ...env, UNDERSTUDY_URL: one.url })
    await both.run('user', 'list')
    await both.run('user', 'list', '--url', `${one.url}/`)
    await both.run('user', 'list', '--url', other.url)
    expect(one.told).toEqual([`Bearer ${mine}`, `Bearer ${mine}`, `Bearer ${mine}`])
    expect(other.told).toEqual([undefined])
  })

  test('of a server is in its file, so that commands beside it need none', async () => {
    const terminal = terminalWith(env)
    const { url } = await terminal.serve()
    const file = `.understudy/server-${new URL(url).port}.json`
    const left = JSON.parse(readFileSync(join(terminal.cwd, file), 'utf8'))
    expect(left).toMatchObject({ adminToken: mine, pid: process.pid })
    expect((await terminal.run('user', 'set', 'alice', 'blocked', '--for', '30m')).code).toBe(0)
  })
})
