import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { stringify } from 'yaml'
import { start } from '../../examples/providers/secure-login/server.js'
import type { CheckFinding } from '../../src/contract/findings.ts'
import { progressOf } from '../../src/cli/progress.ts'
import type { Io } from '../../src/cli/io.ts'
import { secureLoginCompany } from '../contract/company.ts'
import { serveMock, serveProvider, type Mock } from '../contract/servers.ts'
import { isWellFormed } from '../contract/xml.ts'
import { Terminal, until } from './terminal.ts'

const { accounts, provider: seed } = secureLoginCompany

/** A terminal with a target file, for the mock with states and clock unless it says otherwise. */
async function prepare(more: object = {}, mock?: Mock): Promise<{ terminal: Terminal; mock: Mock }> {
  const served = mock ?? (await serveMock())
  const { url, states, clock } = served
  const terminal = new Terminal()
  const target = { api: 'secure-login', baseUrl: `${url}/jira`, accounts, states, clock, ...more }
  writeFileSync(join(terminal.cwd, 'target.yaml'), stringify(target))
  return { terminal, mock: served }
}

const read = ({ cwd }: Terminal, ...path: readonly string[]): string => readFileSync(join(cwd, ...path), 'utf8')

describe('verify', () => {
  it('ends with 0 where all is well, and tells each clause', async () => {
    const { terminal } = await prepare()
    const { code, out, err } = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /^Secure Login at http:\/\/127\.0\.0\.1:\d+\/jira\n\nCLAUSE +OUTCOME +SHOWN BY, OR WHY NOT\nSL-01 +kept +2 answers\n/,
    )
    expect(out).toMatch(/\nSL-16 +not reached +no check that was played shows it\n/)
    expect(out).toMatch(/\n1 passed, 0 failed, 0 not reached, in \d\.\d s$/)
  })

  it('ends with 1 where something is broken, and tells what, and how to see it again', async () => {
    const { terminal, mock } = await prepare()
    mock.world.faults.add({ on: 'secure-login.user', user: 'qa-new', reply: { status: 418 } })
    const { code, out, err } = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.onboarding')
    expect(code).toBe(1)
    expect(err).toBe('failed: secure-login.onboarding: SL-06 is broken')
    expect(out.slice(out.indexOf('SL-06 is broken')).split('\n').slice(0, 8)).toEqual([
      'SL-06 is broken: GET /rest/securelogin-admin/1.0/api/user (secure-login.onboarding, step 2)',
      '  status: expected 200, received 418',
      expect.stringMatching(/^ {2}header content-type: expected application\/json, received /),
      expect.stringMatching(/^ {2}body: expected \{"state":"onboarding"\}, received /),
      '  because the user has not finished onboarding, which takes a desktop browser',
      expect.stringMatching(/^ {2}curl -i -b "\$phone_cookies" "http:.*\/user"$/),
      '  understudy replay secure-login.onboarding',
      '',
    ])
  })

  it('ends with 2 where no check ran, which is no success', async () => {
    const { terminal } = await prepare({ accounts: {}, states: {} })
    const { code, out } = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow')
    expect(code).toBe(2)
    expect(out).toContain('not reached, because the target has no account of role enter\n  secure-login.flow\n')
    expect(out).toMatch(/0 passed, 0 failed, 1 not reached, in .*\nNothing was checked, so nothing is known\.$/)
  })

  it('ends with 3 where nobody answers, with address and cause', async () => {
    const { terminal } = await prepare({ baseUrl: 'http://127.0.0.1:1/jira' })
    expect(await terminal.run('verify', 'target.yaml')).toEqual({
      code: 3,
      out: '',
      err: 'error: http://127.0.0.1:1 cannot be reached: connect ECONNREFUSED 127.0.0.1:1.',
    })
  })

  it('ends with 4 before the first request where an account could be locked', async () => {
    const { disposable: _, ...others } = accounts
    const { terminal, mock } = await prepare({ accounts: others, settings: { blockAfter: 3 }, states: {}, clock: {} })
    const { code, out, err } = await terminal.run('verify', 'target.yaml')
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(err).toMatch(/^error: Nothing was sent: 2 of 97 checks could lock an account\.\n/)
    expect(mock.world.requests).toEqual([])
    const planned = await terminal.run('verify', 'target.yaml', '--plan')
    expect(planned.code).toBe(4)
    expect(planned.out).toContain('  UNSAFE: qa-enter may not be locked')
  })

  it.each([
    [['verify', 'nowhere.yaml'], /There is no target file nowhere\.yaml\./],
    [
      ['verify', 'target.yaml', '--only', 'secure-login.lokout'],
      /No check has "secure-login\.lokout" in its id\. Did you mean "secure-login\.lockout"\? --plan lists them\./,
    ],
    [
      ['verify', 'target.yaml', '--report', 'html,junt'],
      /"junt" is no report; there are junit, json, html, markdown, github\. Did you mean "junit"\?/,
    ],
    [['verify', 'target.yaml', '--pact', 'nothing.json'], /There is no pact file nothing\.json\./],
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
    const provider = await serveProvider(start(seed))
    const { states, clock } = provider
    const { terminal } = await prepare({ baseUrl: `${provider.url}/jira`, states, clock })
    const only = ['--only', 'secure-login.authenticated']
    const lenient = await terminal.run('verify', 'target.yaml', ...only)
    expect(lenient.code).toBe(0)
    expect(lenient.out).toContain('SL-X2 is a guess that does not hold here: ')
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
    mock.world.faults.add({ on: 'secure-login.auth', delay: '300ms', nth: 2 })
    const { done, lines } = terminal.begin('verify', 'target.yaml', '--json', '--report', 'junit')
    await until(() => mock.world.requests.some(({ operation }) => operation === 'auth'))
    terminal.signal('SIGINT')
    expect(await done).toBe(130)
    const { checks, counts, brokenOff } = JSON.parse(lines.out.join('\n'))
    expect(brokenOff).toBe('the run was interrupted')
    expect(checks).toHaveLength(97)
    expect(counts.passed).toBeGreaterThan(0)
    expect(counts.notReached).toBeGreaterThan(60)
    expect(isWellFormed(read(terminal, 'reports/junit.xml'))).toBe(true)
    const again = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.flow')
    expect(again.code).toBe(0)
  })

  it('that waits can be interrupted, and leaves states as they were', async () => {
    const { terminal, mock } = await prepare({ clock: {} })
    const { done, lines } = terminal.begin('verify', 'target.yaml', '--allow-wait', '--only', 'secure-login.expiry')
    await until(() => lines.err.some((line) => line.startsWith('waiting ')))
    expect(lines.err).toContain("waiting 29m55s for the server's clock")
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
  expect(out).toMatch(/\n\d+ requests in \d+ of 97 checks; nothing was sent$/)
})

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

test('progress is told after the first second, once a second, and failures at once', () => {
  let now = 0
  const told: string[] = []
  const io = {
    now: () => now,
    err: (text: string) => told.push(text),
    color: { out: false, err: false },
  } as unknown as Io
  const progress = progressOf(io)
  for (let place = 1; place <= 30; place++) {
    progress.onStart({ id: `check-${place}` }, place, 30)
    if (place === 2)
      progress.onDone({ id: 'check-2', outcome: 'failed', failures: [{ clause: 'SL-12' }] } as unknown as CheckFinding)
    now += 100
  }
  expect(told).toEqual(['failed: check-2: SL-12 is broken', '11/30 check-11', '21/30 check-21'])
})

describe('init target', () => {
  it.each(['secure-login', 'sirportly', 'gentics-cms'])(
    'writes a file for %s that can be verified once it is filled in',
    async (api) => {
      const terminal = new Terminal()
      const { code, err } = await terminal.run('init', 'target', '--api', api)
      expect({ code, err }).toEqual({
        code: 0,
        err: 'wrote targets/staging.yaml; `understudy verify targets/staging.yaml --plan` shows what it would do',
      })
      const text = read(terminal, 'targets/staging.yaml')
      expect(text).toMatch(/^# yaml-language-server: \$schema=\S*target\.schema\.json\n/)
      const filled = text.replaceAll(/^( *)# (\w[\w-]*: [{].*)$/gm, '$1$2').replaceAll(/\$\{(\w+)\}/g, '5')
      expect(filled).not.toBe(text)
      writeFileSync(join(terminal.cwd, 'targets/staging.yaml'), filled)
      const planned = await terminal.run('verify', 'targets/staging.yaml', '--plan', '--json', '--leave-out-unsafe')
      expect(planned.err).toBe('')
      expect(JSON.parse(planned.out).checks.length).toBeGreaterThan(80)
    },
  )

  it('overwrites nothing unless it is told to, and knows its APIs', async () => {
    const terminal = new Terminal()
    mkdirSync(join(terminal.cwd, 'targets'))
    writeFileSync(join(terminal.cwd, 'targets/staging.yaml'), 'mine')
    const refused = await terminal.run('init', 'target')
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('it exists already; --force overwrites it') })
    expect(read(terminal, 'targets/staging.yaml')).toBe('mine')
    expect((await terminal.run('init', 'target', '--force')).code).toBe(0)
    const unknown = await terminal.run('init', 'target', 'x.yaml', '--api', 'sirporty')
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "sirportly"?') })
    expect(existsSync(join(terminal.cwd, 'x.yaml'))).toBe(false)
  })
})
