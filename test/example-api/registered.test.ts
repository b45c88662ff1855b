import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

/** What of the package building, generating and checking take. */
const folders = ['src', 'scripts', 'bin', 'console', 'scenarios', 'targets', 'pacts', 'docs', 'test/transcripts']
const files = ['package.json', 'tsconfig.json', 'tsconfig.build.json', '.oxlintrc.json']

/** The package with the turnstile as its fourth API: a folder, and a line in the registry, as adding-an-api.md says. */
function packageOfFour(): string {
  const copy = mkdtempSync(join(tmpdir(), 'understudy-four-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  for (const part of folders.concat(files)) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  mkdirSync(join(copy, 'src/apis/turnstile'))
  for (const name of readdirSync(join(root, 'test/example-api')).filter((each) => !each.endsWith('.test.ts'))) {
    const text = readFileSync(join(root, 'test/example-api', name), 'utf8')
    writeFileSync(join(copy, 'src/apis/turnstile', name), text.replaceAll('../../src/', '../../'))
  }
  const registry = join(copy, 'src/apis/registry.ts')
  writeFileSync(registry, `${readFileSync(registry, 'utf8')}export { turnstile } from './turnstile/api.ts'\n`)
  return copy
}

test('a folder and a line in the registry are a fourth API: built, generated, checked, and on the command line', async () => {
  const cwd = packageOfFour()
  const node = (...argv: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
    run(process.execPath, [...argv], { cwd })
  await node('scripts/build.js')
  expect((await node('scripts/layers.js')).stdout).toMatch(/^\d+ files keep to the map/)
  await node('node_modules/oxlint/bin/oxlint', '--max-warnings=0', 'src/apis/turnstile', 'src/apis/registry.ts')

  await expect(node('scripts/generate.js', '--check')).rejects.toThrow('scenarios/scenario.schema.json')
  await node('scripts/generate.js')
  await node('scripts/generate.js', '--check')
  expect(readFileSync(join(cwd, 'docs/reference/scenarios.md'), 'utf8')).toContain('turnstile')

  const script = `import { createWorld } from './dist/index.js'
    const world = await createWorld({ turnstile: { users: { b7: { code: '4711' } } } })
    console.log(world.turnstile.user('b7').view().state)`
  expect((await node('--input-type=module', '-e', script)).stdout).toBe('open\n')
  writeFileSync(join(cwd, 'hall.yaml'), 'turnstile: { users: { b7: { code: "4711" } } }\n')
  const enter = "fetch(process.env.UNDERSTUDY_TURNSTILE_URL + '/enter?badge=b7&code=4711', { method: 'POST' })"
  const played = [process.execPath, '-e', `${enter}.then(({ status }) => console.log(status))`]
  expect((await node('bin/understudy.js', 'run', 'hall.yaml', '--', ...played)).stdout).toBe('204\n')
  const listed = [process.execPath, 'bin/understudy.js', 'user', 'list', '--api', 'turnstile']
  expect((await node('bin/understudy.js', 'run', 'hall.yaml', '--', ...listed)).stdout).toMatch(/turnstile +b7 +open/)
}, 300_000)
