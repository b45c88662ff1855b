// The static checks, all of them, whichever fails.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const checks = [
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types as published', 'tsc', ['-p', 'tsconfig.build.json', '--noEmit']],
  ['lint and import boundaries', 'oxlint', ['--max-warnings=0']],
  ['format', 'oxfmt', ['--check']],
  ['dead code', 'knip', []],
  ['generated files', 'node', ['scripts/generate.js', '--check']],
  ['package', 'publint', ['--strict']],
  ['package exports', 'attw', ['--pack', '.', '--profile', 'esm-only', '--quiet']],
]

let failed = 0
for (const [what, command, args] of checks) {
  process.stderr.write(`${what} … `)
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', command, ...args], { cwd: root, encoding: 'utf8' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(status === 0 ? `ok (${seconds} s)\n` : `failed (${seconds} s)\n${stdout}${stderr}\n`)
  if (status !== 0) failed++
}
process.stderr.write(failed === 0 ? `${checks.length} checks passed\n` : `${failed} of ${checks.length} checks failed\n`)
process.exitCode = failed === 0 ? 0 : 1
