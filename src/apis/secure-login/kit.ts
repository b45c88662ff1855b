import type { JsonObject } from '../../core/json.ts'
import type { Account, Kit } from '../../core/kit.ts'
import { sessionPath } from './contract.ts'
import { sessionCookie } from './caller.ts'
import { journeys } from './journeys.ts'

/** A user as a provider state arranges it: with the account's own PIN. */
const withPin: JsonObject = { username: '{username}', pin: '{pin}' }

/** What it takes to check a Secure Login server. */
export const kit: Kit = {
  roles: {
    enter: { about: 'has to enter a PIN', state: { name: 'a user who must enter the PIN', params: withPin } },
    disposable: {
      about: 'has to enter a PIN, and may be blocked',
      state: { name: 'a user who must enter the PIN', params: withPin },
    },
    bypass: { about: 'needs no PIN', state: { name: 'a user who may bypass the PIN', params: withPin } },
    onboarding: { about: 'has not finished onboarding', state: { name: 'a user in onboarding', params: withPin } },
    blocked: { about: 'is blocked by wrong PINs', state: { name: 'a blocked user', params: withPin } },
  },
  login: {
    method: 'POST',
    path: sessionPath,
    type: 'application/json',
    body: '{"username":"{username}","password":"{password}"}',
    cookie: sessionCookie,
  },
  journeys,
  section: (accounts) => ({
    users: Object.fromEntries(accounts.map((account) => [account.username, userOf(account)])),
  }),
  lockout: {
    operations: ['auth'],
    harmless: ['SL-10', 'SL-12', 'SL-13', 'SL-U1', 'SL-02', 'SL-U4'],
    after: 'blockAfter',
    for: 'blockFor',
  },
  volatile: { server_time: 'instant', 'blocked.until': 'instant' },
  parts: [
    { where: /^body\.server_time/, clause: 'SL-05' },
    { where: /^body\.blocked/, clause: 'SL-07' },
  ],
  headers: ['allow'],
}

function userOf({ role, username, password, pin, totp, facts }: Account): JsonObject {
  const state = role === 'disposable' ? 'enter' : role
  return {
    state,
    displayName: username,
    emailAddress: `${username}@example.com`,
    ...(password === undefined ? {} : { password }),
    ...(pin === undefined ? {} : { pin }),
    ...(totp === undefined ? {} : { totp }),
    ...facts,
  }
}
