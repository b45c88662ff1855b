// Runs the host suites on several lines of Node, each with MSW 2 and, where it runs, MSW 3; and with MSW 3 in a browser.
// On each line the package is packed, installed in an empty project, and used there.
// Node's binaries come from npm's `node` package, into .matrix/.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { useInEmptyProject } from './empty-project.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const lines = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26']
const suites = [
  'test/suites',
  'test/hosts',
  'test/server',
  'test/state-files',
  'test/data',
  'test/testing',
  'test/client',
  // Where Node runs TypeScript, an API may be a .ts file.
  'test/cli/own-apis.test.ts',
]
const results = []
const inBrowser = ['--project', 'browser', 'test/browser/behaviours.msw-3.test.ts']

for (const line of lines) {
  const node = nodeOf(line)
  tell(`Node ${line}, in an empty project`, useInEmptyProject(root, node))
  for (const msw of ['2', '3']) {
    const name = `Node ${line}, MSW ${msw}`
    if (msw === '3' && Number(line) < 22) {
      results.push(`${name}: not run, MSW 3 intercepts on Node 22 and newer only (its handlers are asked in npm test)`)
      continue
    }
    run(name, node, msw, ['--project', 'behaviour', ...suites])
  }
}
run('Chromium, MSW 3', process.execPath, '3', inBrowser)
process.stdout.write(`${results.join('\n')}\n`)

function run(name, node, msw, args) {
  process.stderr.write(`${name} … `)
  const { status, stdout, stderr } = spawnSync(node, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, UNDERSTUDY_TEST_MSW: msw, NO_COLOR: '1' },
  })
  const tests = /Tests\s+(.*)/.exec(stdout)?.[1] ?? 'no tests'
  const passed = status === 0 && / passed/.test(tests)
  process.stderr.write(`${tests}\n${passed ? '' : stdout + stderr}`)
  results.push(`${name}: ${tests}`)
  if (!passed) process.exitCode = 1
}

function tell(name, wrong) {
  results.push(`${name}: ${wrong ?? 'installed, imported, served, and run with npx'}`)
  process.stderr.write(`${results.at(-1)}\n`)
  if (wrong !== undefined) process.exitCode = 1
}

function nodeOf(line) {
  if (process.versions.node.startsWith(`${line}.`)) return process.execPath
  const folder = `${root}.matrix/node-${line}`
  const binary = `${folder}/node_modules/node/bin/node`
  if (existsSync(binary)) return binary
  process.stderr.write(`fetching Node ${line} … `)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, '{ "private": true }\n')
  // The package's own script puts the binary in place.
  const { status, stderr } = spawnSync(
    'npm',
    ['install', `node@${line}`, '--foreground-scripts', '--no-audit', '--no-fund'],
    { cwd: folder, encoding: 'utf8' },
  )
  if (status !== 0 || !existsSync(binary)) {
    process.stderr.write(`failed\n${stderr}\n`)
    process.exit(2)
  }
  process.stderr.write('done\n')
  return binary
}
