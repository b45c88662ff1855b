#!/usr/bin/env node
import module, { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const args = process.argv.slice(2)
// What scripts ask to see whether it is there: answered without loading the command line.
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V'))
  process.stdout.write(`${require('../package.json').version}\n`)
else {
  // Node 22 and newer keep what they have compiled, and start faster the next time. It is written down soon, as a server
  // may be ended without a word.
  module.enableCompileCache?.()
  setTimeout(() => module.flushCompileCache?.(), 1000).unref()
  const { main, processIo } = require('../dist/bin/main.js')
  process.exitCode = await main(args, processIo(process))
}
