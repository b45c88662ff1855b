import { describe, expect, it, test } from 'vitest'
import type { Findings } from '../../src/contract/telling/findings.ts'
import type { Scenario } from '../../src/index.ts'
import { openBench } from './bench.ts'
import { secureLoginCompany } from './company.ts'
import { behindHeader, disturb, inJson, rewriting, withHeaders, type Disturbance, type Passing } from './disturb.ts'
import { serveMock, type Mock } from './servers.ts'

const { accounts } = secureLoginCompany
const settings = { blockAfter: 3, blockFor: '30m' }

function mock(clockMs = 0): Promise<Mock> {
  const at = new Date(Date.now() + clockMs).toISOString()
  const users = Object.fromEntries(
    Object.entries(accounts).map(([role, { username, password, pin }]) => [
      username,
      {
        state: role === 'disposable' ? 'enter' : role,
        password,
        pin,
        ...(role === 'blocked' ? { until: '+20m' } : {}),
      },
    ]),
  )
  return serveMock({ clock: { at }, 'secure-login': { ...settings, users } })
}

/** Verifies a server that answers almost as the mock does. */
async function verifyDisturbed(
  change: Disturbance,
  { only = /./, clockMs = 0, target = {} }: { only?: RegExp; clockMs?: number; target?: object } = {},
): Promise<Findings> {
  const { url, states, clock } = await mock(clockMs)
  const baseUrl = `${await disturb(url, change)}/jira`
  const bench = await openBench({ api: 'secure-login', baseUrl, settings, accounts, states, clock, ...target })
  return bench.verify({ only })
}

function grades({ clauses }: Findings): { [clause: string]: string } {
  return Object.fromEntries(
    clauses
      .filter(({ outcome }) => outcome !== 'kept' && outcome !== 'not reached')
      .map(({ clause, outcome }) => [clause.id, outcome]),
  )
}

const some = /\.(info|stranger|flow|lockout|blocked|onboarding|bypass|login|expiry)$|\.pact\./

describe('a right server is not accused', () => {
  it.each<[what: string, change: Disturbance]>([
    ['tells members more', inJson((data) => ({ pluginVersion: '4.2.1', ...data, licence: null }))],
    ['tells its members in another order', inJson((data) => Object.fromEntries(Object.entries(data).toReversed()))],
    ['spells GMT as +00:00', rewriting(/(:\d\d)Z"/g, '$1+00:00"')],
    ['tells milliseconds', rewriting(/(:\d\d)Z"/g, '$1.000Z"')],
    ['sets cookies of its own', withHeaders(['Set-Cookie', 'atlassian.xsrf.token=B1|x|lin; Path=/jira'])],
    ['sends headers of its own', withHeaders(['X-AREQUESTID', '1x2x3'], ['Vary', 'User-Agent'])],
    ['says the charset', behindHeader(/content-type/i, ';charset=UTF-8')],
    ['makes its cookies SameSite', behindHeader(/set-cookie/i, '; SameSite=Lax')],
  ])('that %s', async (_, change) => {
    const findings = await verifyDisturbed(change, { only: some })
    expect([
      grades(findings),
      findings.checks.flatMap((c) => c.failures.map((f) => [f.id, f.clause, f.differences])),
    ]).toEqual([{}, []])
    expect(findings.counts.passed).toBeGreaterThan(40)
  })

  it.each([8, 90, -90, 400])('whose clock is %i s off, which is told', async (seconds) => {
    const findings = await verifyDisturbed(() => ({}), { only: some, clockMs: seconds * 1000 })
    expect([
      grades(findings),
      findings.checks.flatMap((c) => c.failures.map((f) => [f.id, f.clause, f.differences])),
    ]).toEqual([{}, []])
    expect(findings.warnings.join()).toMatch(
      seconds > 0 ? /is .* ahead of this machine's/ : /is .* behind this machine's/,
    )
  })

  it('with an account that has been blocked for a while', async () => {
    const { url, clock } = await mock()
    const bench = await openBench({ api: 'secure-login', baseUrl: `${url}/jira`, settings, accounts, clock })
    const { checks } = await bench.verify({ only: /secure-login\.(blocked|lockout)$/ })
    expect(checks.map(({ id, outcome, because }) => [id, outcome, because])).toEqual([
      ['secure-login.blocked', 'passed', undefined],
      ['secure-login.lockout', 'passed', undefined],
    ])
  })

  it('with an account that is not blocked any more', async () => {
    const { url, clock, world } = await mock()
    world.clock.advance('21m')
    const bench = await openBench({ api: 'secure-login', baseUrl: `${url}/jira`, settings, accounts, clock })
    const { checks } = await bench.verify({ only: /secure-login\.blocked$/ })
    expect(checks).toMatchObject([
      { outcome: 'not reached', because: 'qa-out, of role blocked, is not locked now, by what the server says' },
    ])
  })
})

const inApi =
  (status: number, change: Partial<Passing>): Disturbance =>
  (passing) =>
    passing.status === status && passing.path.includes('/securelogin-admin/') ? change : {}

describe('a wrong server is not excused', () => {
  it.each<[what: string, change: Disturbance, clause: string, outcome: string]>([
    [
      'tells blocked beside another state',
      inJson((data) => ('state' in data ? { blocked: {}, ...data } : data)),
      'SL-07',
      'broken',
    ],
    ['leaves out server_time', inJson((data) => ({ active: data['active'] })), 'SL-03', 'broken'],
    ['tells local time', rewriting(/(T\d\d:\d\d:\d\d)Z"/g, '$1+02:00"'), 'SL-05', 'broken'],
    ['has a body on its 401', inApi(401, { body: '<h1>no</h1>' }), 'SL-11', 'broken'],
    ['says more on the 410 of /user', inApi(410, { body: '[]' }), 'SL-U11', 'differs'],
  ])('that %s', async (_, change, clause, outcome) => {
    const findings = await verifyDisturbed(change, { only: /\.(info|flow|lockout|inactive|bypass)$/ })
    expect(grades(findings)).toMatchObject({ [clause]: outcome })
  })
})

test('a journey goes on after what only differs', async () => {
  // That HEAD and a slash are answered like this is assumed; that the state is told is not.
  const findings = await verifyDisturbed(
    ({ status, headers }) => (status === 405 ? { headers: headers.filter(([name]) => !/^allow$/i.test(name)) } : {}),
    { only: /\.methods$/ },
  )
  expect(findings.checks[0]?.failures.map(({ step, clause, outcome }) => [step, clause, outcome])).toEqual([
    [3, 'SL-U10', 'differs'],
    [4, 'SL-U10', 'differs'],
  ])
  expect(findings.clauses.find(({ clause }) => clause.id === 'SL-X6')?.outcome).toBe('kept')
})

describe('accepted deviations', () => {
  const noisy = inApi(401, { body: '<h1>no</h1>' })
  const only = /\.(lockout|flow)$/

  it('are told with their reason, and fail nothing', async () => {
    const accept = [{ clause: 'SL-11', member: 'body', reason: 'our proxy adds a page', until: '2099-01-01T00:00:00Z' }]
    const findings = await verifyDisturbed(noisy, { only: /\.retry$/, target: { accept } })
    expect(findings.counts).toMatchObject({ failed: 0, differs: 0, accepted: 1 })
    expect(findings.checks[0]?.failures).toMatchObject([{ outcome: 'accepted', reason: 'our proxy adds a page' }])
    expect(findings.warnings).toEqual([])
  })

  it('accept nothing else', async () => {
    const accept = [{ clause: 'SL-11', member: 'status', reason: 'x' }]
    const { counts } = await verifyDisturbed(noisy, { only: /\.retry$/, target: { accept } })
    expect(counts).toMatchObject({ failed: 1, accepted: 0 })
  })

  it('that have expired or are not needed are warned of', async () => {
    const accept = [
      { clause: 'SL-11', reason: 'old', until: '2020-01-01T00:00:00Z' },
      { clause: 'SL-10', check: 'secure-login.*', reason: 'stale' },
      { clause: 'SL-08', reason: 'not met' },
    ]
    const { counts, warnings } = await verifyDisturbed(() => ({}), { only, target: { accept } })
    expect(counts).toMatchObject({ failed: 0, passed: 2 })
    expect(warnings).toEqual([
      'accept: SL-11 ("old") has expired at 2020-01-01T00:00:00Z.',
      'accept: SL-10 secure-login.* ("stale") is not needed any more: nothing of it differs.',
    ])
  })

  it.each([
    [
      { clause: 'SL-111', reason: 'x' },
      /target\.yaml:\d+:\d+: accept\[0\]\.clause: "SL-111" is not a clause of Secure Login\. Did you mean "SL-11"\?/,
    ],
    [{ reason: 'x' }, /accept\[0\]: It has to name a clause, a check or a member/],
    [{ clause: 'SL-11', reason: 'x', until: '+30m' }, /accept\[0\]\.until: It has to be an instant/],
  ])('that mean nothing are refused before anything is sent', async (entry, message) => {
    await expect(
      openBench({ api: 'secure-login', baseUrl: 'http://127.0.0.1:9/jira', accept: [entry] }),
    ).rejects.toThrow(message)
  })
})

const adam = { username: 'adam', password: 's3cret', facts: { account: 'atech' } }

function helpDesk(more: object): Scenario {
  const users = [{ username: 'adam', password: 's3cret', account: 'atech', apiAccess: true }]
  return { sirportly: { accounts: { atech: {} }, users, ...more } }
}

describe('a setting of the target that explains what failed is told first', () => {
  it('how many wrong PINs block', async () => {
    const { url, states, clock, world } = await mock()
    world.api('secure-login').set({ blockAfter: 5 })
    const bench = await openBench({ api: 'secure-login', baseUrl: `${url}/jira`, settings, accounts, states, clock })
    const { hint } = await bench.verify({ only: /secure-login\.(lockout|flow|clears)$/ })
    expect(hint).toMatch(/with blockAfter: 4 \(or 5, 6, .*12\), not 3\. That explains all that failed\./)
  })

  it('that the application is not known, before anything is held against the server', async () => {
    const { url } = await serveMock(helpDesk({ applications: ['app-of-qa'] }))
    const target = { api: 'sirportly', baseUrl: url, accounts: { user: adam } }
    const { hint, counts, checks } = await (await openBench(target)).verify()
    expect(hint).toMatch(
      /^The server answers 403 to the simplest request.*: settings: \{ applications: \[<token>\] \}\.$/,
    )
    expect(counts).toMatchObject({ passed: 0, failed: 0, differs: 0, notReached: checks.length })
    await expect((await openBench(target)).diagnose()).rejects.toThrow(/target\.yaml: the server answers 403/)
    const other = await openBench({ ...target, settings: { applications: ['another'] } })
    expect((await other.verify()).hint).toMatch(/does not know the first application of the target/)
    const named = await openBench({ ...target, settings: { applications: ['app-of-qa'] } })
    expect((await named.verify()).counts).toMatchObject({ failed: 0, differs: 0 })
  })

  it('but not that a server refuses everybody as one without credentials', async () => {
    const { url } = await serveMock(helpDesk({ statusCodes: 'byOutcome' }))
    const wrong = { ...adam, password: 'wrong' }
    const { hint, counts } = await (
      await openBench({ api: 'sirportly', baseUrl: url, accounts: { user: wrong } })
    ).verify()
    expect(hint ?? '').not.toMatch(/applications/)
    expect(counts.failed).toBe(1)
  })
})
