import { providerState, type Arrangement, type ProviderState } from '../../core/api.ts'
import { duration, flag, integer, list, moment, text, type AnyField } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { JsonObject } from '../../core/json.ts'
import { choiceNames, settingFields } from './settings.ts'
import {
  accounts,
  namesakes,
  namesakesOf,
  settingsRecord,
  userIdOf,
  users,
  type AccountRecord,
  type User,
} from './state.ts'
import { changeUser, codePattern, type UserChange } from './users.ts'

const userParams = {
  username: text({ about: 'who; made if the scenario has no such user', default: 'adam' }),
  account: text({ about: 'permalink; made if the scenario has no such account', default: 'atech' }),
  password: text({ about: 'the password', default: 's3cret', secret: true }),
  id: integer({ about: 'the number in answers', optional: true, min: 1 }),
}

const codeParam = {
  code: text({ about: 'the two-factor code', default: '123456', pattern: codePattern, shape: 'a code', secret: true }),
}

/** Arranges a user in an account that may be used from anywhere. */
function signUp(arrangement: Arrangement<Infer<typeof userParams>>, change: Partial<UserChange>): JsonObject {
  const { username, account, password, id: number } = arrangement.params
  const id = userIdOf(account, username)
  const stored = users.get(arrangement, id) ?? newUser(username, account)
  const settings = settingsRecord.get(arrangement)
  const user: User = {
    ...changeUser(stored, { password, ...change }, settings, arrangement.now),
    ...(number === undefined ? {} : { id: number }),
  }
  const ids = namesakesOf(arrangement, username)
  arrangement.commit([
    accounts.put(account, openTo(arrangement, account)),
    users.put(id, user),
    namesakes.put(username, { ids: [...new Set([...ids, id])] }),
  ])
  reopen(arrangement, account)
  return { username, password, account, id: user.id, ...user.apiToken }
}

type Changing = Pick<Arrangement, 'get' | 'patchSettings'>

function openTo(arrangement: Changing, permalink: string): AccountRecord {
  const stored = accounts.get(arrangement, permalink)
  const { name = permalink, domain = `${permalink}.sirportly.example` } = stored ?? {}
  return { permalink, name, domain, enabled: true, allowFrom: [] }
}

function reopen(arrangement: Changing, permalink: string): void {
  const { disabledAccounts } = settingsRecord.get(arrangement)
  arrangement.patchSettings({ disabledAccounts: disabledAccounts.filter((disabled) => disabled !== permalink) })
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
  'a Sirportly user': providerState({
    about: 'a user with API access and without a second factor',
    params: { ...userParams, activated: flag({ about: 'whether the invitation was accepted', default: true }) },
    arrange: (arrangement) => {
      const { activated } = arrangement.params
      return signUp(arrangement, { state: 'active', twoFactor: false, activated })
    },
  }),
  'a Sirportly user without API access': providerState({
    about: 'a user whose API access no administrator has enabled',
    params: userParams,
    arrange: (arrangement) => signUp(arrangement, { state: 'no-api-access', twoFactor: false }),
  }),
  'a Sirportly user with a second factor': providerState({
    about: 'a user with API access who is asked for a code',
    params: {
      ...userParams,
      ...codeParam,
      failures: integer({ about: 'wrong codes counted so far', default: 0, min: 0 }),
    },
    arrange: (arrangement) => {
      const { code, failures } = arrangement.params
      return signUp(arrangement, { state: 'active', code, failures })
    },
  }),
  'a Sirportly user with a locked second factor': providerState({
    about: 'a user who sent too many wrong codes',
    params: {
      ...userParams,
      ...codeParam,
      for: duration({ about: 'how long the lock lasts', optional: true, min: 1 }),
      until: moment({ about: 'when the lock ends, instead of `for`', optional: true }),
    },
    arrange: (arrangement) => {
      const { username: _username, account: _account, id: _id, ...change } = arrangement.params
      return signUp(arrangement, { state: 'locked', ...change })
    },
  }),
  'a Sirportly user who has to set up a second factor': providerState({
    about: 'a user whose second factor is required and not set up',
    params: userParams,
    arrange: (arrangement) => signUp(arrangement, { state: 'two-factor-required' }),
  }),
  'nobody in Sirportly': providerState({
    about: 'no account has a user of that name',
    params: { username: userParams.username },
    arrange: ({ params, get, commit }) => {
      const { username } = params
      const gone = namesakesOf({ get }, username).map((id) => users.drop(id))
      commit([...gone, namesakes.drop(username)])
      return {}
    },
  }),
  'a Sirportly account': providerState({
    about: 'an account, as said here; made if the scenario has no such account',
    params: {
      account: userParams.account,
      enabled: flag({ about: 'whether it can be used', default: true }),
      allowFrom: list(text({ about: 'a network' }), { about: 'networks it may be used from', default: [] }),
    },
    arrange: (arrangement) => {
      const { params, commit } = arrangement
      const { account: permalink, enabled, allowFrom } = params
      const account: AccountRecord = { ...openTo(arrangement, permalink), enabled, allowFrom }
      commit([accounts.put(permalink, account)])
      reopen(arrangement, permalink)
      return {}
    },
  }),
  'no Sirportly account': providerState({
    about: 'no account has that permalink',
    params: { account: text({ about: 'permalink', default: 'acme' }) },
    arrange: ({ params, commit }) => {
      commit([accounts.drop(params.account)])
      return {}
    },
  }),
  "Sirportly's settings": providerState({
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
      const [application = 'help-app'] = params.applications
      return { application }
    },
  }),
}
