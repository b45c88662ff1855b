import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

/** The package with the turnstile as its fourth API: a folder, and a line in the registry, as adding-an-api.md says. */
function packageOfFour(): string {
  const copy = mkdtempSync(join(tmpdir(), 'understudy-four-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  for (const part of ['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json', '.oxlintrc.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
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

test('a folder and a line in the registry are a fourth API: it compiles, and keeps to the map', async () => {
  const cwd = packageOfFour()
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const compiled = await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', 'dist'], { cwd })
  expect(compiled.stdout).toBe('')
  mkdirSync(join(cwd, 'console'))
  const layers = await run(process.execPath, ['scripts/layers.js'], { cwd })
  expect(layers.stdout).toMatch(/^\d+ files keep to the map/)
  const script = `import { createWorld } from './dist/index.js'
    const world = await createWorld({ turnstile: { users: { b7: { code: '4711' } } } })
    console.log(world.turnstile.user('b7').view().state)`
  const played = await run(process.execPath, ['--input-type=module', '-e', script], { cwd })
  expect(played.stdout).toBe('open\n')
})
