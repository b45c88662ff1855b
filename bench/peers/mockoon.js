import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'

const free = createServer().listen(0, '127.0.0.1')
await new Promise((resolve) => free.once('listening', resolve))
const { port } = free.address()
free.close()

const command = createRequire(import.meta.url)
  .resolve('@mockoon/cli/package.json')
  .replace('package.json', 'bin/run.js')
const data = fileURLToPath(new URL('openapi.json', import.meta.url))
process.stdout.write(`http://127.0.0.1:${port}\n`)
// Its command in this process, so that it is this process that is measured.
process.argv.splice(1, 1, command, 'start', '--data', data, '--port', String(port))
process.argv.push('--hostname', '127.0.0.1', '--disable-log-to-file')
await import(pathToFileURL(command).href)
