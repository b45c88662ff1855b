import { expect, test } from 'vitest'
import { prepare, read } from './prepare.ts'

test('verify --race plays races, so often as is said, and replay plays one of them again', async () => {
  const { terminal } = await prepare()
  const without = await terminal.run('verify', 'target.yaml', '--only', '*.race.*')
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('No check is meant by "*.race.*".')])

  const { code, out } = await terminal.run(
    'verify',
    'target.yaml',
    '--race',
    '--rounds',
    '2',
    '--only',
    '*.race.*',
    '--report',
    'json',
  )
  expect([code, out]).toEqual([0, expect.stringMatching(/\n10 passed, 0 failed, 0 not reached; /)])
  const { checks } = JSON.parse(read(terminal, 'reports', 'verify.json')) as { checks: { id: string }[] }
  expect(checks.map(({ id }) => id)).toContain('secure-login.race.two-wrong.2')

  const again = await terminal.run('replay', 'secure-login.race.two-wrong.2')
  expect([again.code, again.out]).toEqual([
    0,
    expect.stringMatching(
      /^secure-login\.race\.two-wrong\.2 on http[\s\S]*(POST \S+auth → 401 .*\n){3}GET \S+user → 200 +SL-07/,
    ),
  ])
  const mock = await terminal.run('replay', 'secure-login.race.right-twice', '--mock')
  expect([mock.code, mock.out]).toEqual([0, expect.stringMatching(/\npassed$/)])
})

test('verify --rounds takes a number', async () => {
  const { terminal } = await prepare()
  const { code, err } = await terminal.run('verify', 'target.yaml', '--race', '--rounds', 'many')
  expect([code, err]).toEqual([2, 'error: --rounds takes a number from 1 to 99, not "many".'])
})
