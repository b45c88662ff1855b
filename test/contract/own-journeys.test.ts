import { describe, expect, it } from 'vitest'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import type { Findings } from '../../src/contract/telling/findings.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Account } from '../../src/core/kit.ts'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { openBench } from './bench.ts'
import { genticsCms, secureLogin, sirportly } from './checked.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany, type Accounts } from './company.ts'
import { texts } from './own-journey-texts.ts'
import { serveMock, serveProvider, type Mock } from './servers.ts'

const cases = [
  {
    title: 'Secure Login',
    api: secureLogin,
    path: '/jira',
    accounts: secureLoginCompany.accounts,
    settings: { blockAfter: 3, blockFor: '30m' },
    start: () => startSecureLogin(secureLoginCompany.provider),
    journey: texts.secureLogin,
  },
  {
    title: 'Sirportly',
    api: sirportly,
    path: '',
    accounts: sirportlyCompany.accounts,
    settings: { lockAfter: 5, applications: ['app-of-qa'] },
    start: () => startSirportly({ ...sirportlyCompany.provider, applications: ['app-of-qa'] }),
    journey: texts.sirportly,
  },
  {
    title: 'Gentics CMS',
    api: genticsCms,
    path: '',
    accounts: genticsCmsCompany.accounts,
    settings: {},
    start: () => startGenticsCms(genticsCmsCompany.provider),
    journey: texts.genticsCms,
  },
] as const

interface Case {
  readonly api: CheckedApi
  readonly settings: JsonObject
  readonly accounts: Accounts
}

function serveWith({ api, settings, accounts }: Case): Promise<Mock> {
  const cast = Object.entries(accounts).map(([role, account]) => ({ ...account, role }))
  const section = api.kit.section(cast as unknown as readonly Account[], settings)
  return serveMock({ [api.id]: { ...settings, ...section } })
}

/** A target of Secure Login that is the mock, whose users are the target's. */
async function secureLoginMock(
  accounts: Accounts = secureLoginCompany.accounts,
): Promise<{ mock: Mock; target: JsonObject }> {
  const settings = { blockAfter: 3, blockFor: '30m' }
  const mock = await serveWith({ api: secureLogin, settings, accounts })
  return { mock, target: { api: 'secure-login', baseUrl: `${mock.url}/jira`, accounts, settings } }
}

describe("a journey of one's own passes", () => {
  it.each(cases)('on the mock of $title, and on the independent server', async (one) => {
    const { api, path, accounts, settings, journey } = one
    for (const { url, clock } of [await serveWith(one), await serveProvider(one.start())]) {
      const target = { api: api.id, baseUrl: url + path, accounts, settings, clock }
      const { checks } = await (await openBench(target)).verify({ own: { mine: journey } })
      expect(checks).toMatchObject([{ id: 'journey.mine', outcome: 'passed', failures: [] }])
    }
  })
})

const tries = `
title: a user who enters
as: enter
steps:
  - ask: { operation: user }
    expect: { status: 200, body: { state: enter } }
  - ask: { operation: auth, body: right }
    expect: { status: 200 }
`

describe("a journey of one's own fails", () => {
  it('with the clause, where a server breaks what a vendor says', async () => {
    const { mock, target } = await secureLoginMock()
    mock.world.faults.add({ on: 'secure-login.auth', reply: { status: 418 } })
    const { checks, counts } = await (await openBench(target)).verify({ own: { mine: tries } })
    expect(counts).toMatchObject({ passed: 0, failed: 1 })
    expect(checks).toMatchObject([
      { id: 'journey.mine', outcome: 'failed', failures: [{ step: 2, clause: 'SL-10', outcome: 'broken' }] },
    ])
    expect(checks[0]?.failures[0]?.differences).toContainEqual(
      expect.objectContaining({ where: 'status', expected: '200', received: '418' }),
    )
  })

  it('with the clause, where a server does otherwise than it expects and no vendor says', async () => {
    const { mock, target } = await secureLoginMock()
    mock.world.faults.add({ on: 'secure-login.login', reply: { status: 404 } })
    const says = `
title: a wrong password
as: enter
steps:
  - ask: { operation: login, body: wrong }
    session: none
`
    const wants = `${says}    expect: { status: 401 }\n`
    const { checks } = await (await openBench(target)).verify({ own: { wants, says } })
    const told = checks.map(({ id, outcome, failures }) => [id, outcome, failures.map((failure) => failure.outcome)])
    const clauses = new Set(checks.flatMap(({ failures }) => failures.map(({ clause }) => clause)))
    expect(told).toEqual([
      ['journey.says', 'differs', ['differs']],
      ['journey.wants', 'failed', ['unexpected']],
    ])
    expect([...clauses]).toEqual(['SL-H2'])
  })

  it('without a clause, where no clause is about what differs', async () => {
    const [, one] = cases
    const accountsWith = (firstName: string): Accounts => ({
      user: { ...one.accounts['user'], facts: { account: 'atech', firstName } },
    })
    const findingsOn = async (firstName: string): Promise<Findings> => {
      const { url: baseUrl } = await serveWith({ ...one, accounts: accountsWith(firstName) })
      const target = { api: 'sirportly', baseUrl, settings: one.settings, accounts: accountsWith('Ada') }
      return (await openBench(target)).verify({ own: { named } })
    }
    const named = `
title: the name
as: user
steps:
  - ask: { operation: authenticate, body: right }
    expect: { body: { user: { first_name: Ada } } }
  - ask: { operation: authenticate, body: right }
`
    expect((await findingsOn('Ada')).counts).toMatchObject({ passed: 1 })
    const { checks, clauses } = await findingsOn('Bea')
    expect(checks).toMatchObject([
      {
        outcome: 'failed',
        failures: [
          {
            clause: 'journey',
            outcome: 'unexpected',
            differences: [{ where: 'body.user.first_name', expected: '"Ada"', received: '"Bea"' }],
          },
        ],
      },
    ])
    // What the contract says was kept, and it went on.
    expect(clauses.filter(({ outcome }) => !['kept', 'not reached'].includes(outcome))).toEqual([])
    expect(checks[0]?.kept['SP-06']).toBe(2)
  })
})

describe("a journey of one's own is refused before anything is sent", () => {
  it('where it could lock somebody who may not be locked', async () => {
    const { mock, target } = await secureLoginMock({ enter: secureLoginCompany.accounts['enter'] as JsonObject })
    const unsafe = `
title: too many
as: enter
steps:
  - ask: { operation: auth, body: wrong }
    times: 3
`
    const bench = await openBench(target)
    await expect(bench.verify({ own: { unsafe } })).rejects.toMatchObject({
      code: 'ERR_UNSAFE',
      message: expect.stringMatching(/journey\.unsafe: qa-enter may not be locked/),
    })
    expect(mock.world.requests).toEqual([])
    const [planned] = await bench.plan({ own: { unsafe } })
    expect([...(planned?.attempts ?? [])]).toEqual([['qa-enter', 3]])
  })

  it('where the mock itself answers otherwise, with the place, what it answers and by which clause', async () => {
    const { mock, target } = await secureLoginMock()
    const wrong = `title: what nobody answers
as: enter
steps:
  - ask: { operation: user }
    expect:
      status: 403
      headers: { x-none: "1" }
      body:
        state: bypass
        more: { than: there is }
    capture: { missing: $.nothing.here }
  - ask: { operation: auth, body: right }
    expect: { body: yes of course }
`
    const bench = await openBench(target)
    const error = await bench.verify({ own: { wrong } }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ERR_JOURNEY_INVALID' })
    expect((error as Error).message.split('\n').slice(0, -1)).toEqual([
      "Nothing was sent: the mock, with the target's settings and accounts, answers otherwise than journey.wrong expects.",
      '  journeys/wrong.yaml:6:15: steps[0].expect.status: 403 is expected, and the mock itself answers 200, by SL-06: this session has to enter the PIN.',
      '  journeys/wrong.yaml:7:26: steps[0].expect.headers.x-none: 1 is expected, and the mock itself answers none, by SL-06: this session has to enter the PIN.',
      '  journeys/wrong.yaml:9:16: steps[0].expect.body.state: "bypass" is expected, and the mock itself answers "enter", by SL-06: this session has to enter the PIN.',
      '  journeys/wrong.yaml:10:15: steps[0].expect.body.more: {"than":"there is"} is expected, and the mock itself answers no such member, by SL-06: this session has to enter the PIN.',
      '  journeys/wrong.yaml:11:25: steps[0].capture.missing: a value at $.nothing.here is expected, and the mock itself answers none, by SL-06: this session has to enter the PIN.',
      '  journeys/wrong.yaml:13:21: steps[1].expect.body: "yes of course" is expected, and the mock itself answers no body, by SL-10: the PIN is right; the session is authenticated.',
    ])
    expect(mock.world.requests).toEqual([])
  })
})

describe('waiting', () => {
  const waits = (what: string): string => `
title: a wait
as: disposable
steps:
  - ask: { operation: auth, body: wrong }
    times: limit
  - ask: { operation: user }
    expect: { body: { state: blocked } }
    capture: { ends: $.blocked.until }
  - wait: ${what}
  - ask: { operation: user }
    expect: { body: { state: enter } }
`

  it('in real time is asked for, planned and limited as that of any journey', async () => {
    const { target } = await secureLoginMock()
    const bench = await openBench(target)
    const [refused] = await bench.plan({ own: { waits: waits('31m') } })
    expect(refused?.leftOut).toMatch(/^it waits, and neither --allow-wait was given nor a clock/)
    const [long] = await bench.plan({ own: { waits: waits('until') }, allowWait: true, maxWait: 60_000 })
    expect(long?.leftOut).toMatch(/^it waits 30m\S*, and --max-wait is 1m: /)
    const [fixed] = await bench.plan({ own: { waits: waits('31m') }, allowWait: true })
    expect(fixed?.waitMs).toBe(31 * 60_000)
    const [told] = await bench.plan({ own: { waits: waits('until') }, allowWait: true })
    // Until when is told in seconds.
    expect(told?.waitMs).toBeGreaterThan(30 * 60_000)
    expect(told?.waitMs).toBeLessThan(30 * 60_000 + 3000)
  })

  it('goes by the instant that was captured as until', async () => {
    const { mock, target } = await secureLoginMock()
    const { clock } = mock
    const own = { waits: waits('until').replace('ends:', 'until:') }
    const { checks } = await (await openBench({ ...target, clock })).verify({ own })
    expect(checks).toMatchObject([{ outcome: 'passed' }])
    const wrong = waits('until').replace('ends: $.blocked.until', 'until: $.state')
    const [left] = (await (await openBench({ ...target, clock })).verify({ own: { waits: wrong } })).checks
    expect(left).toMatchObject({
      outcome: 'not reached',
      because: '"until" was captured as "blocked", which is neither an instant nor a duration to wait for',
    })
  })
})
