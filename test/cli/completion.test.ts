import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Terminal } from './terminal.ts'

const bin = fileURLToPath(new URL('../../bin/understudy.js', import.meta.url))

async function next(...words: string[]): Promise<string[]> {
  const { code, out } = await new Terminal().run('completion', 'words', '--', ...words)
  expect(code).toBe(0)
  return out.trim().split('\n')
}

describe('what may come next', () => {
  test.each([
    [[], ['serve', 'user', 'verify', 'lockout', '--help'], ['list']],
    [['user'], ['list', 'set', 'unblock'], ['serve', 'lockout']],
    [['user', 'set', 'bob'], ['--for', '--url'], ['list']],
    [['serve'], ['lockout', '--port', '--watch'], ['user', 'list']],
    [['serve', 'lockout'], ['--port'], ['blocked']],
    [['serve', '--port', '0'], ['lockout', '--watch'], ['user']],
    [['run', '--verbose'], ['lockout'], ['user']],
    [['completion'], ['bash', 'fish'], ['lockout']],
    [['nonsense', '--nothing'], ['--help'], ['lockout', 'user']],
  ])('after %j', async (words, there, notThere) => {
    const found = await next(...words)
    expect(found).toEqual(expect.arrayContaining(there))
    expect(found.filter((word) => notThere.includes(word))).toEqual([])
  })

  test('is the value of an option, if that has some', async () => {
    expect(await next('journey', 'export', '--as')).toEqual(['arazzo', 'hurl'])
    expect(await next('serve', '--port')).toEqual([''])
  })
})

test('bash completes by the script that is printed for it', async () => {
  const { out } = await new Terminal().run('completion', 'bash')
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bash-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const command = join(folder, 'understudy')
  writeFileSync(command, `#!/bin/sh\nexec ${process.execPath} ${bin} "$@"\n`)
  chmodSync(command, 0o755)
  const typed = 'COMP_WORDS=(understudy user s); COMP_CWORD=2; _understudy; echo "${COMPREPLY[@]}"'
  const completed = execFileSync('bash', ['--norc', '-c', `${out}\n${typed}`], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
  })
  expect(completed).toBe('show set\n')
})
