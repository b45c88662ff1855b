import { describe, expect, test } from 'vitest'
import { secureLogin as api } from './checked.ts'
import type { Account } from '../../src/core/kit.ts'
import { clausesNotShown, passesOnTheMock, type Staging } from './journeys.suite.ts'

const account = (role: string): Account => ({ role, username: `${role}-1`, password: 's3cret & "safe"', pin: '910817' })
const withAuthenticators = (role: string): Account => {
  const { pin: _pin, ...rest } = account(role)
  return { ...rest, totp: { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } }
}

const behindProxy: Staging = { about: 'behind a proxy', settings: { trustProxy: true, bindSessionToIp: true }, account }
const stagings: readonly Staging[] = [
  behindProxy,
  { about: 'in the older revision', settings: { revision: 'legacy', contextPath: '' }, account },
  {
    about: 'with other limits',
    settings: { blockAfter: 5, blockFor: '10m', sessionFor: '1h' },
    account: withAuthenticators,
  },
]

describe('passes on the mock', () => {
  passesOnTheMock(api, stagings)
})

const notShown = {
  'SL-17': 'it tells clients in which order to ask',
  'SL-U13': 'defaults are not seen where a target tells its settings',
  'SL-U15': 'an instant cannot be hit over a network',
  'SL-X3': 'it takes a server that counts per session',
  'SL-X4': 'journeys compare whole seconds',
  'SL-X5': 'a journey sends texts',
  'SL-U20': 'it would lock accounts out of the host',
  'SL-H5': 'a journey cannot write credentials in Base64',
}

test('every clause is shown, but for those that cannot be', async () => {
  expect((await clausesNotShown(api, stagings)).sort()).toEqual(Object.keys(notShown).sort())
})
