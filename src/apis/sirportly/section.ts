import type { Identity, PersonFacts } from '../../core/api.ts'
import { isAddressRange } from '../../core/address-range.ts'
import type { Issue } from '../../core/errors.ts'
import { flag, list, map, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { JsonObject } from '../../core/json.ts'
import { nearestWord } from '../../core/nearest.ts'
import { crowdField } from '../../model/crowd.ts'
import { only } from '../../model/fact.ts'
import { settingFields, type Settings } from './settings.ts'
import { factor, lock, userIdOf } from './state.ts'
import { userFacts } from './user-facts.ts'

/** A user's second factor as a scenario writes it. */
export type TwoFactorSpec = Infer<typeof twoFactorSpec>

/** A user as a scenario writes it. */
export type UserSpec = Infer<typeof userSpec>

/** An account as a scenario writes it. */
export type AccountSpec = Infer<typeof accountSpec>

/** The `sirportly` part of a scenario. */
export type Section = Infer<typeof section>

const accountSpec = {
  name: text({ about: 'the permalink if blank', optional: true }),
  domain: text({ about: '<permalink>.sirportly.example if blank', optional: true }),
  enabled: flag({ about: 'whether the account can be used', default: true }),
  allowFrom: list(text({ about: 'a network' }), {
    about: 'networks it may be used from, such as 10.0.0.0/8 or 2001:db8::/32; empty for anywhere',
    default: [],
  }),
}

const twoFactorSpec = only(userFacts.scenario, ['required', 'code', 'totp', 'failures', 'locked', 'for', 'until'])

const someName = { pattern: /^.+$/s, shape: 'a name' }

const userSpec = {
  ...only(userFacts.scenario, ['username', 'password', 'account', 'apiAccess']),
  twoFactor: object(twoFactorSpec, { about: 'the second factor; none if blank', optional: true }),
  ...only(userFacts.scenario, ['id', 'firstName', 'lastName', 'emailAddress', 'timeZone', 'createdAt', 'activated']),
  ...only(userFacts.scenario, ['inviteCode', 'permissions', 'apiToken']),
}

export const section = {
  ...settingFields,
  accounts: map(object(accountSpec, { about: 'an account' }), { about: 'the accounts, by permalink', default: {} }),
  users: list(object(userSpec, { about: 'a user' }), { about: 'the users', default: [] }),
  crowd: {
    ...crowdField,
    about: 'so many further users crowd-1, crowd-2, … of the first account, with API access, made when first met',
  },
}

const identityFields = {
  ...userSpec,
  username: text({ about: "the person's name if blank", optional: true, ...someName }),
}

/** A person's name and address are told as Sirportly tells them. */
export const identity: Identity<typeof identityFields> = {
  fields: identityFields,
  add: (given, people) => {
    const users = given['users'] ?? []
    if (!Array.isArray(users)) return given
    const added = people.map(({ username, facts, spec }) => ({ username, ...toldOf(facts), ...spec }))
    return { ...given, users: [...users, ...added] }
  },
}

function toldOf({ firstName, lastName, email }: PersonFacts): JsonObject {
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(email === undefined ? {} : { emailAddress: email }),
  }
}

/** The account of a user who is written down: the first, unless another is named. */
export function accountOf({ account }: UserSpec, first: string | undefined): string | undefined {
  return account ?? first
}

/** What is wrong with a section although each member fits by itself. */
export function* sectionIssues(given: Section): Iterable<Issue> {
  const { accounts, users } = given
  const permalinks = Object.keys(accounts)
  for (const [permalink, spec] of Object.entries(accounts)) yield* accountIssues(permalink, spec)
  for (const [index, permalink] of given.disabledAccounts.entries()) {
    if (!Object.hasOwn(accounts, permalink)) yield unknownAccount(['disabledAccounts', index], permalink, permalinks)
  }
  if (given.crowd > 0 && permalinks.length === 0) {
    yield { path: ['crowd'], message: 'There is no account that the crowd could belong to.' }
  }
  const seen = { users: new Set<string>(), ids: new Set<number>() }
  for (const [index, spec] of users.entries()) {
    const path = ['users', index]
    const account = accountOf(spec, permalinks[0])
    if (account === undefined || !Object.hasOwn(accounts, account)) {
      yield unknownAccount([...path, 'account'], account, permalinks)
      continue
    }
    const id = userIdOf(account, spec.username)
    if (seen.users.has(id)) yield { path: [...path, 'username'], message: `${id} is there already.` }
    if (spec.id !== undefined && seen.ids.has(spec.id)) {
      yield { path: [...path, 'id'], message: `${spec.id} is another user's already.` }
    }
    seen.users.add(id)
    if (spec.id !== undefined) seen.ids.add(spec.id)
    yield* twoFactorIssues([...path, 'twoFactor'], spec.twoFactor, given)
  }
}

function accountIssues(permalink: string, { allowFrom }: AccountSpec): Issue[] {
  const path = ['accounts', permalink]
  const misspelt = /^[\w-]+$/.test(permalink)
    ? []
    : [{ path, message: `"${permalink}" is no permalink: letters, digits, - and _.`, onKey: true }]
  const ranges = allowFrom.flatMap((range, index) => {
    const message = `"${range}" is no network such as 10.0.0.0/8, 2001:db8::/32 or 127.0.0.1.`
    return isAddressRange(range) ? [] : [{ path: [...path, 'allowFrom', index], message }]
  })
  return [...misspelt, ...ranges]
}

function unknownAccount(path: Issue['path'], account: string | undefined, permalinks: readonly string[]): Issue {
  const nearest = account === undefined ? undefined : nearestWord(account, permalinks)
  const message = permalinks.length === 0 ? 'There are no accounts.' : `"${account}" is not one of the accounts.`
  return { path, message, ...(nearest === undefined ? {} : { nearest }) }
}

function twoFactorIssues(path: Issue['path'], spec: TwoFactorSpec | undefined, settings: Settings): Issue[] {
  if (spec === undefined) return []
  const isSetUp = spec.code !== undefined || spec.totp !== undefined
  const mistakes: readonly (readonly [boolean, string, string])[] = [
    [spec.locked && !isSetUp, 'locked', 'What is not set up cannot be locked; give a code, or totp: {}.'],
    [spec.failures > 0 && !isSetUp, 'failures', 'What is not set up cannot fail; give a code, or totp: {}.'],
  ]
  return factor
    .issues(spec)
    .concat(mistakes.flatMap(([isMistake, member, message]) => (isMistake ? [{ path: [member], message }] : [])))
    .concat(lock.issues(spec, settings))
    .map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
}
