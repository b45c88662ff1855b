import type { Arrangement, ProviderState } from '../../core/api.ts'
import {
  duration,
  flag,
  integer,
  list,
  moment,
  text,
  type AnyField,
  type FieldMap,
  type Moment,
} from '../../core/field.ts'
import type { JsonObject } from '../../core/json.ts'
import { choiceNames, settingFields, type Settings } from './settings.ts'
import { accountKey, namesakesKey, namesakesOf, userIdOf, userKey, type AccountRecord, type User } from './state.ts'
import { changeUser, codePattern, type UserChange } from './users.ts'

const userParams = {
  username: text({ about: 'who; made if the scenario has no such user', default: 'adam' }),
  account: text({ about: 'permalink; made if the scenario has no such account', default: 'atech' }),
  password: text({ about: 'the password', default: 's3cret', secret: true }),
  id: integer({ about: 'the number in answers', optional: true, min: 1 }),
} satisfies FieldMap

const codeParam = {
  code: text({ about: 'the two-factor code', default: '123456', pattern: codePattern, shape: 'a code', secret: true }),
} satisfies FieldMap

/** Arranges a user in an account that may be used from anywhere. */
function userState(
  about: string,
  more: FieldMap,
  toChange: (params: JsonObject) => Partial<UserChange>,
): ProviderState {
  return {
    about,
    params: { ...userParams, ...more },
    arrange: (arrangement) => {
      const { params, now } = arrangement
      const [username, account] = [String(params['username']), String(params['account'])]
      const id = userIdOf(account, username)
      const stored = (arrangement.get(userKey(id)) as User | undefined) ?? newUser(username, account)
      const password = String(params['password'])
      const settings = arrangement.get('settings') as Settings
      const user: User = {
        ...changeUser(stored, { password, ...toChange(params) }, settings, now),
        ...(params['id'] === undefined ? {} : { id: Number(params['id']) }),
      }
      const namesakes = namesakesOf(arrangement, username)
      arrangement.commit([
        { key: accountKey(account), value: openTo(arrangement, account) },
        { key: userKey(id), value: user },
        { key: namesakesKey(username), value: { ids: [...new Set([...namesakes, id])] } },
      ])
      reopen(arrangement, account)
      return { username, password, account, id: user.id, ...user.apiToken }
    },
  }
}

function openTo({ get }: Arrangement, permalink: string): AccountRecord {
  const stored = get(accountKey(permalink)) as AccountRecord | undefined
  const { name = permalink, domain = `${permalink}.sirportly.example` } = stored ?? {}
  return { permalink, name, domain, enabled: true, allowFrom: [] }
}

function reopen({ get, patchSettings }: Arrangement, permalink: string): void {
  const { disabledAccounts } = get('settings') as Settings
  patchSettings({ disabledAccounts: disabledAccounts.filter((disabled) => disabled !== permalink) })
}

function newUser(username: string, account: string): User {
  return {
    id: 1,
    account,
    username,
    password: username,
    firstName: username,
    lastName: account,
    emailAddress: `${username}@example.com`,
    timeZone: 'London',
    createdAt: 1_326_406_141_000,
    activated: true,
    inviteCode: null,
    permissions: { admin: false, reporting: true, tickets: true },
    apiAccess: false,
    apiToken: { token: `token-of-${username}`, secret: `secret-of-${username}` },
    secondFactor: 'none',
    failures: 0,
    lock: null,
  }
}

/** A setting as a param: what it is about, its choices and its default. */
function asParam({ openPoint: _openPoint, ...field }: AnyField): AnyField {
  return field
}

/** The preconditions that the pacts name. */
export const providerStates: { readonly [name: string]: ProviderState } = {
  'a Sirportly user': userState(
    'a user with API access and without a second factor',
    { activated: flag({ about: 'whether the invitation was accepted', default: true }) },
    ({ activated }) => ({ state: 'active', twoFactor: false, activated: activated === true }),
  ),
  'a Sirportly user without API access': userState('a user whose API access no administrator has enabled', {}, () => ({
    state: 'no-api-access',
    twoFactor: false,
  })),
  'a Sirportly user with a second factor': userState(
    'a user with API access who is asked for a code',
    { ...codeParam, failures: integer({ about: 'wrong codes counted so far', default: 0, min: 0 }) },
    ({ code, failures }) => ({ state: 'active', code: String(code), failures: Number(failures) }),
  ),
  'a Sirportly user with a locked second factor': userState(
    'a user who sent too many wrong codes',
    {
      ...codeParam,
      for: duration({ about: 'how long the lock lasts', optional: true, min: 1 }),
      until: moment({ about: 'when the lock ends, instead of `for`', optional: true }),
    },
    ({ code, for: forMs, until }) => ({
      state: 'locked',
      code: String(code),
      ...(forMs === undefined ? {} : { for: Number(forMs) }),
      ...(until === undefined ? {} : { until: until as Moment }),
    }),
  ),
  'a Sirportly user who has to set up a second factor': userState(
    'a user whose second factor is required and not set up',
    {},
    () => ({ state: 'two-factor-required' }),
  ),
  'nobody in Sirportly': {
    about: 'no account has a user of that name',
    params: { username: userParams.username },
    arrange: ({ params, get, commit }) => {
      const username = String(params['username'])
      const gone = namesakesOf({ get }, username).map((id) => ({ key: userKey(id), value: undefined }))
      commit([...gone, { key: namesakesKey(username), value: undefined }])
      return {}
    },
  },
  'a Sirportly account': {
    about: 'an account, as said here; made if the scenario has no such account',
    params: {
      account: userParams.account,
      enabled: flag({ about: 'whether it can be used', default: true }),
      allowFrom: list(text({ about: 'a network' }), { about: 'networks it may be used from', default: [] }),
    },
    arrange: (arrangement) => {
      const { params, commit } = arrangement
      const permalink = String(params['account'])
      const allowFrom = params['allowFrom'] as readonly string[]
      const account: AccountRecord = {
        ...openTo(arrangement, permalink),
        enabled: params['enabled'] === true,
        allowFrom,
      }
      commit([{ key: accountKey(permalink), value: account }])
      reopen(arrangement, permalink)
      return {}
    },
  },
  'no Sirportly account': {
    about: 'no account has that permalink',
    params: { account: text({ about: 'permalink', default: 'acme' }) },
    arrange: ({ params, commit }) => {
      commit([{ key: accountKey(String(params['account'])), value: undefined }])
      return {}
    },
  },
  "Sirportly's settings": {
    about: 'which applications there are, whose word on addresses is taken, and what the page leaves open',
    params: {
      applications: list(text({ about: 'a token', secret: true }), {
        about: settingFields.applications.about,
        default: [],
      }),
      ...Object.fromEntries(choiceNames.map((name) => [name, asParam(settingFields[name])])),
      trustProxy: flag({ about: settingFields.trustProxy.about, default: false }),
    },
    arrange: ({ params, patchSettings }) => {
      patchSettings(params)
      const [application = 'help-app'] = params['applications'] as readonly string[]
      return { application }
    },
  },
}
