import type { Identity, PersonFacts } from '../../core/api.ts'
import { isAddressRange } from '../../core/address-range.ts'
import type { Issue } from '../../core/errors.ts'
import { duration, flag, integer, list, map, moment, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { JsonObject } from '../../core/json.ts'
import { nearestWord } from '../../core/nearest.ts'
import { totpSecret } from '../../core/totp-secret.ts'
import { settingFields, type Settings } from './settings.ts'
import { factor, lock, userIdOf } from './state.ts'
import { codePattern } from './users.ts'

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

const twoFactorSpec = {
  required: flag({ about: 'with neither code nor totp: required, but not set up', default: false }),
  code: text({ about: 'a fixed code', pattern: codePattern, shape: 'a code', secret: true, optional: true }),
  totp: object(
    {
      secret: totpSecret({ about: 'the secret, in Base32 or as otpauth:// address; by seed if blank', optional: true }),
    },
    {
      about: 'time-based codes (RFC 6238: 6 digits, 30 s) instead of a fixed one',
      optional: true,
    },
  ),
  failures: integer({ about: 'wrong codes counted so far', default: 0, min: 0 }),
  locked: flag({ about: 'whether it is locked', default: false }),
  for: duration({ about: 'how long it stays locked; lockFor if blank', optional: true, min: 1 }),
  until: moment({ about: 'when the lock ends, instead of `for`', optional: true }),
}

const permissionSpec = {
  admin: flag({ about: 'may administer the account', default: false }),
  reporting: flag({ about: 'may see reports', default: true }),
  tickets: flag({ about: 'may work on tickets', default: true }),
}

const userSpec = {
  username: text({ about: 'one name may be a user in several accounts', pattern: /^.+$/s, shape: 'a name' }),
  password: text({
    about: 'the username if blank',
    pattern: codePattern,
    shape: 'a password',
    secret: true,
    optional: true,
  }),
  account: text({ about: 'permalink; the first account if blank', optional: true }),
  apiAccess: flag({ about: 'whether an administrator enabled API access', default: false }),
  twoFactor: object(twoFactorSpec, { about: 'the second factor; none if blank', optional: true }),
  id: integer({ about: 'the number in answers; by seed if blank', min: 1, optional: true }),
  firstName: text({ about: 'made up by seed if blank', optional: true }),
  lastName: text({ about: 'made up by seed if blank', optional: true }),
  emailAddress: text({ about: 'made up by seed if blank', optional: true }),
  timeZone: text({ about: 'as Sirportly names it', default: 'London' }),
  createdAt: moment({ about: 'by seed if blank', optional: true }),
  activated: flag({ about: 'whether the invitation was accepted', default: true }),
  inviteCode: text({ about: 'null if blank', optional: true }),
  permissions: object(permissionSpec, {
    about: 'what the user may do',
    default: { admin: false, reporting: true, tickets: true },
  }),
  apiToken: object(
    {
      token: text({ about: 'by seed if blank', secret: true, optional: true }),
      secret: text({ about: 'by seed if blank', secret: true, optional: true }),
    },
    { about: 'what a login gives', optional: true },
  ),
}

export const section = {
  ...settingFields,
  accounts: map(object(accountSpec, { about: 'an account' }), { about: 'the accounts, by permalink', default: {} }),
  users: list(object(userSpec, { about: 'a user' }), { about: 'the users', default: [] }),
  crowd: integer({
    about: 'so many further users crowd-1, crowd-2, … of the first account, with API access, made when first met',
    default: 0,
    min: 0,
    max: 10_000_000,
  }),
}

/** A person's name and address are told as Sirportly tells them. */
export const identity: Identity = {
  fields: { ...userSpec, username: { ...userSpec.username, about: "the person's name if blank", optional: true } },
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
