// Bundles the app by Metro with its defaults, and runs the bundle where phones run it.
const { execFileSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { createContext, runInContext } = require('node:vm')

const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] })
const where = { linux: 'linux64', darwin: 'osx', win32: 'win64' }[process.platform]
run('metro', 'build', 'test.js', '--out', 'bundle.js', '--platform', 'ios', '--dev', 'true', '--minify', 'false')

run(
  `node_modules/hermes-compiler/hermesc/${where}-bin/hermesc`,
  '-w',
  '-emit-binary',
  '-out',
  'bundle.hbc',
  'bundle.js',
)
const inHermes = run(`node_modules/hermes-engine-cli/${where}-bin/hermes`, '-w', 'bundle.js').trim()

// A context with what its engine has, and with timers.
new Promise((resolve) => {
  const context = { print: resolve, setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, console }
  runInContext(readFileSync('bundle.js', 'utf8'), createContext(context))
}).then((inContext) => {
  const same = inHermes === inContext
  console.log(same ? `everywhere: ${inHermes}` : `in Hermes: ${inHermes}\nin a context: ${inContext}`)
  process.exit(same ? 0 : 1)
})
