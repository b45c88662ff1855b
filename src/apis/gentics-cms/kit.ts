import { isJsonObject, type JsonObject } from '../../core/json.ts'
import type { Account, Kit, RoleState, Volatile } from '../../core/kit.ts'
import { secretCookie } from './contract.ts'
import { journeys } from './journeys.ts'

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
  trial: {
    settings: {},
    pin: '',
    facts: { ssoToken: 'token-of-sam', salt: 'pepper', expirationTimestamp: 1_900_000_000, rsaSignature: 'none' },
  },
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
    // Not of the contract: clients find the user there, and what else there is differs.
    'GC-S1 messages': 'optional',
    'messages.*.type': /^(CRITICAL|INFO|SUCCESS|WARNING|NEUTRAL)$/,
    'responseInfo.responseMessage': 'same type',
    'GC-22 responseInfo.responseMessage': /^[0-9A-Za-z]{4}$/,
    [`cookie.${secretCookie}`]: /^[0-9A-Za-z]{15}$/,
  },
  // A session's number.
  text: /^[1-9]\d*$/,
  statusOnly: ['GC-S2'],
  parts: [
    { where: /^header set-cookie$/, clause: 'GC-15' },
    { where: /^body\.user\.password$/, clause: 'GC-U4' },
    { where: /^body\.user\.(?!login$)/, clause: 'GC-10' },
    { where: /^body\.hash$/, clause: 'GC-21' },
    { where: /^body\.messages\[/, clause: 'GC-11' },
    { where: /^body\.(messages$|responseInfo\.property$)/, clause: 'GC-U5' },
    { where: /^body\.responseInfo($|\.responseMessage$)/, clause: 'GC-12' },
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
