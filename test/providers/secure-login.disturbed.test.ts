import { describe, expect, test } from 'vitest'
import { faults, hostFaults } from '../../examples/providers/secure-login/faults.js'
import { quirks, readings } from '../../examples/providers/secure-login/quirks.js'
import { start } from '../../examples/providers/secure-login/server.js'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { openBench } from '../contract/bench.ts'
import { secureLoginCompany } from '../contract/company.ts'
import { serveProvider } from '../contract/servers.ts'

const { accounts, provider } = secureLoginCompany
type Options = NonNullable<Parameters<typeof start>[0]>

/** What a target has beside its accounts. */
const setUps = ['accounts only', 'a clock', 'states'] as const
type SetUp = (typeof setUps)[number]

async function check(setUp: SetUp, options: Options): Promise<Findings> {
  const { url, states, clock } = await serveProvider(start({ ...provider, ...options }))
  const target = {
    api: 'secure-login',
    baseUrl: `${url}/jira`,
    settings: { blockAfter: 3 },
    accounts,
    ...(setUp === 'accounts only' ? {} : { clock }),
    ...(setUp === 'states' ? { states } : {}),
  }
  return (await openBench(target)).verify(setUp === 'states' ? {} : { journeysOnly: true })
}

/** The clauses that are broken, and those that differ. */
function against({ clauses }: Findings): { broken: string[]; differs: string[] } {
  const of = (wanted: string): string[] =>
    clauses.filter(({ outcome }) => outcome === wanted).map(({ clause }) => clause.id)
  return { broken: of('broken'), differs: of('differs') }
}

/** What a reading is told as, where there is something to tell it by. */
const toldAs: { readonly [reading in keyof typeof readings]: string | undefined } = {
  'login-page': 'SL-U1',
  'told-in-html': 'SL-U1',
  'clock-ahead': undefined,
  'locked-while-blocked': 'SL-U2',
  'trims-pins': 'SL-U9',
  'checks-unneeded': 'SL-U4',
  'keeps-count': 'SL-U5',
  'keeps-count-of-block': 'SL-U6',
  'free-while-blocked': 'SL-X2',
}

/** Of 19 documented clauses, how many are checked. */
const documented = { 'accounts only': 13, 'a clock': 15, states: 19 }

describe.each(setUps)('with %s, a right server', (setUp) => {
  test('is accused of nothing', async () => {
    const findings = await check(setUp, {})
    expect(against(findings)).toEqual({ broken: [], differs: [] })
    expect(findings.documented).toEqual({ checked: documented[setUp], total: 19 })
  })

  test.each(Object.keys(quirks))('that has %s is accused of nothing', async (quirk) => {
    const findings = await check(setUp, { quirk })
    expect(against(findings)).toEqual({ broken: [], differs: [] })
    expect(findings.counts.passed).toBeGreaterThan(20)
  })

  test.each(Object.entries(readings))('of the reading %s breaks nothing: %s', async (quirk) => {
    const { broken, differs } = against(await check(setUp, { quirk }))
    expect(broken).toEqual([])
    const told = toldAs[quirk]
    // Where less is reached, less of it can be seen.
    const expected = told === undefined ? [] : [told]
    expect(setUp === 'states' ? differs : expected).toEqual(expected)
  })

  test('that counts wrong PINs in each session differs in that', async () => {
    const { broken, differs } = against(await check(setUp, { countFailuresPer: 'session' }))
    expect(broken).toEqual([])
    expect(setUp === 'accounts only' ? ['SL-U7'] : differs).toEqual(['SL-U7'])
  })

  test('of the revision before is recognised as such', async () => {
    const findings = await check(setUp, { revision: 'legacy' })
    expect(against(findings)).toEqual({ broken: [], differs: [] })
    expect(findings.warnings.join()).toContain('revision: legacy')
  })
})

/** By which clause each fault is named, and from which set-up on it can be seen. */
const named: { readonly [fault in keyof typeof faults]: readonly [clause: string, from: SetUp] } = {
  'info-text': ['SL-03', 'accounts only'],
  'info-gone': ['SL-04', 'states'],
  'local-time': ['SL-05', 'accounts only'],
  'time-number': ['SL-05', 'accounts only'],
  'state-renamed': ['SL-06', 'accounts only'],
  'state-html': ['SL-06', 'accounts only'],
  'named-user': ['SL-01', 'accounts only'],
  'any-pin': ['SL-11', 'accounts only'],
  'pin-number': ['SL-09', 'accounts only'],
  'no-charset': ['SL-09', 'accounts only'],
  'pin-unnoted': ['SL-10', 'accounts only'],
  'all-sessions': ['SL-10', 'accounts only'],
  'accepted-body': ['SL-10', 'accounts only'],
  'wrong-forbidden': ['SL-11', 'accounts only'],
  'wrong-body': ['SL-11', 'accounts only'],
  'never-blocks': ['SL-14', 'accounts only'],
  'blocks-late': ['SL-14', 'accounts only'],
  'blocks-early': ['SL-14', 'accounts only'],
  'wrong-logs-out': ['SL-14', 'accounts only'],
  'short-block': ['SL-14', 'accounts only'],
  'right-unblocks': ['SL-18', 'accounts only'],
  'never-unblocks': ['SL-19', 'a clock'],
  'until-local': ['SL-07', 'accounts only'],
  'until-number': ['SL-07', 'accounts only'],
  'no-reason': ['SL-07', 'accounts only'],
  'other-reason': ['SL-07', 'accounts only'],
  'blocked-always': ['SL-07', 'accounts only'],
  'onboarding-refused': ['SL-12', 'accounts only'],
  'onboarding-finished': ['SL-15', 'accounts only'],
  'inactive-state': ['SL-08', 'states'],
  'inactive-pin': ['SL-13', 'states'],
  'never-expires': ['SL-02', 'a clock'],
  'moved-out': ['SL-16', 'accounts only'],
}

/** Where the clock can be moved, a time that is hours off is thought to have been moved; `until` then tells. */
const otherwise: { readonly [at: string]: string } = { 'local-time with a clock': 'SL-07' }

describe.each(setUps)('with %s', (setUp) => {
  const seen = Object.entries(named).filter(([, [, from]]) => setUps.indexOf(setUp) >= setUps.indexOf(from))

  test.each(seen)('a server with the fault %s is named by %s', async (fault, [clause]) => {
    const { broken } = against(await check(setUp, { fault }))
    expect(broken).toContain(otherwise[`${fault} with ${setUp}`] ?? clause)
  })

  test.each([
    ['same-session', 'SL-H7'],
    ['tells-users', 'SL-H2'],
    ['no-logout', 'SL-H4'],
  ])('what the host gets wrong differs and breaks nothing: %s, %s', async (fault, clause) => {
    expect(against(await check(setUp, { fault }))).toEqual({ broken: [], differs: [clause] })
  })
})

test('every fault has a clause, and there are enough of them and of quirks', () => {
  expect(Object.keys(named)).toEqual(Object.keys(faults))
  expect(Object.keys(toldAs)).toEqual(Object.keys(readings))
  expect(Object.keys(hostFaults)).toHaveLength(3)
  expect(Object.keys(faults).length).toBeGreaterThanOrEqual(25)
  expect(Object.keys(quirks).length).toBeGreaterThanOrEqual(12)
})
