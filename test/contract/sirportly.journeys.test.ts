import { describe, expect, it, test } from 'vitest'
import { sirportly as api } from './checked.ts'
import { createOracle } from '../../src/contract/playing/oracle.ts'
import { headerValue } from '../../src/core/http.ts'
import type { Journey } from '../../src/core/journey.ts'
import type { Account } from '../../src/core/kit.ts'
import {
  bent,
  broken,
  clausesNotShown,
  passesOnTheMock,
  playOnMocks,
  rewritten,
  type Staging,
} from './journeys.suite.ts'

const withFixedCodes = (role: string): Account => ({
  role,
  username: role === 'user' ? 'adam@help.example' : 'faye@help.example',
  password: 's3cret & "safe"',
  pin: '123456',
  facts: { account: 'atech', ...(/two-acc|in-one/.test(role) ? { otherAccount: 'fibreband' } : {}) },
})

const withAuthenticators = (role: string): Account => {
  const { pin: _pin, ...account } = withFixedCodes(role)
  return { ...account, totp: { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } }
}

const usual: Staging = { about: 'as it comes', settings: {}, account: withFixedCodes }
const ending: Staging = {
  about: 'with known applications, and locks that end',
  settings: { applications: ['help-app', 'other-app'], lockAfter: 3, lockFor: '30m' },
  account: withAuthenticators,
}
const stagings: readonly Staging[] = [
  usual,
  ending,
  { about: 'with 200 for everything', settings: { statusCodes: 'always200', lockFor: '1m' }, account: withFixedCodes },
]

describe('passes on the mock', () => {
  passesOnTheMock(api, stagings)
})

const notShown = {
  'SP-X3': 'it takes a name with two authenticator apps, and a target has one code for each account',
  'SP-X14': 'a journey cannot write a name in capitals',
}

test('every clause is shown, but for those that cannot be', async () => {
  expect(await clausesNotShown(api, stagings)).toEqual(Object.keys(notShown))
})

describe('notices', () => {
  it('an unknown account that is not named, and not in which words', async () => {
    expect(await broken(api, usual, rewritten('No account found', 'No such account'))).toEqual({})
    expect(await broken(api, usual, rewritten(/matching '[^']*'/, ''))).toEqual({
      'SP-14': ['unknown-account', 'statuses', 'refusals'],
      'SP-U10': ['disabled-account'],
    })
  })

  it('a lock that is not told', async () => {
    expect(await broken(api, usual, rewritten('TwoFactorLocked', 'InvalidTwoFactorCode'))).toEqual({
      // Of a lock that was to come just now, nobody can say whether it is not told or has not come.
      'SP-U6': ['lockout', 'burst'],
      'SP-U7': ['lockout-anywhere'],
      'SP-12': ['locked'],
    })
  })

  it('wrong credentials that come back without the password', async () => {
    expect(await broken(api, usual, rewritten(/"password":"[^,]*",/, ''))).toMatchObject({
      'SP-09': [
        'no-api-access',
        'wrong-password',
        'unknown-user',
        'credentials-first',
        'refusals',
        'password-first',
        'locked',
        'lockout',
        'two-factor-required',
        'address-last',
        'disabled-account',
      ],
    })
  })

  it('a user without API access who is listed', async () => {
    expect(await broken(api, usual, rewritten('"users":[', '"users":[{"id":1},'))).toEqual({
      'SP-05': ['anywhere', 'two-accounts', 'access-in-one', 'second-factor-anywhere'],
      'SP-X1': ['no-api-access'],
    })
  })

  it('an instant that ends in Z', async () => {
    const found = await broken(api, usual, rewritten(/\+00:00"/g, 'Z"'))
    expect(Object.keys(found)).toEqual(['SP-X18'])
    expect(found['SP-X18']).toContain('account')
    expect(found['SP-X18']).toContain('two-accounts')
  })

  it('a server that asks for no application', async () => {
    const welcome = { status: 200, body: '{"status":"Authenticated"}' }
    expect(
      await broken(
        api,
        usual,
        bent(({ body }) => (body.includes('InvalidApplication') ? welcome : {})),
      ),
    ).toEqual({
      'SP-02': ['application'],
      // Which applications there are is left open.
      'SP-U3': ['statuses'],
    })
  })

  it('a method that is refused', async () => {
    expect(
      await broken(
        api,
        usual,
        bent((_, { method }) => (method === 'PUT' ? { status: 405 } : {})),
      ),
    ).toEqual({
      'SP-03': ['methods'],
    })
  })

  it('tokens that change from login to login', async () => {
    let logins = 0
    const change = bent(({ body }) => ({ body: body.replace(/"token":"[^"]*"/, () => `"token":"token-${++logins}"`) }))
    expect(await broken(api, usual, change)).toEqual({ 'SP-X12': ['tokens'] })
  })

  it('a lock that comes one wrong code too early, or too late', async () => {
    expect(await broken(api, { ...usual, elsewhere: { lockAfter: 4 } })).toEqual({
      'SP-U6': ['clears', 'lockout', 'expiry'],
      'SP-U7': ['lockout-anywhere'],
      'SP-X7': ['burst', 'not-longer'],
    })
    expect(await broken(api, { ...usual, elsewhere: { lockAfter: 6 } })).toEqual({
      'SP-U6': ['lockout', 'burst'],
      'SP-U7': ['lockout-anywhere'],
    })
  })

  it('a lock that ends too early, or too late', async () => {
    expect(await broken(api, { ...ending, elsewhere: { lockFor: '10m' } })).toEqual({
      'SP-U6': ['expiry', 'not-longer'],
    })
    expect(await broken(api, { ...ending, elsewhere: { lockFor: '40m' } })).toEqual({
      'SP-U6': ['expiry'],
      'SP-X8': ['not-longer'],
    })
  })

  it('nothing in the order of users, which nobody tells', async () => {
    const turned = bent(({ body }) => {
      const { users, ...rest } = JSON.parse(body) as { users?: unknown[] }
      return users === undefined ? {} : { body: JSON.stringify({ ...rest, users: users.toReversed() }) }
    })
    expect(await broken(api, usual, turned)).toEqual({})
  })
})

test('a journey that names a fact which the account has not is not reached', async () => {
  const forgetful: Staging = { ...usual, account: (role) => ({ ...withFixedCodes(role), facts: {} }) }
  const [journey] = api.kit.journeys
  expect(await playOnMocks(api, journey as Journey, forgetful)).toMatchObject({
    outcome: 'not reached',
    because: expect.stringContaining('has no fact "account": the permalink of the account'),
  })
})

test('a wrong code has the form of the right one', async () => {
  const wrongCode = api.kit.journeys.find(({ id }) => id === 'sirportly.wrong-code') as Journey
  const sent = async (pin: string): Promise<string | undefined> => {
    const staging: Staging = { ...usual, account: (role) => ({ ...withFixedCodes(role), pin }) }
    const { exchanges } = await playOnMocks(api, wrongCode, staging)
    return exchanges[0]?.call.body?.split('two_factor_code=')[1]
  }
  expect([await sent('123456'), await sent('12345a'), await sent('12345x')]).toEqual(['123451', '12345x', '12345y'])
})

test('answers are known to be about an account, whatever the API calls its user', async () => {
  const account = { ...withFixedCodes('second-factor'), facts: { account: 'atech', otherAccount: 'fibreband' } }
  const { player, meaning } = await createOracle(api, {}, [account], 0)
  const path = `/api/v2/authentication/authenticate?username=${account.username}&password=x&account=atech`
  const { headers } = await player.send({ method: 'GET', path, headers: ['x-auth-application', 'x'], body: undefined })
  expect(meaning(headerValue(headers, 'x-understudy-request') ?? '').user).toBe(account.username)
  expect(await player.code(account)).toBe('123456')
})
