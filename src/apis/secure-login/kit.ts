import { codesOf, comparisonOf } from '../../core/clause-readers.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account, Kit } from '../../core/kit.ts'
import { clauses } from './clauses.ts'
import { sessionCookie } from './host-headers.ts'
import { asJson, asText, credentials, inJira } from './journey-words.ts'
import { introduce } from './introduce.ts'
import { journeys } from './journeys.ts'
import { apiPath, sessionPath } from './paths.ts'
import { clear, probes } from './probes.ts'
import { recognise, telling } from './recognise.ts'
import { userFacts } from './state.ts'
import { races } from './races.ts'
import { suggest } from './suggest.ts'

/** A user as a provider state arranges it: with the account's own password and PIN. */
const withPin: JsonObject = { username: '{username}', password: '{password}', pin: '{pin}' }

/** What it takes to check a Secure Login server. */
export const kit: Kit = {
  roles: {
    enter: { about: 'has to enter a PIN', state: { name: 'a user who must enter the PIN', params: withPin } },
    disposable: {
      about: 'has to enter a PIN, and may be blocked',
      state: { name: 'a user who must enter the PIN', params: withPin },
    },
    bypass: { about: 'needs no PIN', state: { name: 'a user who may bypass the PIN', params: withPin } },
    onboarding: {
      about: 'has not finished onboarding',
      state: { name: 'a user in onboarding', params: withPin },
      hasNoCode: true,
    },
    blocked: {
      about: 'is blocked by wrong PINs',
      state: { name: 'a blocked user', params: withPin },
      isLocked: true,
    },
  },
  given: (state, params, { active, revision }) => {
    const isSo =
      (state === 'the plug-in is active' && active === true) ||
      (state === 'the plug-in is inactive' && active === false) ||
      (state === 'the revision' && params['revision'] === revision)
    return isSo ? {} : undefined
  },
  login: {
    method: 'POST',
    path: sessionPath,
    type: 'application/json',
    body: credentials('{password}'),
    cookie: sessionCookie,
    needs: inJira,
  },
  journeys,
  races,
  asks: {
    auth: { headers: asText, right: '{pin}', wrong: '{wrongPin}' },
    login: { ...asJson, right: credentials('{password}'), wrong: credentials('{password}x') },
  },
  // A wrong base URL, or a proxy that lets nobody pass.
  gate: { journey: 'secure-login.info', statuses: /^(403|404|405|5\d\d)$/ },
  probes,
  suggest,
  introduce,
  recognise,
  telling: journeys.filter(({ id }) => telling.includes(id)),
  trial: { settings: { trustProxy: true }, pin: userFacts.given.pin, facts: {} },
  section: (accounts, { defaultUser }) => ({
    users: {
      // A server has the user whom it takes strangers for, whoever plays.
      ...(typeof defaultUser === 'string' ? { [defaultUser]: {} } : {}),
      ...Object.fromEntries(accounts.map((account) => [account.username, userOf(account)])),
    },
  }),
  lockout: {
    operations: ['auth'],
    ...codesOf(clauses),
    cleared: { clause: 'SL-U5', isKept: ({ failuresAfterPin }) => failuresAfterPin === 'kept' },
    clear,
    after: 'blockAfter',
    for: 'blockFor',
    role: 'disposable',
    state: 'blocked',
    until: { path: `${apiPath}/user`, member: 'blocked.until' },
  },
  time: { path: `${apiPath}/info`, member: 'server_time' },
  meaningful: ['blocked'],
  ...comparisonOf(clauses),
  verdicts: [
    { where: /^status$/, received: /^(200|401|403|405|406|410|415)$/ },
    { where: /^body\.(state|blocked\.until)$/, received: /^"/ },
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
