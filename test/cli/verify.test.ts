import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { stringify } from 'yaml'
import { start } from '../../examples/providers/secure-login/server.js'
import { secureLoginCompany } from '../contract/company.ts'
import { serveMock, serveProvider } from '../contract/servers.ts'
import { isWellFormed } from '../contract/xml.ts'
import { prepare, read } from './prepare.ts'
import { Terminal, until } from './terminal.ts'

const { accounts, provider: seed } = secureLoginCompany

describe('verify', () => {
  it('ends with 0 where all is well, and tells each clause', async () => {
    const { terminal } = await prepare()
    const { code, out, err } = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /^Secure Login at http:\/\/127\.0\.0\.1:\d+\/jira\n\nkept: SL-01 SL-03 SL-05 SL-06 .*\nnot shown: SL-02 .*SL-16 SL-17 /,
    )
    expect(out).toMatch(/\n1 passed, 0 failed, 0 not reached; 6 of 19 documented clauses checked, in \d\.\d s$/)
  })

  it('ends with 1 where something is broken, and tells what, and how to see it again', async () => {
    const { terminal, mock } = await prepare()
    mock.world.faults.add({ on: 'secure-login.user', user: 'qa-new', reply: { status: 418 } })
    const { code, out, err } = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.onboarding')
    expect(code).toBe(1)
    expect(err).toBe('failed: secure-login.onboarding: SL-06 is broken')
    expect(out.slice(out.indexOf('SL-06 is broken')).split('\n').slice(0, 9)).toEqual([
      'SL-06 is broken: GET /rest/securelogin-admin/1.0/api/user (secure-login.onboarding, step 2)',
      '  status: expected 200, received 418',
      expect.stringMatching(/^ {2}header content-type: expected application\/json, received /),
      expect.stringMatching(/^ {2}body: expected \{"state":"onboarding"\}, received /),
      '  because the user has not finished onboarding, which takes a desktop browser',
      expect.stringMatching(/^ {2}SL-06 says: GET \/user answers 200 with/),
      expect.stringMatching(/^ {2}curl -i -b "\$\{phone_cookies\}" "http:.*\/user"$/),
      '  understudy replay secure-login.onboarding',
      '',
    ])
  })

  it('ends with 2 where no check ran, which is no success', async () => {
    const { terminal } = await prepare({ accounts: {}, states: {} })
    const { code, out } = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow')
    expect(code).toBe(2)
    expect(out).toContain('not reached, because the target has no account of role enter\n  secure-login.flow\n')
    expect(out).toMatch(/0 passed, 0 failed, 1 not reached; 0 of 19 .*\nNothing was checked, so nothing is known\.$/)
  })

  it('ends with 3 where nobody answers, with address and cause', async () => {
    const { terminal } = await prepare({ baseUrl: 'http://127.0.0.1:1/jira' })
    expect(await terminal.run('verify', 'target.yaml')).toEqual({
      code: 3,
      out: '',
      err: 'error: http://127.0.0.1:1 cannot be reached: connect ECONNREFUSED 127.0.0.1:1, 3 times in a row.',
    })
  })

  it('ends with 4 before the first request where an account could be locked', async () => {
    const { disposable: _, ...others } = accounts
    const { terminal, mock } = await prepare({ accounts: others, settings: { blockAfter: 3 }, states: {}, clock: {} })
    const { code, out, err } = await terminal.run('verify', 'target.yaml')
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(err).toMatch(/^error: Nothing was sent: 2 of 109 checks could lock an account\.\n/)
    expect(mock.world.requests).toEqual([])
    const planned = await terminal.run('verify', 'target.yaml', '--plan')
    expect(planned.code).toBe(4)
    expect(planned.out).toContain('  UNSAFE: qa-enter may not be locked')
  })

  it.each([
    [['verify', 'nowhere.yaml'], /There is no target file nowhere\.yaml\./],
    [
      ['verify', 'target.yaml', '--only', 'secure-login.lokout'],
      /No check is meant by "secure-login\.lokout"\. Did you mean "secure-login\.lockout"\? --plan lists them\./,
    ],
    [
      ['verify', 'target.yaml', '--report', 'html,junt'],
      /"junt" is no report; there are junit, json, html, markdown, ctrf, sarif, github\. Did you mean "junit"\?/,
    ],
    [['verify', 'target.yaml', '--pact', 'a.json'], /understudy pact verify a\.json --target <file>\./],
    [
      ['verify', 'target.yaml', '--only', 'secure-login.flow', '--report', 'json', '--report-dir', 'target.yaml'],
      /verify\.json cannot be written: /,
    ],
  ])('%j is refused with words that help', async (argv, words) => {
    const { terminal } = await prepare()
    const { code, err } = await terminal.run(...argv)
    expect(code).toBe(2)
    expect(err).toMatch(words)
  })

  it('prints nothing but JSON with --json, and tells the rest on stderr', async () => {
    const { terminal, mock } = await prepare()
    mock.world.faults.add({ on: 'secure-login.info', reply: { status: 500 } })
    const { code, out, err } = await terminal.run('verify', 'target.yaml', '--json', '--only', 'secure-login.i')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ target: { api: 'secure-login' }, counts: { failed: 1 } })
    expect(err).toContain('failed: secure-login.info: SL-03 is broken')
    const plan = await terminal.run('verify', 'target.yaml', '--json', '--plan', '--only', 'secure-login.lockout')
    expect(JSON.parse(plan.out)).toMatchObject({
      checks: [{ id: 'secure-login.lockout', attempts: { 'qa-lock': 5 }, requests: expect.any(Array) }],
    })
    expect(plan.err).toBe('')
  })

  it('fails where a guess does not hold only if it is to be strict', async () => {
    const provider = await serveProvider(start({ ...seed, quirk: 'free-while-blocked' }))
    const { states, clock } = provider
    const { terminal } = await prepare({ baseUrl: `${provider.url}/jira`, states, clock })
    const only = ['--only', 'secure-login.authenticated']
    const lenient = await terminal.run('verify', 'target.yaml', ...only)
    expect(lenient.code).toBe(0)
    expect(lenient.out).toContain('SL-X2 differs (no vendor says it): ')
    expect((await terminal.run('verify', 'target.yaml', '--strict', ...only)).code).toBe(1)
  })

  it('writes reports, into a directory that it makes', async () => {
    const { terminal } = await prepare()
    const formats = ['--report', 'junit,json, html,markdown', '--report-dir', 'out/reports']
    const { code, err } = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow', ...formats)
    expect(code).toBe(0)
    expect(err.split('\n')).toEqual(
      ['junit.xml', 'verify.json', 'verify.html', 'verify.md'].map((file) => `wrote ${join('out/reports', file)}`),
    )
    expect(isWellFormed(read(terminal, 'out/reports/junit.xml'))).toBe(true)
    expect(JSON.parse(read(terminal, 'out/reports/verify.json'))).toMatchObject({ counts: { passed: 1 } })
  })

  it('annotates and sums up in GitHub Actions without being asked', async () => {
    const { url, states } = await serveMock()
    const terminal = new Terminal({ GITHUB_ACTIONS: 'true' })
    const summary = join(terminal.cwd, 'summary.md')
    const inActions = new Terminal({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary })
    const target = { api: 'secure-login', baseUrl: `${url}/jira`, settings: { revision: 'legacy' }, accounts, states }
    writeFileSync(join(inActions.cwd, 'target.yaml'), stringify(target))
    const { code, err } = await inActions.run('verify', 'target.yaml', '--only', 'secure-login.onboarding')
    expect(code).toBe(1)
    expect(err).toContain('::error title=understudy::The target answers as Secure Login does with revision: current')
    expect(err).toContain('::error file=target.yaml,title=SL-12 is broken::POST ')
    expect(readFileSync(summary, 'utf8')).toMatch(/^# Secure Login at [^]*\n\| SL-12 \| \*\*broken\*\* \|/)
  })

  it('that is interrupted ends with 130, reports what it has, and keeps what the accounts have seen', async () => {
    const { terminal, mock } = await prepare({ clock: {}, settings: { blockAfter: 3 } })
    const { done, lines } = terminal.begin('verify', 'target.yaml', '--json', '--report', 'junit')
    const unlisten = mock.world.listen((event) => {
      if (event.kind === 'request' && event.entry.operation === 'auth') terminal.signal('SIGINT')
    })
    expect(await done).toBe(130)
    unlisten()
    const { checks, counts, brokenOff } = JSON.parse(lines.out.join('\n'))
    expect(brokenOff).toBe('the run was interrupted')
    expect(checks).toHaveLength(109)
    expect(counts.passed).toBeGreaterThan(0)
    expect(counts.notReached).toBeGreaterThan(60)
    expect(isWellFormed(read(terminal, 'reports/junit.xml'))).toBe(true)
    const again = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow')
    expect(again.code).toBe(0)
  })

  it('that waits can be interrupted, and leaves states as they were', async () => {
    const { terminal, mock } = await prepare({ clock: {} })
    const { done, lines } = terminal.begin(
      ...'verify target.yaml --allow-wait --max-wait 1h --only secure-login.expiry'.split(' '),
    )
    await until(() => lines.err.some((line) => line.startsWith('waiting ')))
    expect(lines.err).toContain("waiting 29m55s for the server's clock; 30m2s of waiting left in all")
    terminal.signal('SIGINT')
    expect(await done).toBe(130)
    expect(mock.world.api('secure-login').user('qa-lock').view()).toMatchObject({ state: 'enter', failures: 0 })
  })
})

test('a plan names each request, and how many wrong codes each account will see', async () => {
  const { terminal, mock } = await prepare({ states: {}, clock: {} })
  const { code, out } = await terminal.run('verify', 'target.yaml', '--plan')
  expect(code).toBe(0)
  expect(mock.world.requests).toEqual([])
  expect(out).toContain(
    [
      'secure-login.lockout: the last wrong PIN blocks, and the right one does not help',
      '  POST /rest/securelogin-admin/1.0/api/auth  SL-11 × 2',
      '  GET /rest/securelogin-admin/1.0/api/user  SL-06',
      '  POST /rest/securelogin-admin/1.0/api/auth  SL-14',
    ].join('\n'),
  )
  expect(out).toMatch(/\nsecure-login\.expiry: .*\n {2}left out: it waits, and neither --allow-wait/)
  expect(out).toMatch(
    /\nROLE +ACCOUNT +WRONG CODES +MAY BE LOCKED\nenter +qa-enter +0 +no\ndisposable +qa-lock +\d+ +yes\n/,
  )
  expect(out).toMatch(/\n\d+ requests in \d+ of 109 checks; nothing was sent$/)
})
