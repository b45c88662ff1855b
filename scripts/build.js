// Compiles src to dist, from scratch.
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
if (status === 0) writeFileSync(path('dist/.built'), '')
process.exitCode = status ?? 1
