import { comparisonOf, partsOf } from '../../core/clause-readers.ts'
import { isJsonObject, type JsonObject } from '../../core/json.ts'
import type { Account, AnswerPart, Kit, RoleState } from '../../core/kit.ts'
import { atCode } from './answer-places.ts'
import { clauses } from './clauses.ts'
import { credentials, jsonHeaders, wrongPassword } from './journey-words.ts'
import { introduce } from './introduce.ts'
import { journeys } from './journeys.ts'
import { observedClauses } from './observed/clauses.ts'
import { probes } from './probes.ts'
import { recognise } from './recognise.ts'
import { races } from './races.ts'
import { suggest, tell } from './suggest.ts'
import { trial } from './trial.ts'
import { responseCodes } from './wire.ts'

const known: JsonObject = { username: '{username}', password: '{password}' }
const user: RoleState = { name: 'a user of the CMS', params: known }

// Answers of the open-source server are judged by what is said of them before anything that is said of all.
const observed = Object.keys(observedClauses)
const isOfObserved = ({ of }: AnswerPart): boolean => of?.every((clause) => observed.includes(clause)) === true
const parts = partsOf(clauses).map((part) => (observed.includes(part.clause) ? { of: observed, ...part } : part))
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
      also: [
        {
          name: 'an SSO system of the CMS',
          params: { token: '{ssoToken}', username: '{username}', header: '{ssoHeader}' },
        },
      ],
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
  // Without a header in the settings there is none that names anybody: the system is arranged with one that nobody sends.
  values: ({ sso }) => ({ ssoHeader: (isJsonObject(sso) && sso['header']?.toString()) || 'x-sent-by-nobody' }),
  journeys,
  races,
  asks: {
    login: { headers: jsonHeaders, right: credentials, wrong: wrongPassword },
    ...Object.fromEntries(
      ['loginwithrsa', 'hashpassword', 'matchpassword'].map((operation) => [operation, { headers: jsonHeaders }]),
    ),
  },
  probes,
  suggest,
  introduce,
  tell,
  recognise,
  // A wrong base URL, or a proxy that lets nobody pass.
  gate: { journey: 'gentics-cms.prefix', statuses: /^(401|403|404|405|5\d\d)$/ },
  trial,
  given: (state, params, settings) => (isGiven(state, params, settings) ? {} : undefined),
  section: (accounts, settings) => ({
    users: Object.fromEntries(accounts.map((account) => [account.username, userOf(account)])),
    sso: withTokens(settings['sso'], accounts),
  }),
  ...comparisonOf(clauses),
  parts: [...parts.filter(isOfObserved), ...parts.filter((part) => !isOfObserved(part))],
  // Who is refused is told no more than that, and nobody is told a password.
  meaningful: ['user', 'sid', 'hash', 'user.password', 'responseInfo.property'],
  // A session's number.
  text: /^[1-9]\d*$/,
  verdicts: [
    { where: /^status$/, received: /^(20[01]|401|40[45])$/ },
    { where: atCode, received: new RegExp(`^"(${responseCodes.join('|')})"$`) },
    { where: /^body\.user\.(id|login)$/, received: /^("|\d)/ },
    { where: /^body$/, received: /^(\d+|NOTFOUND|FAILURE|MAINTENANCEMODE)$/ },
  ],
  headers: ['set-cookie'],
}

/** Whether an administrator has set what a provider state would. */
function isGiven(state: string, { dialect, version, prefix }: JsonObject, settings: JsonObject): boolean {
  switch (state) {
    case 'the dialect of the CMS':
      return settings['dialect'] === dialect && (version === undefined || settings['version'] === version)
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
