import { lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { checkPlace } from '../../src/state-files/place.ts'
import { Terminal } from './terminal.ts'

describe('serve --state', () => {
  test.each([
    ['a scenario', 'mine.yaml', 'secure-login: {}\n'],
    ['a text', 'notes.txt', 'auth-understudy/state\n'],
    ['a line of something else', 'log', '5f8bd5bc {"kind":"something else"}\n'],
  ])('refuses %s, and leaves it alone', async (_, name, text) => {
    const terminal = new Terminal()
    const { cwd } = terminal
    writeFileSync(join(cwd, 'mine.yaml'), 'secure-login: {}\n')
    writeFileSync(join(cwd, name), text)
    const before = readdirSync(cwd)
    expect(await terminal.run('serve', 'mine.yaml', '--port', '0', '--state', name)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`${name} is no state file: it does not begin as one, and is left alone.`),
    })
    expect([readFileSync(join(cwd, name), 'utf8'), readdirSync(cwd)]).toEqual([text, before])
  })

  test('refuses the file of a later version, names it, and leaves it alone', async () => {
    const terminal = new Terminal()
    const text = '{"kind":"auth-understudy/state","version":2,"scenario":{"name":"default","source":{}}}'
    const line = `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`
    writeFileSync(join(terminal.cwd, 'state'), line)
    expect(await terminal.run('serve', '--port', '0', '--state', 'state')).toMatchObject({
      code: 2,
      err: expect.stringContaining('state was written by another version of auth-understudy, in format 2 where this'),
    })
    expect([readFileSync(join(terminal.cwd, 'state'), 'utf8'), readdirSync(terminal.cwd)]).toEqual([line, ['state']])
  })

  test.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a device', (path: string) => symlinkSync('/dev/null', path)],
  ])('refuses %s', async (_, make) => {
    const terminal = new Terminal()
    make(join(terminal.cwd, 'state'))
    expect(await terminal.run('serve', '--port', '0', '--state', 'state')).toMatchObject({
      code: 2,
      err: expect.stringContaining('state is no file. Name one that is not there yet.'),
    })
    expect(lstatSync(join(terminal.cwd, 'state')).isFile()).toBe(false)
  })

  test('follows a link, to a file that is not there yet as well', async () => {
    const terminal = new Terminal()
    const [link, target] = [join(terminal.cwd, 'state'), join(terminal.cwd, 'else', 'where')]
    mkdirSync(join(terminal.cwd, 'else'))
    symlinkSync('else/where', link)
    const first = await terminal.serve('--state', 'state')
    const headers = { 'content-type': 'application/json' }
    await fetch(`${first.url}/__understudy/clock/freeze`, { method: 'POST', headers, body: '{}' })
    terminal.signal('SIGTERM')
    await first.done
    const second = await terminal.serve('--state', 'state')
    expect(await (await fetch(`${second.url}/__understudy/clock`)).json()).toMatchObject({ frozen: true })
    expect([lstatSync(link).isSymbolicLink(), lstatSync(target).isFile()]).toEqual([true, true])
    // Whichever way they come, they meet.
    const other = await terminal.run('serve', '--port', '0', '--state', 'else/where')
    expect(other.err).toContain('else/where is in use by another server')
  })

  test.each([
    [0x6969, 'NFS'],
    [0xfe534d42, 'SMB'],
    [0x01021997, '9P'],
  ])('refuses a disk of type %s that other machines may use: %s', (type, name) => {
    const { cwd } = new Terminal()
    const check = (): void => checkPlace(join(cwd, 'state'), 'state', () => type)
    expect(check).toThrow(`state is on a disk that other machines may use as well (${name})`)
  })
})
