import { describe, expect, test } from 'vitest'
import { faults } from '../../examples/providers/sirportly/faults.js'
import { quirks } from '../../examples/providers/sirportly/quirks.js'
import { start } from '../../examples/providers/sirportly/server.js'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { openBench } from '../contract/bench.ts'
import { sirportlyCompany } from '../contract/company.ts'
import { serveProvider } from '../contract/servers.ts'

const { accounts, provider } = sirportlyCompany
type Options = NonNullable<Parameters<typeof start>[0]>

/** What a run finds with nothing but accounts, or with a clock or states as well. */
async function check(options: Options, means: 'accounts' | 'clock' | 'states' = 'accounts'): Promise<Findings> {
  const server = await serveProvider(start({ ...provider, lockFor: 1_800_000, ...options }))
  const { url: baseUrl, states, clock } = server
  const more = { accounts: {}, clock: { clock }, states: { clock, states } }[means]
  return (await openBench({ api: 'sirportly', baseUrl, accounts, settings: { lockFor: '30m' }, ...more })).verify()
}

/** The clauses that are broken, and those that differ. */
function against({ clauses }: Findings): { broken: string[]; differs: string[] } {
  const of = (wanted: string): string[] =>
    clauses.filter(({ outcome }) => outcome === wanted).map(({ clause }) => clause.id)
  return { broken: of('broken'), differs: of('differs') }
}

/** What differs with a quirk that goes another way than this project where the page leaves a way open. */
const open: { readonly [quirk in keyof typeof quirks]?: readonly string[] } = {
  zulu: ['SP-X18'],
  milliseconds: ['SP-X18'],
  'always-200': ['SP-U2', 'SP-X13'],
  'refusals-403': ['SP-U1'],
  'unauthorized-application': ['SP-U3'],
  'bad-request': ['SP-U4', 'SP-X6'],
  'no-null-account': ['SP-U8'],
}

describe('a right server', () => {
  test.each(['', ...Object.keys(quirks)])('with the quirk "%s" is accused of nothing', async (quirk) => {
    const findings = await check({ quirk })
    expect(against(findings)).toEqual({ broken: [], differs: open[quirk] ?? [] })
    expect(findings.documented).toEqual({ checked: 17, total: 17 })
  })

  test.each(['clock', 'states'] as const)('is accused of nothing with a %s', async (means) => {
    expect(against(await check({}, means))).toEqual({ broken: [], differs: [] })
  })
})

/** Which clause each fault is named by: one that is broken, or one of this project's that differs. */
const named: { readonly [fault in keyof typeof faults]: readonly [grade: 'broken' | 'differs', clause: string] } = {
  'no-application': ['broken', 'SP-02'],
  'post-only': ['broken', 'SP-03'],
  'ignores-query': ['broken', 'SP-03'],
  'any-password': ['broken', 'SP-09'],
  'no-password': ['broken', 'SP-17'],
  'any-account': ['broken', 'SP-06'],
  'account-first': ['broken', 'SP-16'],
  'address-first': ['broken', 'SP-16'],
  'lock-first': ['broken', 'SP-16'],
  'access-first': ['broken', 'SP-16'],
  'tells-users': ['differs', 'SP-X16'],
  'no-echo': ['broken', 'SP-09'],
  'masked-echo': ['broken', 'SP-09'],
  'first-only': ['broken', 'SP-05'],
  'lists-everybody': ['broken', 'SP-05'],
  'list-of-one': ['broken', 'SP-06'],
  'no-access-check': ['broken', 'SP-08'],
  'no-address-check': ['broken', 'SP-13'],
  'no-ip': ['broken', 'SP-13'],
  'unnamed-account': ['broken', 'SP-14'],
  'factor-not-required': ['broken', 'SP-10'],
  'no-code': ['broken', 'SP-17'],
  'any-code': ['broken', 'SP-11'],
  'never-locks': ['differs', 'SP-U6'],
  'lock-opens': ['broken', 'SP-12'],
  'other-lock-word': ['broken', 'SP-12'],
  'no-reset': ['differs', 'SP-X9'],
  'counts-missing': ['differs', 'SP-U5'],
  'counts-without-password': ['differs', 'SP-U9'],
  'lock-grows': ['differs', 'SP-X8'],
  'new-tokens': ['differs', 'SP-X12'],
  'id-text': ['broken', 'SP-07'],
  'no-question-mark': ['broken', 'SP-07'],
  'created-number': ['broken', 'SP-07'],
  'no-secret': ['broken', 'SP-07'],
  'password-told': ['differs', 'SP-X17'],
  created: ['broken', 'SP-15'],
  'plain-text': ['broken', 'SP-06'],
}

describe('a server that gets something wrong is found out', () => {
  test('for every fault that there is', () => {
    expect(Object.keys(named)).toEqual(Object.keys(faults))
    expect(Object.keys(faults).length).toBeGreaterThanOrEqual(25)
    expect(Object.keys(quirks).length).toBeGreaterThanOrEqual(12)
  })

  test.each(Object.entries(faults))('%s: %s', async (fault) => {
    const [grade, clause] = named[fault] ?? []
    const findings = await check({ fault }, fault === 'lock-grows' ? 'clock' : 'accounts')
    const found = against(findings)
    expect(found[grade ?? 'broken']).toContain(clause)
    // What nobody but this project says is held against nobody.
    expect(grade === 'differs' ? found.broken : []).toEqual([])
  })

  test('and a count that is not cleared is charged to nothing else', async () => {
    expect(against(await check({ fault: 'no-reset' }))).toEqual({ broken: [], differs: ['SP-X9'] })
  })
})
