// Installs and builds what is missing or stale, and says so; silent when there is nothing to do.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { linkExample } from './link-example.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`auth-understudy needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(2)
}

const modifiedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)
const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => modifiedAt(join(entry.parentPath, entry.name))),
  )

if (modifiedAt(join(root, 'node_modules/.package-lock.json')) < modifiedAt(join(root, 'package-lock.json'))) {
  run('installing dependencies (npm ci)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}
linkExample(root)
const built = modifiedAt(join(root, 'dist/.built'))
const sources = Math.max(
  newest(join(root, 'src')),
  newest(join(root, 'console')),
  modifiedAt(join(root, 'tsconfig.build.json')),
  modifiedAt(join(root, 'scripts/build.js')),
  modifiedAt(join(root, 'scripts/bundle.js')),
  modifiedAt(join(root, 'scripts/declarations.js')),
  // Some packages are part of the bundle.
  modifiedAt(join(root, 'node_modules/.package-lock.json')),
)
if (built < sources) {
  run('building', process.execPath, [join(root, 'scripts/build.js')])
}

function run(what, command, args) {
  const started = performance.now()
  process.stderr.write(`auth-understudy: ${what} … `)
  // What npm and tsc print goes to stderr: stdout is for data.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write(`failed${error === undefined ? '' : `: ${error.message}`}\n`)
    process.exit(2)
  }
  process.stderr.write(`done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
}
