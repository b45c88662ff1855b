import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Terminal } from './terminal.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A project that has this package. */
function project(): Terminal {
  const terminal = new Terminal()
  mkdirSync(join(terminal.cwd, 'node_modules'))
  symlinkSync(root, join(terminal.cwd, 'node_modules/auth-understudy'))
  symlinkSync(join(root, 'node_modules/vitest'), join(terminal.cwd, 'node_modules/vitest'))
  writeFileSync(join(terminal.cwd, 'package.json'), '{ "type": "module" }')
  return terminal
}

describe('init api', () => {
  test.each(['turnstile.ts', 'front-door.js'])('writes %s with a scenario and a test, which pass', async (file) => {
    const terminal = project()
    const base = file.replace(/\..*/, '')
    const { code, err } = await terminal.run('init', 'api', file)
    const [kind] = file.split('.').toReversed()
    expect([code, err]).toEqual([
      0,
      `wrote ${file}, ${base}.yaml, ${base}.test.${kind}; play it with \`understudy serve ${base}.yaml --api ${file}\``,
    ])
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const tried = await promisify(execFile)(process.execPath, [vitest, 'run'], { cwd: terminal.cwd })
    expect(tried.stdout).toMatch(/Tests .*1 passed/)
    const { url } = await terminal.serve(`${base}.yaml`, '--api', file)
    const answer = await fetch(`${url}/${base}/enter?user=ada&code=1815`, { method: 'POST' })
    expect(answer.status).toBe(204)
  })

  test('replaces nothing, unless it is told to', async () => {
    const terminal = new Terminal()
    writeFileSync(join(terminal.cwd, 'turnstile.yaml'), 'mine')
    const { code, err } = await terminal.run('init', 'api')
    expect([code, err]).toEqual([2, expect.stringContaining('turnstile.yaml was not written: it exists already')])
    expect(existsSync(join(terminal.cwd, 'turnstile.ts'))).toBe(false)
    expect((await terminal.run('init', 'api', '--force')).code).toBe(0)
    expect(readFileSync(join(terminal.cwd, 'turnstile.yaml'), 'utf8')).toContain('turnstile:')
  })

  test.each(['Turnstile.ts', 'turnstile', 'turnstile.yaml', '.ts'])('takes no name such as %s', async (file) => {
    const { code, err } = await new Terminal().run('init', 'api', file)
    expect([code, err]).toEqual([2, expect.stringContaining(`${file} names no API`)])
  })
})
