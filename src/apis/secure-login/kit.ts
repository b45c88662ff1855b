import type { JsonObject } from '../../core/json.ts'
import type { Account, Kit } from '../../core/kit.ts'
import { apiPath, sessionPath } from './contract.ts'
import { sessionCookie } from './host-headers.ts'
import { inJira } from './journey-words.ts'
import { journeys } from './journeys.ts'
import { clear, probes } from './probes.ts'
import { recognise, telling } from './recognise.ts'
import { userFacts } from './state.ts'
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
    body: '{"username":"{username}","password":"{password}"}',
    cookie: sessionCookie,
    needs: inJira,
  },
  journeys,
  // A wrong base URL, or a proxy that lets nobody pass.
  gate: { journey: 'secure-login.info', statuses: /^(403|404|405|5\d\d)$/ },
  probes,
  suggest,
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
    // Not SL-U4: whether a PIN that is not needed is looked at is assumed, and journeys send wrong ones.
    harmless: ['SL-10', 'SL-12', 'SL-13', 'SL-U1', 'SL-02'],
    passing: ['SL-U4'],
    clearing: ['SL-10'],
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
  volatile: {
    server_time: 'instant',
    'blocked.until': 'instant',
    self: 'same type',
    'session.value': 'same type',
    loginInfo: 'anything',
    'errorMessages.*': 'same type',
  },
  parts: [
    { where: /^body\.server_time$/, how: ['missing'], clause: 'SL-03' },
    { where: /^body\.server_time$/, clause: 'SL-05' },
    { of: ['SL-03', 'SL-04'], where: /^status$/, received: /^401$/, clause: 'SL-U1' },
    // What a page promises, without the form in which it is told.
    { of: ['SL-U2'], where: /^status$/, received: /^200$/, clause: 'SL-18' },
    { of: ['SL-U2'], where: /^status$/, received: /^(?!415)/, clause: 'SL-U2' },
    { of: ['SL-02'], where: /^status$/, received: /^200$/, clause: 'SL-02' },
    { of: ['SL-02'], clause: 'SL-U16' },
    { where: /^body\.session\.value$/, how: ['value'], clause: 'SL-H7' },
    { of: ['SL-08'], where: /^status$/, clause: 'SL-08' },
    { of: ['SL-12'], where: /^status$/, received: /^401$/, clause: 'SL-12' },
    { of: ['SL-13'], where: /^status$/, received: /^(?!406|410)/, clause: 'SL-13' },
    { of: ['SL-04'], how: ['missing', 'extra', 'form'], clause: 'SL-03' },
    // How far ahead `until` is, is decided by whoever blocks; everything else of it is a matter of telling.
    { where: /^body\.blocked\.until$/, how: ['missing', 'extra', 'form'], clause: 'SL-07' },
    { where: /^body\.blocked\.until$/, received: /^(?!"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]00:?00)"$)/, clause: 'SL-07' },
    { of: ['SL-06', 'SL-U3', 'SL-U14'], where: /^body$/, received: /"blocked":/, clause: 'SL-07' },
    { where: /^body\.blocked(\.reason)?$/, clause: 'SL-07' },
    { where: /^body\.state$/, received: /^(?!"(enter|bypass|onboarding|blocked)"$)/, clause: 'SL-06' },
    { of: ['SL-07', 'SL-U3', 'SL-U14'], how: ['missing', 'extra', 'form'], clause: 'SL-06' },
    { of: ['SL-14'], clause: 'SL-11' },
    { of: ['SL-08'], where: /^body/, clause: 'SL-U11' },
  ],
  verdicts: [
    { where: /^status$/, received: /^(200|401|403|405|406|410|415)$/ },
    { where: /^body\.(state|blocked\.until)$/, received: /^"/ },
  ],
  statusOnly: ['SL-02', 'SL-U10', 'SL-U16', 'SL-U17', 'SL-U18', 'SL-X6', 'SL-H3', 'SL-H5', 'SL-H6', 'SL-H8'],
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
