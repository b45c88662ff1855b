import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { secureLoginCompany } from '../contract/company.ts'
import { prepare, read } from './prepare.ts'
import type { Terminal } from './terminal.ts'

async function findingsOf(terminal: Terminal, ...argv: string[]): Promise<{ code: number; findings: Findings }> {
  const { code, out } = await terminal.run('verify', 'target.yaml', '--json', ...argv)
  return { code, findings: JSON.parse(out) as Findings }
}

const outcomes = ({ checks }: Findings): string[] => checks.map(({ id, outcome }) => `${id}: ${outcome}`)

describe('what has to be checked', () => {
  it.each([
    [['--require', 'SL-10'], 0, []],
    [['--require', 'SL-08'], 1, ['SL-08 is required, and was not checked: no check that was played shows it']],
    [['--require', '30%'], 0, []],
    [
      ['--require', '90%', '--require', 'documented'],
      1,
      [
        expect.stringMatching(/^90% is required, and 6 of 19 documented clauses were checked; not SL-02, SL-04, /),
        expect.stringMatching(/^documented is required, and 6 of 19 documented clauses were checked; not SL-02, /),
      ],
    ],
  ])('%j ends with %i', async (argv, expected, unmet) => {
    const { terminal } = await prepare()
    const { code, findings } = await findingsOf(terminal, '--only', 'secure-login.flow', ...argv)
    expect(code).toBe(expected)
    expect((findings as { unmet?: string[] }).unmet ?? []).toEqual(unmet)
  })

  it.each([
    [
      ['--require', 'SL-80'],
      /--require takes documented, a clause or a share such as 90%, not "SL-80"\. Did you mean "SL-08"\?/,
    ],
    [['--require', '101%'], /not "101%"/],
    [['--strict-on', 'asumed'], /--strict-on takes assumed, host, observed, not "asumed"\. Did you mean "assumed"\?/],
    [['--max-wait', 'soon'], /"soon" is no duration; write 90s, 30m or 2h\./],
    [['--jobs', '0'], /--jobs takes a number from 1 to 99, not "0"\./],
  ])('%j is refused before anything is sent', async (argv, words) => {
    const { terminal, mock } = await prepare()
    const { code, err, out } = await terminal.run('verify', 'target.yaml', ...argv)
    expect({ code, out, words: err }).toEqual({ code: 2, out: '', words: expect.stringMatching(words) })
    expect(mock.world.requests).toEqual([])
  })
})

describe('what differs', () => {
  it.each([
    [[], 0],
    [['--strict'], 1],
    [['--strict-on', 'assumed'], 1],
    [['--strict-on', 'host'], 0],
    [['--strict-on', 'host,assumed'], 1],
  ])('fails by its origin: %j ends with %i', async (argv, expected) => {
    const { terminal, mock } = await prepare()
    mock.world.faults.add({ on: 'secure-login.user', reply: { status: 404 } })
    const { code, findings } = await findingsOf(terminal, '--only', 'secure-login.stranger', ...argv)
    expect(findings.counts).toMatchObject({ failed: 0, differs: 1 })
    expect(code).toBe(expected)
  })
})

describe('a run', () => {
  it('ends at the first failure, or when its time is over, and goes on with --resume', async () => {
    const { terminal, mock } = await prepare()
    const only = ['--only', 'secure-login.info', '--only', 'secure-login.bypass']
    const timed = await findingsOf(terminal, ...only, '--time', '1ms')
    expect(outcomes(timed.findings)).toEqual(['secure-login.info: passed', 'secure-login.bypass: not reached'])
    expect(timed.findings.checks[1]?.because).toBe("the run's time was over (--time 1ms); --resume goes on")
    // What was found is not asked again: by now it would fail.
    mock.world.faults.add({ on: 'secure-login.info', reply: { status: 500 } })
    const resumed = await findingsOf(terminal, ...only, '--resume')
    expect(resumed.code).toBe(0)
    expect(outcomes(resumed.findings)).toEqual(['secure-login.info: passed', 'secure-login.bypass: passed'])
    expect((await findingsOf(terminal, ...only)).code).toBe(1)
  })

  it('ends at the first check that fails', async () => {
    const { terminal, mock } = await prepare()
    mock.world.faults.add({ on: 'secure-login.user', user: 'qa-enter', reply: { status: 418 } })
    const { code, findings } = await findingsOf(
      terminal,
      '--only',
      'secure-login.*',
      '--except',
      '*.pact.*',
      '--fail-fast',
    )
    expect(code).toBe(1)
    expect(findings.counts).toMatchObject({ failed: 1 })
    expect(findings.checks.at(-1)?.because).toMatch(/failed, and --fail-fast ends the run there$/)
  })

  it('that was never begun cannot go on', async () => {
    const { terminal } = await prepare()
    const { code, err } = await terminal.run('verify', 'target.yaml', '--resume')
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: There is no run of target.yaml in this directory that --resume could go on with.',
    })
  })

  it('keeps its ledger where it is told to', async () => {
    const { terminal } = await prepare({
      settings: { blockAfter: 3 },
      accounts: { enter: secureLoginCompany.accounts['enter'] },
    })
    const { code } = await findingsOf(terminal, '--only', 'secure-login.retry', '--ledger', 'cache/attempts.jsonl')
    expect(code).toBe(0)
    expect(existsSync(join(terminal.cwd, 'cache/attempts.jsonl'))).toBe(true)
    expect(existsSync(join(terminal.cwd, '.understudy/attempts.jsonl'))).toBe(false)
  })

  it('refuses waits that are longer than --max-wait, and tells the sum of the others', async () => {
    const { terminal } = await prepare({ clock: {} })
    const refused = await terminal.run(
      'verify',
      'target.yaml',
      '--plan',
      '--allow-wait',
      '--only',
      'secure-login.expiry',
    )
    expect(refused.out).toContain('left out: it waits 29m55s, and --max-wait is 2m')
    const told = await terminal.run(
      ...'verify target.yaml --plan --allow-wait --max-wait 30m --only secure-login.expiry'.split(' '),
    )
    expect(told.out).toContain('It waits 30m2s in all')
  })
})

describe('several targets', () => {
  it('are checked beside each other, each with reports of its own, and the worst decides', async () => {
    const { terminal, mock } = await prepare()
    writeFileSync(join(terminal.cwd, 'other.yaml'), read(terminal, 'target.yaml'))
    writeFileSync(join(terminal.cwd, 'gone.yaml'), 'api: secure-login\nbaseUrl: http://127.0.0.1:9/jira\n')
    const argv = ['--only', 'secure-login.info', '--jobs', '2', '--report', 'junit', '--json']
    const { code, out } = await terminal.run('verify', 'target.yaml', 'other.yaml', 'gone.yaml', ...argv)
    expect(code).toBe(3)
    const all = JSON.parse(out) as { target: { path: string }; counts?: object; error?: string }[]
    expect(all.map(({ target, counts, error }) => [target.path, counts ?? error])).toEqual([
      ['target.yaml', expect.objectContaining({ passed: 1 })],
      ['other.yaml', expect.objectContaining({ passed: 1 })],
      ['gone.yaml', expect.stringContaining('http://127.0.0.1:9 cannot be reached')],
    ])
    expect(existsSync(join(terminal.cwd, 'reports/target/junit.xml'))).toBe(true)
    expect(existsSync(join(terminal.cwd, 'reports/other/junit.xml'))).toBe(true)
    expect(mock.world.requests.length).toBeGreaterThan(0)
  })

  it('are all read before anything is sent', async () => {
    const { terminal, mock } = await prepare()
    const { code } = await terminal.run('verify', 'target.yaml', 'missing.yaml')
    expect(code).toBe(2)
    expect(mock.world.requests).toEqual([])
  })
})
