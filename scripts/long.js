// The long runs of tests that `npm test` only samples: `kill` (200 kills, 200 rounds of claims to one state file), `fuzz`
// (a million inputs of each parser), `linearizability` (300,000 operations on servers that share a store, and ten rounds
// of its outages), `crowd` (200 tests of eight Playwright workers on one server), and `all`, which is every test, and
// nothing sampled.
// A number behind it says how many instead; UNDERSTUDY_TEST_SEED which ones.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const runs = {
  all: { filters: [] },
  crowd: {
    variable: 'UNDERSTUDY_TEST_CROWD',
    filters: ['--project', 'browser', 'test/browser/playwright-fixtures.test.ts'],
  },
  kill: { variable: 'UNDERSTUDY_TEST_KILLS', filters: ['--project', 'behaviour', 'test/kill'] },
  linearizability: {
    variable: 'UNDERSTUDY_TEST_OPERATIONS',
    filters: ['--project', 'behaviour', 'test/redis/linear'],
  },
  fuzz: { variable: 'UNDERSTUDY_TEST_INPUTS', filters: ['--project', 'behaviour', 'test/fuzz'] },
}
const [name = '', ...rest] = process.argv.slice(2)
const run = runs[name]
const count = /^\d+$/.test(rest[0] ?? '') ? rest.shift() : undefined
if (run === undefined || count === '0' || (count !== undefined && run.variable === undefined)) {
  process.stderr.write(`node scripts/long.js ${Object.keys(runs).join('|')} [how many] [options of vitest]\n`)
  process.exit(2)
}
// How many "all" are is known to the tests.
const env = { ...process.env, UNDERSTUDY_TEST_ALL: '1', ...(count === undefined ? {} : { [run.variable]: count }) }
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...run.filters, ...rest], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
