import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))

interface Coverage {
  readonly apis: readonly {
    readonly id: string
    readonly groups: readonly { readonly counts: boolean; readonly missing: readonly { readonly id: string }[] }[]
  }[]
}

// Its tests run here, behind the command that an app's own CI has them run behind.
test('the example app passes its tests, and these meet nearly everything that Secure Login does', async () => {
  const traces = mkdtempSync(join(tmpdir(), 'understudy-login-app-'))
  const run = [
    process.execPath,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'examples/login-app/vitest.config.ts',
  ]
  const coverage = [
    'bin/understudy.js',
    'coverage',
    '--min',
    '95',
    '--trace',
    join(traces, 'traces'),
    '--json',
    '--',
    ...run,
  ]
  const { code, told, said } = await new Promise<{ code: unknown; told: string; said: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], NO_COLOR: '1' }
    execFile(process.execPath, coverage, { cwd: root, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, told: stdout, said: stderr }),
    )
  })
  rmSync(traces, { recursive: true, force: true })
  expect(said).toMatch(/Tests +20 passed/)
  expect(code).toBe(0)
  const { apis } = JSON.parse(told) as Coverage
  expect(apis.map(({ id }) => id)).toEqual(['secure-login'])
  const missing = apis.flatMap(({ groups }) => groups.filter(({ counts }) => counts).flatMap((group) => group.missing))
  // A phone that changes its network: no page can do that.
  expect(missing.map(({ id }) => id)).toEqual(['SL-16'])
}, 300_000)
