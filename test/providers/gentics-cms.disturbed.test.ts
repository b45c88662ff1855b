import { describe, expect, test } from 'vitest'
import { faults } from '../../examples/providers/gentics-cms/faults.js'
import { quirks } from '../../examples/providers/gentics-cms/quirks.js'
import { start } from '../../examples/providers/gentics-cms/server.js'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { openBench } from '../contract/bench.ts'
import { genticsCmsCompany } from '../contract/company.ts'
import { serveProvider } from '../contract/servers.ts'

const { accounts, provider } = genticsCmsCompany
type Options = NonNullable<Parameters<typeof start>[0]>

/** What a run finds with nothing but accounts, or with states and a clock as well. */
async function check(options: Options, arranged = false): Promise<Findings> {
  const { dialect = 'documented' } = options
  const tokens = { 'sso-token-of-qa': 'qa-sso' }
  const sso = dialect === 'documented' ? { tokens } : {}
  const server = await serveProvider(start({ ...provider, sso, ...options }))
  const { url: baseUrl, states, clock } = server
  const target = { api: 'gentics-cms', baseUrl, accounts, settings: { dialect } }
  return (await openBench(arranged ? { ...target, states, clock } : target)).verify({ journeysOnly: true })
}

/** The clauses that are broken, and those that differ. */
function against({ clauses }: Findings): { broken: string[]; differs: string[] } {
  const of = (wanted: string): string[] =>
    clauses.filter(({ outcome }) => outcome === wanted).map(({ clause }) => clause.id)
  return { broken: of('broken'), differs: of('differs') }
}

/** What the two dialects of the example do otherwise than this project has guessed. */
const guesses = { documented: ['GC-X3', 'GC-X6'], observed: [] }

describe.each(['documented', 'observed'] as const)('a right server, %s,', (dialect) => {
  test.each(['', ...Object.keys(quirks)])('with the quirk "%s" is accused of nothing', async (quirk) => {
    const findings = await check({ dialect, quirk })
    expect(against(findings).broken).toEqual([])
    expect(findings.counts.passed).toBeGreaterThan(20)
  })

  test('is accused of nothing with states and a clock', async () => {
    const findings = await check({ dialect }, true)
    expect(against(findings)).toEqual({ broken: [], differs: guesses[dialect] })
  })
})

/** Which clause each fault is named by. Those that differ are against nothing that a vendor says. */
const named: { readonly [fault in keyof typeof faults]: string } = {
  'any-password': 'GC-25',
  'empty-password': 'GC-25',
  'no-groups': 'GC-O8',
  failure: 'GC-O8',
  'tells-users': 'GC-O8',
  fixation: 'GC-O6',
  'sid-number': 'GC-03',
  'no-cookie': 'GC-O22',
  'readable-cookie': 'GC-O22',
  'cookie-for-all-sites': 'GC-O22',
  'password-told': 'GC-O5',
  'no-email': 'GC-O5',
  'any-secret': 'GC-26',
  'bare-sid': 'GC-26',
  'validating-prolongs': 'GC-O23',
  'never-ages': 'GC-O23',
  'no-logout': 'GC-27',
  'logout-by-number': 'GC-O12',
  'logout-takes-cookie': 'GC-O11',
  'keeps-cookie': 'GC-O13',
  'me-by-number': 'GC-O21',
  'sso-by-number': 'GC-O14',
  'sso-token': 'GC-O14',
  html: 'GC-02',
  'no-maintenance': 'GC-O9',
  'anonymous-hashes': 'GC-06',
  'always-matches': 'GC-07',
  'same-hash': 'GC-O16',
  'other-hash': 'GC-O16',
  'unknown-members': 'GC-O24',
  'missing-body': 'GC-O25',
  'any-type': 'GC-O26',
  'any-accept': 'GC-O26',
  'wrong-method': 'GC-O27',
  'no-suffix': 'GC-O29',
}

describe('the observed server that gets something wrong is found out', () => {
  test('for every fault that there is', () => {
    expect(Object.keys(named)).toEqual(Object.keys(faults))
    expect(Object.keys(faults).length).toBeGreaterThanOrEqual(25)
  })

  test.each(Object.entries(faults))('%s: %s', async (fault) => {
    const needsMore = ['validating-prolongs', 'never-ages', 'no-maintenance'].includes(fault)
    const findings = await check({ dialect: 'observed', fault }, needsMore)
    expect(against(findings).broken).toContain(named[fault])
  })
})
