import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const free = createServer().listen(0, '127.0.0.1')
await new Promise((resolve) => free.once('listening', resolve))
const { port } = free.address()
free.close()

const require = createRequire(import.meta.url)
const root = require.resolve('@mockoon/cli/package.json').replace('package.json', 'bin/run.js')
const data = fileURLToPath(new URL('openapi.json', import.meta.url))
const options = ['start', '--data', data, '--port', String(port), '--hostname', '127.0.0.1', '--disable-log-to-file']
const child = spawn(process.execPath, [root, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
child.stdout.on('data', (chunk) => {
  if (String(chunk).includes('Server started')) process.stdout.write(`http://127.0.0.1:${port}\n`)
})
process.once('SIGTERM', () => child.kill())
