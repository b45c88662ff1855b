import { describe, expect, it, test } from 'vitest'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { openBench } from './bench.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany } from './company.ts'
import { serveRacy } from './racy-server.ts'
import { serveProvider } from './servers.ts'

const told = ({ checks }: Findings): string[] =>
  checks.map(({ id, outcome, because, failures }) =>
    [id, outcome, because, ...failures.map(({ clause }) => clause)].filter((part) => part !== undefined).join(' '),
  )

const servers = [
  ['secure-login', secureLoginCompany, startSecureLogin, '/jira', { blockAfter: 3 }],
  ['sirportly', sirportlyCompany, startSirportly, '', {}],
  ['gentics-cms', genticsCmsCompany, startGenticsCms, '', {}],
] as const

test.each(servers)(
  'an independent server of %s loses nothing',
  async (api, { accounts, provider }, start, path, settings) => {
    const { url, states, clock } = await serveProvider(start(provider))
    const bench = await openBench({ api, baseUrl: url + path, settings, accounts, states, clock })
    const findings = await bench.verify({ races: 2 })
    expect(told(findings).filter((line) => !line.endsWith(' passed'))).toEqual([])
    expect(findings.checks.length).toBeGreaterThan(5)
  },
)

const racing = [
  [
    'secure-login',
    '/jira',
    { on: /auth$/, records: 'secure-login/user:' },
    secureLoginCompany,
    { blockAfter: 3 },
    'SL-14',
  ],
  ['sirportly', '', { on: /authenticate/, records: 'sirportly/' }, sirportlyCompany, {}, 'SP-U6'],
] as const

describe.each(racing)('a server of %s', (api, path, where, { accounts }, settings, clause) => {
  const verify = async (ms: number, only = /./): Promise<Findings> => {
    const server = await serveRacy('default', { ...where, ms })
    const { url, states, clock } = server
    const bench = await openBench({ api, baseUrl: url + path, settings, accounts, states, clock })
    return bench.verify({ races: 1, only })
  }

  it('that waits between reading a count and writing it loses some, which is told with two requests', async () => {
    const findings = await verify(15)
    const lost = findings.checks.flatMap(({ failures }) => failures).filter((failure) => failure.clause === clause)
    expect(lost.map(({ id }) => id.split('.race.')[1])).toEqual(['right-and-wrong', 'two-wrong', 'wrong'])
    const pair =
      /; no order of the \d requests that were sent at once explains all answers: request \d \(POST \S+, answered after [\d.]+ ms\) and request \d \(POST \S+, answered after [\d.]+ ms\) overlapped, and what the one did is lost$/
    expect(lost.map(({ because }) => because).filter((because) => !pair.test(because))).toEqual([])
  })

  it('that does not wait loses nothing', async () => {
    expect(told(await verify(0)).filter((line) => !line.endsWith(' passed'))).toEqual([])
  })
})

describe('accounts', () => {
  const racesOn = async (accounts: object, more: object = {}): Promise<{ lines: string[]; wrong: number }> => {
    const server = await serveProvider(startSecureLogin(secureLoginCompany.provider))
    const target = {
      api: 'secure-login',
      baseUrl: `${server.url}/jira`,
      settings: { blockAfter: 3 },
      accounts,
      ...more,
    }
    const bench = await openBench(target)
    const lines = told(await bench.verify({ races: 2, leaveOutUnsafe: true }))
    const attempts = Object.entries(await server.attempts())
    const wrong = attempts.filter(([name]) => name !== 'qa-lock').reduce((sum, [, each]) => sum + each.wrong, 0)
    return { lines, wrong }
  }
  const { enter, disposable } = secureLoginCompany.accounts

  it('that may not be locked see no wrong code, and what that leaves out is told', async () => {
    const { lines, wrong } = await racesOn({ enter })
    expect(wrong).toBe(0)
    const role = 'not reached the target has no account of role disposable'
    expect(lines.map((line) => line.replace('secure-login.race.', '')).filter((line) => !/\.2 /.test(line))).toEqual([
      ...['two-wrong', 'wrong', 'right-and-wrong', 'right-twice'].map((id) => `${id} ${role}`),
      'pin-and-logout passed',
    ])
    expect(lines).toHaveLength(10)
  })

  it('that are locked by a race are not raced again where nothing unlocks them', async () => {
    const { lines } = await racesOn({ disposable })
    const locking = lines.filter((line) => /race\.(two-wrong|wrong)(\.2)? /.test(line))
    expect(locking.filter((line) => line.endsWith(' passed')).length).toBeLessThanOrEqual(1)
    expect(locking.filter((line) => /not reached qa-lock is locked/.test(line)).length).toBeGreaterThanOrEqual(3)
  })

  it('are left alone where requests need a pause between them', async () => {
    const { lines } = await racesOn({ enter, disposable }, { pace: '1ms' })
    expect(new Set(lines.map((line) => line.replace(/^\S+ /, '')))).toEqual(
      new Set(["not reached it sends requests at once, which the target's pace forbids"]),
    )
  })
})
