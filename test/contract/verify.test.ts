import { describe, expect, it, test } from 'vitest'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { genticsCms, secureLogin, sirportly } from './checked.ts'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { bindingOf } from '../../src/core/clause.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Account } from '../../src/core/kit.ts'
import { notPassed, openBench } from './bench.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany, type Company } from './company.ts'
import { serveMock, serveProvider, type Mock, type Provider } from './servers.ts'

interface Case {
  readonly api: CheckedApi
  readonly path: string
  readonly company: Company
  readonly start: (options?: object) => Promise<{ readonly url: string; close(): Promise<void> }>
  /** Under which every journey can be played that is not about another revision or dialect. */
  readonly settings: JsonObject
}

const cases = {
  secureLogin: {
    api: secureLogin,
    path: '/jira',
    company: secureLoginCompany,
    start: startSecureLogin,
    settings: { blockAfter: 3, blockFor: '30m', trustProxy: true },
  },
  sirportly: {
    api: sirportly,
    path: '',
    company: sirportlyCompany,
    start: startSirportly,
    settings: { lockAfter: 5, lockFor: '30m', applications: ['app-of-qa'] },
  },
  genticsCms: {
    api: genticsCms,
    path: '',
    company: genticsCmsCompany,
    start: startGenticsCms,
    settings: {},
  },
} satisfies { [name: string]: Case }

/** What a target says of a server: that it has these accounts, and perhaps how to arrange states and move the clock. */
function target({ api, path, company, settings }: Case, server: Mock | Provider, isArranged: boolean): object {
  const { url, states, clock } = server
  const { accounts } = company
  const base = { api: api.id, baseUrl: url + path, settings, accounts }
  return isArranged ? { ...base, states, clock } : base
}

/** The mock, with the target's settings and users. */
function mockOf({ api, company, settings }: Case): Promise<Mock> {
  const cast = Object.entries(company.accounts).map(([role, account]) => ({ ...account, role }))
  const section = api.kit.section(cast as unknown as readonly Account[], settings)
  return serveMock({ [api.id]: { ...settings, ...section } })
}

/** Clauses that no check of a run has shown. */
function notShown({ clauses }: Findings): string[] {
  return clauses.filter(({ outcome }) => outcome === 'not reached').map(({ clause }) => clause.id)
}

/** Why checks were not reached, each reason once. */
function reasons({ checks }: Findings): string[] {
  return [...new Set(checks.flatMap(({ because }) => because ?? []))]
}

describe('a target with states and a clock is checked as a whole', () => {
  it.each([
    ['Secure Login', cases.secureLogin, [], ['SL-U13', 'SL-X3', 'SL-X5', 'SL-U20']],
    ['Sirportly', cases.sirportly, ['it needs a server with order: "account-first"'], ['SP-X3']],
    [
      'Gentics CMS',
      cases.genticsCms,
      [
        expect.stringMatching(/^the account .* has no fact "salt"/),
        'it needs a server with dialect: "observed"',
        'it needs a server with dialect: "observed", trustProxy: true',
      ],
      // Pacts ask the open-source server as well, where the dialect can be arranged; the rest of it takes a journey.
      ['GC-U1', 'GC-X18', 'GC-X24', 'GC-O1', 'GC-O2', 'GC-O7', 'GC-O30'],
    ],
  ])('and the mock of %s passes', async (_, one, because, clauses) => {
    const findings = await (await openBench(target(one, await mockOf(one), true))).verify()
    expect(notPassed(findings).filter((line) => !line.includes('not reached'))).toEqual([])
    expect(reasons(findings)).toEqual(because)
    expect(notShown(findings).sort()).toEqual(clauses.toSorted())
  })

  it.each([
    ['Secure Login', cases.secureLogin, { trustProxy: true }, []],
    ['Sirportly', cases.sirportly, { lockFor: 1_800_000, applications: ['app-of-qa'] }, []],
    ['Gentics CMS', cases.genticsCms, {}, ['GC-X3', 'GC-X6']],
  ])('and the independent server of %s keeps every clause', async (_, one, options, guesses) => {
    const provider = await serveProvider(one.start(options))
    const findings = await (await openBench(target(one, provider, true))).verify()
    expect(notPassed(findings).filter((line) => line.includes('failed'))).toEqual([])
    expect(findings.clauses.filter(({ outcome }) => outcome === 'broken')).toEqual([])
    expect(findings.clauses.filter(({ outcome }) => outcome === 'differs').map(({ clause }) => clause.id)).toEqual(
      guesses,
    )
    expect(findings.hint).toBeUndefined()
  })
})

describe('a target with nothing but accounts is checked as far as they go', () => {
  it.each([
    ['Secure Login', cases.secureLogin, { trustProxy: true }],
    ['Sirportly', cases.sirportly, { lockFor: 1_800_000, applications: ['app-of-qa'] }],
    ['Gentics CMS', cases.genticsCms, { sso: { tokens: { 'sso-token-of-qa': 'qa-sso' } } }],
  ])('%s', async (_, one, options) => {
    const provider = await serveProvider(one.start({ ...one.company.provider, ...options }))
    const findings = await (await openBench(target(one, provider, false))).verify()
    expect(notPassed(findings).filter((line) => line.includes('failed'))).toEqual([])
    expect(findings.counts.passed).toBeGreaterThan(30)
    expect(findings.counts.notReached).toBeGreaterThan(30)
    for (const { outcome, because } of findings.checks) expect(because === undefined).toBe(outcome !== 'not reached')
    // Whoever locks an account locks the one that may be.
    for (const [username, { locked }] of Object.entries(await provider.attempts()))
      expect(locked).toBe(username.endsWith('qa-lock') ? 1 : 0)
  })
})

describe('interactions of pacts', () => {
  const alone = { settings: { lockAfter: 5 }, api: 'sirportly' }

  it('are reached by an account that is called as theirs', async () => {
    const { url } = await serveProvider(
      startSirportly({
        accounts: [{ permalink: 'atech' }],
        users: [{ username: 'adam', password: 's3cret', account: 'atech', apiAccess: true }],
      }),
    )
    const user = { username: 'adam', password: 's3cret', facts: { account: 'atech' } }
    const { checks } = await (
      await openBench({ ...alone, baseUrl: url, accounts: { user } })
    ).verify({ only: /\.pact\./ })
    const passed = checks.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)
    expect(passed).toContain('sirportly.pact.sp-01-right-credentials-for-one-account')
    expect(passed).toContain('sirportly.pact.sp-09-a-wrong-password')
    expect(passed.length).toBeGreaterThan(15)
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  })

  it('are not sent where they name somebody whom nobody has given', async () => {
    const mock = await serveMock()
    const accounts = { user: { username: 'ben', password: 's3cret', facts: { account: 'atech' } } }
    const bench = await openBench({ ...alone, baseUrl: mock.url, accounts })
    const [check] = await bench.plan({ only: /sp-09-a-wrong-password/ })
    expect(check?.leftOut).toBe('it names adam, whom the target has no way to arrange and no account for')
  })

  it('are not sent where settings are not those that a state would set', async () => {
    const mock = await serveMock()
    const accounts = { user: { username: 'adam', password: 's3cret', facts: { account: 'atech' } } }
    const bench = await openBench({ ...alone, baseUrl: mock.url, accounts, settings: { statusCodes: 'always200' } })
    const [check] = await bench.plan({ only: /sp-01-right-credentials-for-one-account/ })
    expect(check?.leftOut).toMatch(
      /^the target has no way to arrange "Sirportly's settings" \(states: url, command or module\), and/,
    )
  })
})

describe('a server that plays another revision or dialect', () => {
  it('is told so, before everything else', async () => {
    const provider = await serveProvider(
      startSecureLogin({ revision: 'legacy', trustProxy: true, ...secureLoginCompany.provider }),
    )
    const mistaken = {
      ...target(cases.secureLogin, provider, false),
      settings: { blockAfter: 3, trustProxy: true, revision: 'current' },
    }
    const findings = await (await openBench(mistaken)).verify()
    expect(notPassed(findings)).toContain('secure-login.onboarding: failed, SL-12')
    expect(findings.hint).toMatch(
      /^The target answers as Secure Login does with revision: legacy, not current\. That explains .*\. Say so in the target's settings, or run `understudy diagnose target\.yaml`\.$/,
    )
    const said = {
      ...target(cases.secureLogin, provider, false),
      settings: { blockAfter: 3, trustProxy: true, revision: 'legacy' },
    }
    const again = await (await openBench(said)).verify()
    expect(notPassed(again).filter((line) => line.includes('failed'))).toEqual([])
  })

  it('is told so of the CMS, too', async () => {
    const provider = await serveProvider(startGenticsCms({ dialect: 'observed', ...genticsCmsCompany.provider }))
    const bench = await openBench(target(cases.genticsCms, provider, false))
    const { hint } = await bench.verify({ only: /\.(login|statuses|failures|prefix|rsa-refused)$/ })
    expect(hint).toMatch(/with dialect: observed, not documented\. That explains all that failed\./)
  })

  it('is told nothing where no other setting explains what failed', async () => {
    const mock = await mockOf(cases.secureLogin)
    mock.world.faults.add({ on: 'secure-login.user', reply: { status: 500 } })
    const bench = await openBench(target(cases.secureLogin, mock, true))
    const { hint, counts } = await bench.verify({ only: /\.(flow|bypass|onboarding)$/ })
    expect(counts).toMatchObject({ passed: 0, failed: 3 })
    expect(hint).toBeUndefined()
  })
})

test('what is planned is what is sent', async () => {
  const mock = await mockOf(cases.secureLogin)
  const bench = await openBench(target(cases.secureLogin, mock, false))
  const planned = await bench.plan({ only: /\.(flow|retry|form|lockout|inactive)$/ })
  expect(mock.world.requests).toEqual([])
  const sent = planned.flatMap(({ exchanges }) => exchanges.map(({ sent: { method, path } }) => `${method} ${path}`))
  await bench.verify({ only: /\.(flow|retry|form|lockout|inactive)$/ })
  // Beside that, somebody logs in, looks whether the server is there and what its time is, and clears a count before wrong
  // codes are tried.
  const asked = mock.world.requests.map(({ method, path }) => `${method} ${path.replace('/jira', '')}`).toReversed()
  const others = asked.filter((line) => !line.includes('/auth/1/session') && line !== 'GET /')
  expect(others).toHaveLength(sent.length + 2)
  expect(others.filter((line) => line.endsWith('/user'))).toEqual(sent.filter((line) => line.endsWith('/user')))
})

test('clauses bind where a vendor says them, and what was observed in that dialect', () => {
  const origins = ['documented', 'general', 'observed', 'host', 'assumed'] as const
  const clauses = origins.map((origin) => ({ id: origin, origin, text: '' }))
  const bound = (settings: JsonObject): string[] => origins.filter(bindingOf(clauses, settings))
  expect(bound({})).toEqual(['documented', 'general'])
  expect(bound({ dialect: 'documented' })).toEqual(['documented', 'general'])
  expect(bound({ dialect: 'observed' })).toEqual(['documented', 'general', 'observed'])
  expect(bindingOf(clauses, {})('unknown')).toBe(false)
})
