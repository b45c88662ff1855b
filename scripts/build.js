// Compiles src, and bundles the console, the command line and the entries beside it. All of that happens in .build, which takes the
// place of dist once it is whole: a build that fails leaves the last good one. `--incremental` compiles anew what changed.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDeclarations } from './declarations.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const path = (...names) => join(root, ...names)
const isIncremental = process.argv.includes('--incremental')
const begun = new Date()
const compiled = path('.build', isIncremental ? 'compiled' : `compiled-${process.pid}`)
const info = `${compiled}.tsbuildinfo`
const next = path('.build', `next-${process.pid}`)

/** Files of an earlier compilation whose source is gone. */
function leftovers() {
  if (!existsSync(compiled)) return []
  return readdirSync(compiled, { recursive: true })
    .filter((file) => file.endsWith('.js'))
    .filter((file) => !existsSync(path('src', file.replace(/\.js$/, '.ts'))))
}

async function build() {
  if (!existsSync(info) || leftovers().length > 0) rmSync(compiled, { recursive: true, force: true })
  if (!existsSync(compiled)) rmSync(info, { force: true })
  mkdirSync(path('.build'), { recursive: true })
  const tsc = path('node_modules/typescript/bin/tsc')
  const options = ['-p', path('tsconfig.build.json'), '--outDir', compiled, '--incremental', '--tsBuildInfoFile', info]
  const { status } = spawnSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' })
  if (status !== 0) return status ?? 1
  cpSync(compiled, next, { recursive: true })
  const vite = await import('vite')
  const out = join(next, 'console')
  await vite.build({ configFile: path('console/vite.config.ts'), logLevel: 'warn', build: { outDir: out } })
  copyDeclarations(compiled, join(next, 'types'))
  const { bundle, bundles } = await import('./bundle.js')
  for (const name of Object.keys(bundles)) await bundle(name, join(next, name))
  // What was changed since the build began is not in it.
  writeFileSync(join(next, '.built'), '')
  utimesSync(join(next, '.built'), begun, begun)
  replace()
  return 0
}

function replace() {
  const last = path('.build', `last-${process.pid}`)
  if (existsSync(path('dist'))) renameSync(path('dist'), last)
  renameSync(next, path('dist'))
  rmSync(last, { recursive: true, force: true })
}

try {
  process.exitCode = await build()
} catch (error) {
  process.stderr.write(`The build failed: ${error.message}\n`)
  process.exitCode = 1
} finally {
  rmSync(next, { recursive: true, force: true })
  if (!isIncremental) for (const made of [compiled, info]) rmSync(made, { recursive: true, force: true })
}
if (process.exitCode !== 0 && existsSync(path('dist'))) process.stderr.write('The last good build is left in dist.\n')
