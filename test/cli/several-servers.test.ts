import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serve, type Serving } from './serving.ts'
import { Terminal } from './terminal.ts'

const byPort = (...all: readonly Serving[]): Serving[] =>
  all.toSorted((one, other) => Number(one.port) - Number(other.port))

describe('two servers in one directory', () => {
  test('are told apart, asked for, and stopped one by one', async () => {
    const terminal = new Terminal()
    const one = await serve(terminal.cwd)
    const other = await serve(terminal.cwd, 'lockout')
    const { servers } = JSON.parse((await terminal.run('status', '--json')).out)
    expect(servers).toMatchObject(
      byPort(one, other).map(({ url, child }) => ({
        url,
        pid: child.pid,
        scenario: url === one.url ? 'default' : 'lockout',
        worlds: 1,
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
        directory: terminal.cwd,
      })),
    )
    expect((await terminal.run('status')).out).toMatch(/^URL +PID +SCENARIO +WORLDS +SINCE\n/)

    const list = byPort(one, other).map(({ url }) => `  ${url} ${url === one.url ? 'default' : 'lockout'}`)
    expect(await terminal.run('user', 'set', 'bob', 'blocked')).toEqual({
      code: 2,
      out: '',
      err: ['error: Several servers run here; name one with --url:', ...list].join('\n'),
    })
    terminal.answer = one.port
    const asked = await terminal.run('user', 'set', 'bob', 'blocked')
    expect(asked.code).toBe(0)
    expect(asked.err).toBe(['Several servers run here:', ...list, `→ main at :${one.port}`].join('\n'))
    terminal.answer = '1'
    expect(await terminal.run('reset')).toMatchObject({ code: 2, err: expect.stringContaining('has the port "1"') })
    terminal.answer = undefined

    expect(await terminal.run('stop')).toMatchObject({ code: 2, err: expect.stringContaining('say which port') })
    expect(await terminal.run('stop', '1')).toMatchObject({ code: 2, err: expect.stringContaining('has the port "1"') })
    expect(await terminal.run('stop', other.port)).toEqual({ code: 0, out: '', err: `stopped ${other.url}` })
    expect(await other.ended).toBe(0)
    expect(await terminal.run('user', 'show', 'bob')).toMatchObject({
      code: 0,
      out: expect.stringContaining('blocked'),
    })
    expect((await terminal.run('stop')).code).toBe(0)
    expect(await one.ended).toBe(0)
    expect(readdirSync(terminal.cwd)).toEqual([])
  })

  test('leave nothing that is in the way where one is killed', async () => {
    const terminal = new Terminal()
    const one = await serve(terminal.cwd)
    const other = await serve(terminal.cwd)
    other.child.kill('SIGKILL')
    await other.ended
    expect(await terminal.run('reset')).toMatchObject({ code: 0, err: `→ main at :${one.port}` })
    expect(readdirSync(join(terminal.cwd, '.understudy'))).toEqual([`server-${one.port}.json`])
    one.child.kill('SIGKILL')
    await one.ended
    const refused = await terminal.run('status')
    expect(refused).toMatchObject({ code: 3, out: '' })
    expect(refused.err).toContain(`No server runs here: ${one.url} (process ${one.child.pid}) has ended.`)
    expect(existsSync(join(terminal.cwd, '.understudy'))).toBe(false)
  })
})

test('nobody is ended who does not answer as the server that was started', async () => {
  const terminal = new Terminal()
  const { pid } = spawn('sleep', ['60'])
  onTestFinished(() => void process.kill(pid ?? 0))
  mkdirSync(join(terminal.cwd, '.understudy'))
  const word = JSON.stringify({ url: 'http://127.0.0.1:1', pid, scenario: 'default' })
  writeFileSync(join(terminal.cwd, '.understudy/server-1.json'), word, { mode: 0o600 })
  expect(await terminal.run('stop')).toMatchObject({ code: 3, err: expect.stringContaining('No server answers at') })
  expect((await terminal.run('status')).out).toContain('No server answers at')
  expect(() => process.kill(pid ?? 0, 0)).not.toThrow()
})

describe('a directory below', () => {
  test('finds the server of the repository, and not what is above it', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const below = new Terminal({}, undefined, join(terminal.cwd, 'app', 'src'))
    mkdirSync(below.cwd, { recursive: true })
    expect(await below.run('user', 'list')).toMatchObject({
      code: 3,
      err: expect.stringContaining('No server was started'),
    })
    mkdirSync(join(terminal.cwd, '.git'))
    expect(await below.run('reset')).toMatchObject({ code: 0, err: `→ main at :${new URL(url).port}` })
    expect((await below.run('status')).out).toMatch(/WHERE\n.*\.\.\/\.\.$/)
    mkdirSync(join(terminal.cwd, 'app', '.git'))
    expect((await below.run('reset')).code).toBe(3)
  })
})

describe('a world', () => {
  test('that nobody has is refused with the nearest name, and not made', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    const worlds = async (): Promise<string[]> =>
      JSON.parse((await terminal.run('world', 'list', '--json')).out).worlds.map(({ name }: { name: string }) => name)
    const refused = await terminal.run('user', 'set', 'bob', 'blocked', '--world', 'mian')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('has no world "mian"; there is main. Did you mean "main"? --new-world makes one')
    expect(await worlds()).toEqual(['main'])
    const made = await terminal.run('user', 'set', 'bob', 'blocked', '--world', 'mine', '--new-world')
    expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/^→ mine at :\d+$/) })
    expect(await worlds()).toEqual(['main', 'mine'])
    expect((await terminal.run('user', 'list', '--world', 'mine')).code).toBe(0)
  })
})
