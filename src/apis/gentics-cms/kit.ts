import { isJsonObject, type JsonObject } from '../../core/json.ts'
import type { Account, Kit, RoleState, Volatile } from '../../core/kit.ts'
import { responseCodes, secretCookie } from './contract.ts'
import { journeys } from './journeys.ts'
import { probes } from './probes.ts'
import { suggest, tell } from './suggest.ts'
import { trial } from './trial.ts'

const known: JsonObject = { username: '{username}', password: '{password}' }
const user: RoleState = { name: 'a user of the CMS', params: known }

/** What differs in a user: all but the login. */
function userAt(path: string): Readonly<Record<string, Volatile>> {
  return Object.fromEntries([
    ...['id', 'firstName', 'lastName', 'description', 'email', 'password'].map((name) => [
      `${path}.${name}`,
      'same type',
    ]),
    [`${path}.groups`, 'same shape'],
  ]) as Readonly<Record<string, Volatile>>
}

/** Clauses of answers that tell a failure. */
const failures = ['GC-17', 'GC-18', 'GC-19', 'GC-20', 'GC-21', 'GC-23', 'GC-U2', 'GC-X15']

const code = /^body\.responseInfo\.responseCode$/
const cookie = /^header set-cookie$/

/** What it takes to check a Gentics CMS server. */
export const kit: Kit = {
  roles: {
    user: { about: 'is in a group, and sees nothing of maintenance', state: user },
    admin: {
      about: 'may log in while there is maintenance',
      state: { name: 'a user of the CMS', params: { ...known, seesMaintenance: true } },
    },
    'no-groups': {
      about: 'is in no group',
      state: { name: 'a user of the CMS', params: { ...known, state: 'no-groups' } },
    },
    sso: {
      about: 'is known to the SSO system',
      state: user,
      also: [{ name: 'an SSO system of the CMS', params: { token: '{ssoToken}', username: '{username}' } }],
      facts: { ssoToken: 'a bearer token of the SSO system that names the user' },
    },
    signed: {
      about: 'has a signature of the system whose key the setting rsa holds',
      state: user,
      facts: {
        salt: 'what was salted with',
        expirationTimestamp: 'until when the signature holds, in seconds since 1970',
        rsaSignature: 'the signature, in Base64',
      },
    },
  },
  secretFacts: ['ssoToken'],
  journeys,
  probes,
  suggest,
  tell,
  // A wrong base URL, or a proxy that lets nobody pass.
  gate: { journey: 'gentics-cms.prefix', statuses: /^(401|403|404|405|5\d\d)$/ },
  trial,
  given: (state, params, settings) => (isGiven(state, params, settings) ? {} : undefined),
  section: (accounts, settings) => ({
    users: Object.fromEntries(accounts.map((account) => [account.username, userOf(account)])),
    sso: withTokens(settings['sso'], accounts),
  }),
  volatile: {
    sid: /^[1-9]\d*$/,
    ...userAt('user'),
    hash: /^\$2a\$10\$[./A-Za-z0-9]{53}$/,
    messages: 'same shape',
    'messages.*.timestamp': 'milliseconds',
    // The resource around the contract: nobody says that it has none.
    'GC-S1 messages': 'anything',
    'messages.*.type': /^(CRITICAL|INFO|SUCCESS|WARNING|NEUTRAL)$/,
    'responseInfo.responseMessage': 'same type',
    'GC-22 responseInfo.responseMessage': /^[0-9A-Za-z]{4}$/,
    [`cookie.${secretCookie}`]: /^[0-9A-Za-z]{15}$/,
  },
  // Who is refused is told no more than that, and nobody is told a password.
  meaningful: ['user', 'sid', 'hash', 'user.password', 'responseInfo.property'],
  // A session's number.
  text: /^[1-9]\d*$/,
  statusOnly: ['GC-S2'],
  parts: [
    { of: ['GC-20'], where: cookie, received: /^none$/, clause: 'GC-20' },
    { of: ['GC-20'], where: cookie, clause: 'GC-X20' },
    { of: ['GC-05'], where: cookie, clause: 'GC-05' },
    { of: ['GC-03', 'GC-04', 'GC-16'], where: cookie, expected: /^none$/, clause: 'GC-X6' },
    { where: cookie, received: /^GCN_SESSION_SECRET=(?!…|deleted|[0-9A-Za-z]{15}(;|$))/, clause: 'GC-14' },
    { where: cookie, clause: 'GC-15' },

    { where: /^header content-type$/, expected: /text\/plain/, clause: 'GC-02' },
    { of: ['GC-22'], where: /^header content-type$/, clause: 'GC-08' },
    { of: ['GC-02', 'GC-23', 'GC-24'], where: /^body$/, received: /^(no body|FAILURE)$/, clause: 'GC-02' },
    { of: ['GC-24'], where: /^body$/, how: ['form'], clause: 'GC-24' },
    { of: ['GC-02', 'GC-24'], where: /^status$/, received: /^4/, alone: true, clause: 'GC-02' },

    { of: ['GC-04', 'GC-U2'], where: /^status$/, received: /^404$/, clause: 'GC-04' },
    { where: /^status$/, expected: /^20[01]$/, received: /^20[01]$/, alone: true, clause: 'GC-09' },
    { of: ['GC-06'], where: /^status$/, received: /^400$/, clause: 'GC-X12' },
    { of: failures, where: /^status$/, received: /^[45]/, alone: true, clause: 'GC-13' },
    { of: ['GC-X7', 'GC-X13'], where: /^status$/, received: /^5/, alone: true, clause: 'GC-13' },
    { of: ['GC-X11'], where: /^status$/, received: /^(401|403|404|5\d\d)$/, alone: true, clause: 'GC-13' },

    { where: code, how: ['missing', 'extra', 'form'], clause: 'GC-12' },
    { where: code, received: new RegExp(`^(?!"(${responseCodes.join('|')})"$)`), clause: 'GC-12' },
    { of: ['GC-05'], where: code, clause: 'GC-05' },
    { of: ['GC-17'], where: code, clause: 'GC-17' },
    { of: ['GC-20'], where: code, clause: 'GC-20' },
    { of: ['GC-19', 'GC-23'], where: code, received: /^(?!"OK")/, clause: 'GC-19' },
    { of: ['GC-21'], where: code, received: /^(?!"OK")/, clause: 'GC-21' },
    { of: ['GC-U2'], where: code, received: /^(?!"OK")/, clause: 'GC-U2' },

    { of: ['GC-S1'], where: /^body\.responseInfo$/, clause: 'GC-S1' },
    { of: ['GC-04', 'GC-16'], where: /^body\.(sid|user)$/, how: ['missing', 'form'], clause: 'GC-03' },
    { where: /^body\.user\.password$/, clause: 'GC-U4' },
    { where: /^body\.user\./, how: ['missing', 'extra', 'form'], clause: 'GC-10' },
    { where: /^body\.user\.(?!id$|login$)/, clause: 'GC-10' },
    { of: ['GC-06'], where: /^body\.user$/, how: ['missing'], clause: 'GC-X12' },
    { where: /^body\.hash$/, how: ['missing'], clause: 'GC-06' },
    { where: /^body\.hash$/, clause: 'GC-21' },
    { where: /^body\.messages\[\d+\]\.timestamp$/, how: ['value'], clause: 'GC-X19' },
    { where: /^body\.messages\[/, clause: 'GC-11' },
    { where: /^body\.(messages$|responseInfo\.property$)/, clause: 'GC-U5' },
    { where: /^body\.responseInfo($|\.responseMessage$)/, how: ['missing', 'extra'], clause: 'GC-12' },
    { of: ['GC-22'], where: /^body\./, clause: 'GC-22' },
  ],
  verdicts: [
    { where: /^status$/, received: /^(20[01]|401|40[45])$/ },
    { where: code, received: new RegExp(`^"(${responseCodes.join('|')})"$`) },
    { where: /^body\.user\.(id|login)$/, received: /^("|\d)/ },
    { where: /^body$/, received: /^(\d+|NOTFOUND|FAILURE|MAINTENANCEMODE)$/ },
  ],
  headers: ['set-cookie'],
}

/** Whether an administrator has set what a provider state would. */
function isGiven(state: string, { dialect, prefix }: JsonObject, settings: JsonObject): boolean {
  switch (state) {
    case 'the dialect of the CMS':
      return settings['dialect'] === dialect
    case 'the global prefix of the CMS':
      return settings['globalPrefix'] === prefix
    case 'the CMS is under maintenance':
      return settings['maintenance'] === true
    case 'the CMS is not under maintenance':
      return settings['maintenance'] === false
    case 'users of the CMS with their passwords':
      return settings['exposePasswords'] === true
    case 'the CMS sets cookies for HTTPS only':
      return settings['secureCookies'] === true
    default:
      return false
  }
}

function userOf({ role, username, password = username, facts = {} }: Account): JsonObject {
  const { ssoToken: _token, salt: _salt, expirationTimestamp: _until, rsaSignature: _signature, ...told } = facts
  return {
    password,
    state: role === 'no-groups' ? 'no-groups' : 'active',
    seesMaintenance: role === 'admin',
    ...told,
  }
}

/** The SSO system as the settings have it, and whom the accounts' tokens name. */
function withTokens(sso: unknown, accounts: readonly Account[]): JsonObject {
  const given = isJsonObject(sso) ? sso : {}
  const named = accounts.flatMap(({ username, facts }) =>
    facts?.['ssoToken'] === undefined ? [] : [[String(facts['ssoToken']), username]],
  )
  return {
    ...given,
    tokens: { ...(isJsonObject(given['tokens']) ? given['tokens'] : {}), ...Object.fromEntries(named) },
  }
}
