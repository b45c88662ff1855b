#!/usr/bin/env node
// No module: loading one takes Node 20 four milliseconds before the first line of it runs.
'use strict'

const nodeModule = require('node:module')

const args = process.argv.slice(2)
// What scripts ask to see whether it is there: answered without loading the command line.
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V'))
  process.stdout.write(`${require('../package.json').version}\n`)
else void run()

async function run() {
  // Node 22 and newer keep what they have compiled, and start faster the next time. It is written down soon, as a server
  // may be ended without a word.
  nodeModule.enableCompileCache?.()
  setTimeout(() => nodeModule.flushCompileCache?.(), 1000).unref()
  const { main, processIo } = require('../dist/bin/main.js')
  process.exitCode = await main(args, processIo(process))
}
