import { providerState, type Arrangement, type ProviderState } from '../../core/api.ts'
import { flag, list, text, type AnyField } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { JsonObject } from '../../core/json.ts'
import { only } from '../../model/fact.ts'
import { standIn } from '../../model/maker.ts'
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
import { userFacts } from './user-facts.ts'
import { changeUser, type UserChange } from './users.ts'

const userParams = only(userFacts.param, ['username', 'account', 'password', 'id'])

type UserParams = Infer<typeof userParams> &
  Partial<Pick<UserChange, 'activated' | 'code' | 'failures' | 'for' | 'until'>>

/** Arranges a user in an account that may be used from anywhere. */
function signUp(arrangement: Arrangement<UserParams>, more: Partial<UserChange>): JsonObject {
  const { params, now } = arrangement
  const { username, account, id: number, ...change } = params
  const id = userIdOf(account, username)
  const stored = users.get(arrangement, id) ?? newUser(username, account, now)
  const user: User = {
    ...changeUser(stored, { ...change, ...more }, settingsRecord.get(arrangement), now),
    ...(number === undefined ? {} : { id: number }),
  }
  const ids = namesakesOf(arrangement, username)
  arrangement.commit([
    accounts.put(account, openTo(arrangement, account)),
    users.put(id, user),
    namesakes.put(username, { ids: [...new Set([...ids, id])] }),
  ])
  reopen(arrangement, account)
  return { username, password: user.password, account, id: user.id, ...user.apiToken }
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

function newUser(username: string, account: string, now: number): User {
  const apiToken = { token: `token-of-${username}`, secret: `secret-of-${username}` }
  const spec = { account, createdAt: { at: 1_326_406_141_000 }, apiToken }
  return userFacts.make(standIn(username, now, spec, account))
}

/** A setting as a param: what it is about, its choices and its default. */
function asParam({ openPoint: _openPoint, ...field }: AnyField): AnyField {
  return field
}

/** Arranges a user; of whom more may be said than who it is. */
function userState(
  about: string,
  more: readonly ('activated' | 'code' | 'failures' | 'for' | 'until')[],
  change: Partial<UserChange>,
): ProviderState {
  const params = { ...userParams, ...only(userFacts.param, more) }
  return providerState({ about, params, arrange: (arrangement) => signUp(arrangement, change) })
}

/** The preconditions that the pacts name. */
export const providerStates: { readonly [name: string]: ProviderState } = {
  'a Sirportly user': userState('a user with API access and without a second factor', ['activated'], {
    state: 'active',
    twoFactor: false,
  }),
  'a Sirportly user without API access': userState('a user whose API access no administrator has enabled', [], {
    state: 'no-api-access',
    twoFactor: false,
  }),
  'a Sirportly user with a second factor': userState(
    'a user with API access who is asked for a code',
    ['code', 'failures'],
    { state: 'active' },
  ),
  'a Sirportly user with a locked second factor': userState(
    'a user who sent too many wrong codes',
    ['code', 'for', 'until'],
    { state: 'locked' },
  ),
  'a Sirportly user who has to set up a second factor': userState(
    'a user whose second factor is required and not set up',
    [],
    { state: 'two-factor-required' },
  ),
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
