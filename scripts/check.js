// The static checks, all of them, whichever fails: the scripts of package.json that begin with `check:`.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const checks = Object.entries(scripts).filter(([name]) => name.startsWith('check:'))
const env = { ...process.env, PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}` }

let failed = 0
for (const [name, command] of checks) {
  process.stderr.write(`${name.replace('check:', '').replaceAll('-', ' ')} … `)
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command, { cwd: root, encoding: 'utf8', env, shell: true })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(status === 0 ? `ok (${seconds} s)\n` : `failed (${seconds} s)\n${stdout}${stderr}\n`)
  if (status !== 0) failed++
}
process.stderr.write(
  failed === 0 ? `${checks.length} checks passed\n` : `${failed} of ${checks.length} checks failed\n`,
)
process.exitCode = failed === 0 && checks.length > 0 ? 0 : 1
