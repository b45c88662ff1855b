import { describe, expect, it } from 'vitest'
import { secureLoginCompany } from '../contract/company.ts'
import { prepare } from './prepare.ts'

const { accounts } = secureLoginCompany

describe('replay', () => {
  it('repeats one check of the latest run, request by request', async () => {
    const { terminal, mock } = await prepare()
    await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow')
    const passed = await terminal.run('replay', 'secure-login.retry')
    expect(passed).toMatchObject({ code: 0, err: '' })
    expect(passed.out.split('\n')).toEqual([
      expect.stringMatching(/^secure-login\.retry on http:.*: a wrong PIN may be tried again$/),
      '',
      'POST /rest/securelogin-admin/1.0/api/auth → 401  SL-11: the PIN is wrong; this was failure 1 of 3',
      expect.stringMatching(/^GET .*\/user → 200 {2}SL-06: /),
      expect.stringMatching(/^POST .*\/auth → 200 {2}SL-10: /),
      '',
      'passed',
    ])
    mock.world.faults.add({ on: 'secure-login.user', reply: { status: 500 } })
    const failed = await terminal.run('replay', 'secure-login.retry')
    expect(failed.code).toBe(1)
    expect(failed.out).toContain(
      '/user → 500  SL-06: this session has to enter the PIN (expected 200)\n  status: expected 200, received 500',
    )
    expect((await terminal.run('replay', 'secure-login.retry', '--mock')).code).toBe(0)
    const asJson = await terminal.run('replay', 'secure-login.retry', '--json')
    expect(JSON.parse(asJson.out)).toMatchObject({ id: 'secure-login.retry', outcome: 'failed' })
  })

  it('repeats an interaction of a pact', async () => {
    const { terminal } = await prepare()
    const { code, out } = await terminal.run('replay', 'secure-login.pact.sl-10-the-right-pin', 'target.yaml')
    expect(code).toBe(0)
    expect(out).toContain('/auth → 200  SL-10: the PIN is right; the session is authenticated')
  })

  it.each([
    [
      ['replay', 'secure-login.retry'],
      2,
      /Say on which target: understudy replay secure-login\.retry targets\/staging\.yaml/,
    ],
    [
      ['replay', 'secure-login.rety', 'target.yaml'],
      2,
      /There is no check secure-login\.rety\. Did you mean "secure-login\.retry"\?/,
    ],
  ])('%j is refused with words that help', async (argv, exitCode, words) => {
    const { terminal } = await prepare()
    const { code, err } = await terminal.run(...argv)
    expect(code).toBe(exitCode)
    expect(err).toMatch(words)
  })

  it('of what cannot be reached ends with 2, and of what is unsafe with 4', async () => {
    const { terminal } = await prepare({
      states: {},
      accounts: { enter: accounts['enter'] },
      settings: { blockAfter: 3 },
    })
    const lost = await terminal.run('replay', 'secure-login.lockout', 'target.yaml')
    expect(lost.code).toBe(2)
    expect(lost.out).toContain('not reached, because the target has no account of role disposable')
    const unsafe = await terminal.run('replay', 'secure-login.zeros', 'target.yaml')
    expect(unsafe.code).toBe(4)
    expect(unsafe.err).toMatch(/^error: Nothing was sent: .*qa-enter/)
  })
})
