import { describe, expect, it } from 'vitest'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import type { Diagnosis } from '../../src/contract/diagnosing/diagnose.ts'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { genticsCms, secureLogin, sirportly } from './checked.ts'
import { readSettings } from '../../src/contract/target/settings.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Account } from '../../src/core/kit.ts'
import { dividingInstants, waitsBetween } from '../../src/core/dividing-instants.ts'
import { openBench } from './bench.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany, type Company } from './company.ts'
import { serveMock, serveProvider, type Mock, type Provider } from './servers.ts'

/** Diagnoses a server of which nothing is known but its accounts, and how to arrange states and move the clock. */
async function diagnosed(
  api: CheckedApi,
  { accounts }: Company,
  server: Mock | Provider,
  known: object = {},
): Promise<Diagnosis> {
  const { url, states, clock } = server
  const path = api.id === 'secure-login' ? '/jira' : ''
  return (await openBench({ api: api.id, baseUrl: url + path, accounts, states, clock, ...known })).diagnose()
}

/** The mock with some settings, and users for the accounts. */
function mockOf(api: CheckedApi, { accounts }: Company, settings: JsonObject): Promise<Mock> {
  const cast = Object.entries(accounts).map(([role, account]) => ({
    ...account,
    role,
  })) as unknown as readonly Account[]
  return serveMock({ [api.id]: { ...settings, ...api.kit.section(cast, settings) } })
}

/** What was found, as an API reads it, of all settings but some; and the same of what was set. */
function compared(
  found: Diagnosis,
  api: CheckedApi,
  set: JsonObject,
  hidden: readonly string[] = [],
): [JsonObject, JsonObject] {
  const but = (settings: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(readSettings(api, settings)).filter(([name]) => !hidden.includes(name)))
  return [but(found.differing), but(set)]
}

describe('finds every setting that can be seen of a mock', () => {
  it.each<[settings: JsonObject, hidden?: readonly string[]]>([
    [
      {
        revision: 'legacy',
        blockAfter: 1,
        blockFor: '10m',
        whileBlocked: 'extend',
        sessionFor: '30m',
        trustProxy: true,
      },
    ],
    [
      {
        blockAfter: 7,
        blockFor: '1h',
        countFailuresPer: 'session',
        sessionFor: '8h',
        trustProxy: true,
        bindSessionToIp: false,
      },
      // Whoever binds sessions to no address does not show whose word on addresses is taken.
      ['trustProxy', 'bindSessionToIp'],
    ],
    [{ revision: 'legacy', blockAfter: 12, blockFor: '45m', withoutSession: 'defaultUser', defaultUser: 'qa-free' }],
  ])('of Secure Login: %j', async (settings, hidden) => {
    const mock = await mockOf(secureLogin, secureLoginCompany, settings)
    const found = await diagnosed(secureLogin, secureLoginCompany, mock)
    expect(found.unlike).toEqual([])
    const [got, wanted] = compared(found, secureLogin, settings, hidden)
    expect(got).toEqual(wanted)
  })

  it.each<[JsonObject]>([
    [{ lockAfter: 2, lockFor: '4h', statusCodes: 'always200', trustProxy: true }],
    [{ lockAfter: 9, applications: ['auth-understudy'] }],
    [{ order: 'account-first', statusCodes: 'byOutcome', lockingCode: 'locked', missingCode: 'required' }],
    [{ missingCode: 'counted', nobodyLeft: 'empty', lockAfter: 3, lockFor: '30m' }],
  ])('of Sirportly: %j', async (settings) => {
    const mock = await mockOf(sirportly, sirportlyCompany, settings)
    const found = await diagnosed(sirportly, sirportlyCompany, mock)
    expect(found.unlike).toEqual([])
    const [got, wanted] = compared(found, sirportly, settings)
    expect(got).toEqual(wanted)
  })

  it.each<[JsonObject]>([
    [{ dialect: 'observed', sessionFor: '30m', secureCookies: true, globalPrefix: 'B7x1' }],
    [{ exposePasswords: true, sessionFor: '15m' }],
    [{ allowFrom: ['0.0.0.0/0', '::/0'], sessionFor: '8h', messages: [{ type: 'WARNING', message: 'Noon', id: 7 }] }],
  ])('of Gentics CMS: %j', async (settings) => {
    const mock = await mockOf(genticsCms, genticsCmsCompany, settings)
    const found = await diagnosed(genticsCms, genticsCmsCompany, mock)
    expect(found.unlike).toEqual([])
    const [got, wanted] = compared(found, genticsCms, settings, ['sso'])
    expect(got).toEqual(wanted)
  })
})

describe('finds how an independent server is set up', () => {
  it('of Secure Login', async () => {
    const options = { revision: 'legacy', blockAfter: 4, blockFor: 600_000, sessionAge: 7_200_000 } as const
    const provider = await serveProvider(startSecureLogin({ ...options, ...secureLoginCompany.provider }))
    const found = await diagnosed(secureLogin, secureLoginCompany, provider)
    expect(found.differing).toEqual({ revision: 'legacy', blockAfter: 4, blockFor: '10m', sessionFor: '2h' })
    expect(found.unlike).toEqual([])
  })

  it('of Sirportly', async () => {
    const options = { lockAfter: 7, lockFor: 900_000, statusCodes: 'always200' as const, applications: ['app-of-qa'] }
    const provider = await serveProvider(startSirportly({ ...options, ...sirportlyCompany.provider }))
    const known = { settings: { applications: ['app-of-qa'] } }
    const found = await diagnosed(sirportly, sirportlyCompany, provider, known)
    expect(found.differing).toEqual({
      applications: ['app-of-qa'],
      statusCodes: 'always200',
      lockAfter: 7,
      lockFor: '15m',
    })
    expect(found.unlike).toEqual([])
  })

  it('of the CMS', async () => {
    const options = { dialect: 'observed', globalPrefix: 'Z9y8', sessionAge: 14_400_000 } as const
    const provider = await serveProvider(startGenticsCms({ ...options, ...genticsCmsCompany.provider }))
    const found = await diagnosed(genticsCms, genticsCmsCompany, provider)
    expect(found.differing).toEqual({ dialect: 'observed', globalPrefix: 'Z9y8', sessionFor: '4h' })
    expect(found.unlike).toEqual([])
  })
})

it('says what tells a setting, and of which nothing tells', async () => {
  const mock = await mockOf(secureLogin, secureLoginCompany, { revision: 'legacy' })
  const { accounts } = secureLoginCompany
  const bench = await openBench({
    api: 'secure-login',
    baseUrl: `${mock.url}/jira`,
    accounts: { onboarding: accounts['onboarding'] },
  })
  const { settings, differing } = await bench.diagnose()
  expect(differing).toEqual({ revision: 'legacy' })
  expect(settings.find(({ name }) => name === 'revision')).toEqual({
    name: 'revision',
    value: 'legacy',
    seen: 'yes',
    evidence:
      'with current POST /rest/securelogin-admin/1.0/api/auth would differ in status: 406, where the server said 410 (secure-login.onboarding)',
  })
  expect(settings.find(({ name }) => name === 'blockAfter')).toMatchObject({
    value: 3,
    seen: 'no',
    evidence: 'nothing that was reached depends on it',
  })
})

it('instants tell durations from each other', () => {
  expect(dividingInstants(['1m', '5m', '10m'])).toEqual([30_000, 180_000, 450_000, 900_000])
  expect(waitsBetween(['1m', '5m', '10m'])).toEqual([30_000, 150_000, 270_000, 450_000])
})
