// Compiles src to dist, and bundles the console and the command line into it, from scratch.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url))
rmSync(path('dist'), { recursive: true, force: true })
const { status } = spawnSync(
  process.execPath,
  [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')],
  { stdio: 'inherit' },
)
if (status === 0) {
  const { build } = await import('vite')
  await build({ configFile: path('console/vite.config.ts'), logLevel: 'warn' })
  await (await import('./bundle.js')).bundleCommandLine()
  writeFileSync(path('dist/.built'), '')
}
process.exitCode = status ?? 1
