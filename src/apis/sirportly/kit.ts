import { codesOf, comparisonOf } from '../../core/clause-readers.ts'
import { objectIn, sameJson, type JsonObject } from '../../core/json.ts'
import type { Account, Kit, Role, RoleState } from '../../core/kit.ts'
import { clauses } from './clauses.ts'
import { application, form, here, toForm, withCode, wrongCode } from './journey-words.ts'
import { introduce } from './introduce.ts'
import { journeys } from './journeys.ts'
import { outcomes, verdicts } from './outcomes.ts'
import { clear, probes } from './probes.ts'
import { choiceNames, settingFields } from './settings.ts'
import { userIdOf } from './state.ts'
import { userFacts } from './user-facts.ts'
import { races } from './races.ts'
import { suggest, tell } from './suggest.ts'

const known: JsonObject = { username: '{username}', password: '{password}', account: '{account}' }
const inOther: JsonObject = { ...known, account: '{otherAccount}' }
const knownCode: JsonObject = { ...known, code: '{pin}' }

/** Documentation addresses, from which nobody comes. */
const elsewhere = ['192.0.2.0/24']

const account = 'the permalink of the account that the user is in'
const otherAccount = 'the permalink of the other account that has a user of this name and password'

function role(about: string, state: RoleState, more: Partial<Role> = {}): Role {
  return { about, state, facts: { account }, hasNoCode: true, ...more }
}

/** Somebody with a second factor. */
function roleWithCode(about: string, state: string, more: Partial<Role> = {}): Role {
  const { hasNoCode: _, ...made } = role(about, { name: state, params: knownCode }, more)
  return made
}

/** What it takes to check a Sirportly server. */
export const kit: Kit = {
  roles: {
    user: role('has API access, and no second factor', { name: 'a Sirportly user', params: known }),
    'second-factor': roleWithCode('has to send a code', 'a Sirportly user with a second factor'),
    disposable: roleWithCode('has to send a code, and may be locked', 'a Sirportly user with a second factor'),
    locked: roleWithCode('is locked by wrong codes', 'a Sirportly user with a locked second factor', {
      isLocked: true,
    }),
    'two-factor-required': role('has to have a second factor, and has not set it up', {
      name: 'a Sirportly user who has to set up a second factor',
      params: known,
    }),
    'no-api-access': role('has no API access', { name: 'a Sirportly user without API access', params: known }),
    'not-activated': role('has API access, and has not accepted the invitation', {
      name: 'a Sirportly user',
      params: { ...known, activated: false },
    }),
    'in-two-accounts': role(
      'has API access in two accounts, with one name and password and no second factor',
      { name: 'a Sirportly user', params: known },
      { also: [{ name: 'a Sirportly user', params: inOther }], facts: { account, otherAccount } },
    ),
    'access-in-one': role(
      'is in two accounts, with one name and password and no second factor, and has API access in the first',
      { name: 'a Sirportly user', params: known },
      { also: [{ name: 'a Sirportly user without API access', params: inOther }], facts: { account, otherAccount } },
    ),
    'from-elsewhere': role(
      'has API access in an account whose networks the requests do not come from',
      { name: 'a Sirportly user', params: known },
      { also: [{ name: 'a Sirportly account', params: { account: '{account}', allowFrom: elsewhere } }] },
    ),
    'in-disabled-account': role(
      'has API access in an account that is disabled',
      { name: 'a Sirportly user', params: known },
      { also: [{ name: 'a Sirportly account', params: { account: '{account}', enabled: false } }] },
    ),
  },
  journeys,
  races,
  asks: {
    authenticate: {
      method: 'POST',
      headers: { ...application, ...form },
      right: toForm(withCode),
      wrong: toForm(wrongCode),
      withoutCode: { right: toForm(here), wrong: toForm({ ...here, password: '{password}x' }) },
    },
  },
  probes,
  suggest,
  introduce,
  tell,
  // A wrong base URL, an application that is not known, or a server that has broken down.
  gate: {
    journey: 'sirportly.url',
    statuses: /^(401|403|404|405|5\d\d)$/,
    excuse: unknownApplication,
  },
  ownSettings: {
    applications: {
      about: 'The token of an application that the server knows: what X-Auth-Application is.',
      value: ['${SIRPORTLY_APPLICATION}'],
    },
  },
  settingHeaders: { 'x-auth-application': 'settings: { applications: [<token>] }' },
  word: ({ status, error }) => [status, error].find((word) => typeof word === 'string'),
  repeatedPassword: 'SP-X17',
  likeTwins: 'SP-X16',
  trial: {
    settings: { applications: ['auth-understudy'], lockFor: '30m' },
    pin: userFacts.given.code,
    facts: { account: userFacts.given.account, otherAccount: 'fibreband' },
  },
  section: (accounts) => ({
    accounts: Object.fromEntries(accounts.flatMap(accountsOf)),
    // Several roles may be played by one user.
    users: [...new Map(accounts.flatMap(usersOf)).values()],
  }),
  userId: ({ username, facts }) => userIdOf(permalinkOf(facts), username),
  values: applicationOf,
  given: (state, { applications, trustProxy = false, ...choices }, settings) => {
    const isSo =
      state === "Sirportly's settings" &&
      (applications === undefined || sameJson(applications, settings['applications'])) &&
      choiceNames.every((name) => (choices[name] ?? settingFields[name].default) === settings[name]) &&
      trustProxy === settings['trustProxy']
    return isSo ? applicationOf(settings) : undefined
  },
  lockout: {
    operations: ['authenticate'],
    ...codesOf(clauses),
    clear,
    after: 'lockAfter',
    for: 'lockFor',
    role: 'disposable',
    state: 'locked',
  },
  ...comparisonOf(clauses),
  // Who is refused is told no more than that, and nobody is told a password that was right.
  meaningful:
    'user users status error errors message ip username password account user.password users.*.password'.split(' '),
  unordered: { users: 'account.permalink' },
  verdicts,
  headers: [],
}

/** Why a server refuses everything that somebody asks of it, where that is the target's application. */
function unknownApplication(
  { status, body }: { readonly status: number; readonly body: string },
  settings: JsonObject,
): string | undefined {
  const isNamed = ((settings['applications'] ?? []) as readonly string[]).length > 0
  const { status: word, error } = objectIn(body)
  const isTold = word !== undefined || outcomes.includes(String(error))
  const isRefused = !isNamed && [401, 403].includes(status) && !isTold
  if (error !== 'InvalidApplication' && !isRefused) return undefined
  return isNamed
    ? `the server answers ${status} to the simplest request: it does not know the first application of the target (settings: applications)`
    : `the server answers ${status} to the simplest request, which names the application ${applicationOf(settings).application}; write a token that the server knows: settings: { applications: [<token>] }`
}

/** The application that requests come from. */
function applicationOf({ applications }: JsonObject): { readonly application: string } {
  return { application: (applications as readonly string[] | undefined)?.[0] ?? 'auth-understudy' }
}

/** Without a permalink no journey gets as far as naming it. */
function permalinkOf(facts: JsonObject | undefined): string {
  return String(facts?.['account'] ?? 'unnamed')
}

/** The accounts that the user of an account is in, by permalink. */
function accountsOf({ role: name, facts }: Account): [permalink: string, spec: JsonObject][] {
  const spec = {
    enabled: name !== 'in-disabled-account',
    allowFrom: name === 'from-elsewhere' ? elsewhere : [],
  }
  return [permalinkOf(facts), facts?.['otherAccount']].flatMap((permalink): [string, JsonObject][] =>
    permalink === undefined ? [] : [[String(permalink), spec]],
  )
}

/** The user of an account, and its double in the other one, by what tells users from each other. */
function usersOf(given: Account): [id: string, spec: JsonObject][] {
  const { role: name, username, password = username, facts = {} } = given
  const { otherAccount: other, ...told } = facts
  const spec: JsonObject = {
    username,
    password,
    apiAccess: name !== 'no-api-access',
    activated: name !== 'not-activated',
    ...secondFactorOf(given),
    ...told,
    account: permalinkOf(told),
  }
  const first: [string, JsonObject] = [userIdOf(permalinkOf(told), username), spec]
  if (other === undefined) return [first]
  const { id: _id, ...rest } = spec
  const double = { ...rest, account: other, apiAccess: name !== 'access-in-one' }
  return [first, [userIdOf(String(other), username), double]]
}

function secondFactorOf({ role: name, pin, totp }: Account): JsonObject {
  if (name === 'two-factor-required') return { twoFactor: { required: true } }
  if (!['second-factor', 'disposable', 'locked'].includes(name)) return {}
  const secret = totp === undefined ? { code: pin ?? userFacts.given.code } : { totp }
  return { twoFactor: { ...secret, locked: name === 'locked' } }
}
