// The long runs of tests that `npm test` only samples: `kill` (200 kills, 200 rounds of claims to one state file), `fuzz` (a million inputs of each parser),
// `linearizability` (two minutes of servers that share a store, and as much of its outages), `crowd` (200 tests of
// eight Playwright workers on one server).
// A number behind it says how many instead; UNDERSTUDY_TEST_SEED which ones.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const runs = {
  crowd: {
    variable: 'UNDERSTUDY_TEST_CROWD',
    count: '200',
    path: 'test/browser/playwright-fixtures.test.ts',
    project: 'browser',
  },
  kill: { variable: 'UNDERSTUDY_TEST_KILLS', count: '200', path: 'test/kill' },
  linearizability: { variable: 'UNDERSTUDY_TEST_SECONDS', count: '120', path: 'test/redis/linear' },
  fuzz: { variable: 'UNDERSTUDY_TEST_INPUTS', count: '1000000', path: 'test/fuzz' },
}
const [name = '', count, ...more] = process.argv.slice(2)
const run = runs[name]
if (run === undefined || (count !== undefined && !/^[1-9]\d*$/.test(count))) {
  process.stderr.write(`node scripts/long.js ${Object.keys(runs).join('|')} [how many] [options of vitest]\n`)
  process.exit(2)
}
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', run.project ?? 'behaviour', run.path, ...more],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, [run.variable]: count ?? run.count },
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
