// Serves the last good build, and builds anew whenever something in src or console changes. `npm run dev -- <options>`
// gives options to `understudy serve`. A build that fails is told, and the server goes on.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const say = (text) => process.stderr.write(`dev: ${text}\n`)

let server
let isBuilding = false
let isStale = true

function node(...args) {
  return spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
}

const ended = (child) => new Promise((resolve) => child.once('exit', (status) => resolve(status)))

async function rebuild() {
  isStale = true
  if (isBuilding) return
  isBuilding = true
  while (isStale) {
    isStale = false
    const started = performance.now()
    const status = await ended(node('scripts/build.js', '--incremental'))
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    say(status === 0 ? `built in ${seconds} s` : 'the build failed; the last good one is served until it is mended')
    if (status === 0 && !isStale) await restart()
  }
  isBuilding = false
}

async function restart() {
  if (server !== undefined && server.exitCode === null) {
    const end = ended(server)
    server.kill()
    await end
  }
  server = node('bin/understudy.js', 'serve', ...process.argv.slice(2))
}

let timer
for (const folder of ['src', 'console']) {
  watch(new URL(`../${folder}`, import.meta.url), { recursive: true }, () => {
    // Editors write a file in several steps.
    clearTimeout(timer)
    timer = setTimeout(() => void rebuild(), 100)
  })
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server?.kill()
    process.exit(0)
  })
}
await rebuild()
