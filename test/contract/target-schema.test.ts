import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany } from './company.ts'
import { openBench } from './bench.ts'

const schema = JSON.parse(readFileSync(new URL('../../targets/target.schema.json', import.meta.url), 'utf8'))
const accepts = new Ajv({ strict: false, allErrors: true }).compile(schema)
const baseUrl = 'https://server.example'

/** Whether the loader takes a target. */
function loads(target: object): Promise<boolean> {
  return openBench(target).then(
    () => true,
    () => false,
  )
}

describe('the schema that editors have of targets', () => {
  it.each([
    {
      api: 'secure-login',
      baseUrl,
      settings: { blockAfter: 3, blockFor: '30m' },
      accounts: secureLoginCompany.accounts,
    },
    { api: 'sirportly', baseUrl, settings: { lockFor: null }, accounts: sirportlyCompany.accounts, timeout: '5s' },
    { api: 'gentics-cms', baseUrl, accounts: genticsCmsCompany.accounts, tls: { insecure: true } },
    { api: 'secure-login', baseUrl, session: { kind: 'cookie', values: { a: 'X=y' } }, accounts: null, settings: null },
    { api: 'secure-login', baseUrl, states: { url: 'https://server.example/qa' }, headers: { 'x-key': 'k' } },
  ])('accepts what can be loaded: %j', async (target) => {
    expect([accepts(target), await loads(target)]).toEqual([true, true])
  })

  it.each([
    { baseUrl },
    { api: 'secure-logn', baseUrl },
    { api: 'secure-login', baseUrl: 'server.example' },
    { api: 'secure-login', baseUrl, settings: { lockAfter: 3 } },
    { api: 'secure-login', baseUrl, settings: { blockFor: 30 } },
    { api: 'secure-login', baseUrl, accounts: { 'second-factor': { username: 'qa' } } },
    { api: 'sirportly', baseUrl, accounts: { user: { name: 'qa' } } },
    { api: 'sirportly', baseUrl, accounts: { user: { username: 'qa', pin: 5 } } },
    { api: 'gentics-cms', baseUrl, session: { kind: 'saml' } },
    { api: 'gentics-cms', baseUrl, timeout: 5000 },
  ])('refuses what cannot: %j', async (target) => {
    expect([accepts(target), await loads(target)]).toEqual([false, false])
  })
})
