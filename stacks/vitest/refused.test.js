// A second server, which would silence the team's, is refused: looked at from outside, as the fixture refuses the test.
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('a second server is refused', () => {
  const args = ['vitest', 'run', '--config', 'refused.config.js']
  const told = (() => {
    try {
      return execFileSync('npx', args, { encoding: 'utf8', stdio: 'pipe' })
    } catch (error) {
      return error.stdout + error.stderr
    }
  })()
  expect(told).toContain('An MSW server listens in this process already')
}, 60_000)
