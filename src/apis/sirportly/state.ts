import { inAddressRange } from '../../core/address-range.ts'
import { choice, flag, integer, list, moment, momentAt, nullable, object, text, type Moment } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { kind, single } from '../../core/kind.ts'
import type { Random } from '../../core/random.ts'
import type { Records } from '../../core/step.ts'
import { fact, factIn, factTable } from '../../model/fact.ts'
import { totpFact, userFactor, type UserFactor } from '../../model/factor.ts'
import { lockoutFacts } from '../../model/lockout-facts.ts'
import { lockout, type UserLockout } from '../../model/lockout.ts'
import type { Settings } from './settings.ts'

const permissionFields = {
  admin: flag({ about: 'may administer the account' }),
  reporting: flag({ about: 'may see reports' }),
  tickets: flag({ about: 'may work on tickets' }),
}

const usualPermissions = { admin: false, reporting: true, tickets: true }

/** What stands in a parameter must not be blank (SP-X5). */
const filled = { pattern: /^.+$/s, secret: true } as const

/** What there is to know of a user: what a scenario may say, what can be changed, what is recorded, what is shown. */
export const userFacts = factTable({
  username: factIn(
    {
      scenario: text({
        about: 'one name may be a user in several accounts',
        pattern: filled.pattern,
        shape: 'a name',
      }),
      record: text({ about: 'second half of the key' }),
      param: text({ about: 'who; made if the scenario has no such user', default: 'adam' }),
    },
    { made: ({ name }) => name },
  ),
  account: factIn(
    {
      scenario: text({ about: 'permalink; the first account if blank', optional: true }),
      record: text({ about: 'permalink, and first half of the key' }),
      param: text({ about: 'permalink; made if the scenario has no such account', default: 'atech' }),
    },
    { made: '' },
  ),
  state: factIn({
    change: choice(['active', 'locked', 'two-factor-required', 'no-api-access'], {
      about: 'active: unlocked and with API access; two-factor-required: required, but not set up any more',
    }),
  }),
  ...lockoutFacts({ counts: 'wrong codes', noun: 'lock', after: 'lockAfter', for: 'lockFor' }),
  password: fact(
    text({ about: 'the password', ...filled, shape: 'a password' }),
    ['scenario?', 'change', 'record', 'param', 'shown'],
    { blank: 'the username', given: 's3cret', made: ({ name }) => name },
  ),
  // The code or secret stays where a second factor is `missing`, for when it is set up again.
  code: fact(
    text({ about: 'a fixed two-factor code', ...filled, shape: 'a code' }),
    ['scenario?', 'change', 'record?', 'param', 'shown'],
    { given: '123456' },
  ),
  totp: totpFact('codes'),
  required: factIn({
    scenario: flag({ about: 'with neither code nor totp: required, but not set up', default: false }),
  }),
  locked: factIn({ scenario: flag({ about: 'whether it is locked', default: false }) }),
  twoFactor: factIn({ change: flag({ about: 'whether a code is asked for; it takes a code or a secret' }) }),
  apiAccess: fact(
    flag({ about: 'whether an administrator enabled API access', default: false }),
    ['scenario', 'change', 'record'],
    { made: false },
  ),
  id: fact(integer({ about: 'the number in answers', min: 1 }), ['scenario?', 'record', 'param?', 'shown'], {
    blank: 'by seed',
    made: 1,
  }),
  firstName: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().firstName,
  }),
  lastName: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().lastName,
  }),
  emailAddress: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().email,
  }),
  timeZone: fact(text({ about: 'as Sirportly names it', default: 'London' }), ['scenario', 'record'], {
    made: 'London',
  }),
  createdAt: factIn(
    {
      scenario: moment({ about: 'by seed if blank', optional: true }),
      record: integer({ about: 'an instant in milliseconds' }),
    },
    { made: ({ draw }) => someDay(draw('createdAt')), kept: (when: Moment, { now }) => momentAt(when, now) },
  ),
  activated: fact(
    flag({ about: 'whether the invitation was accepted', default: true }),
    ['scenario', 'change', 'record', 'param', 'shown'],
    { given: true, made: true },
  ),
  inviteCode: factIn(
    {
      scenario: text({ about: 'null if blank', optional: true }),
      record: nullable(text({ about: 'of the invitation' })),
    },
    { made: null },
  ),
  permissions: factIn(
    {
      scenario: object(
        {
          admin: flag({ about: 'may administer the account', default: usualPermissions.admin }),
          reporting: flag({ about: 'may see reports', default: usualPermissions.reporting }),
          tickets: flag({ about: 'may work on tickets', default: usualPermissions.tickets }),
        },
        { about: 'what the user may do', default: usualPermissions },
      ),
      record: object(permissionFields, { about: 'what the user may do, API access apart' }),
    },
    { made: usualPermissions },
  ),
  apiToken: factIn(
    {
      scenario: object(
        {
          token: text({ about: 'by seed if blank', secret: true, optional: true }),
          secret: text({ about: 'by seed if blank', secret: true, optional: true }),
        },
        { about: 'what a login gives', optional: true },
      ),
      record: object(
        { token: text({ about: 'one half', secret: true }), secret: text({ about: 'other half', secret: true }) },
        { about: 'what a login gives' },
      ),
    },
    {
      shown: true,
      made: ({ draw }) => someToken(draw('apiToken')),
      kept: (written: Partial<ReturnType<typeof someToken>>, { draw }) => ({
        ...someToken(draw('apiToken')),
        ...written,
      }),
    },
  ),
  secondFactor: factIn(
    { record: choice(['none', 'missing', 'set-up'], { about: 'missing: required, and not set up' }) },
    {
      made: ({ spec: { code, totp, required } }) =>
        code !== undefined || totp !== undefined ? 'set-up' : required === true ? 'missing' : 'none',
    },
  ),
  lock: factIn(
    {
      record: nullable(
        object(
          {
            untilAt: nullable(integer({ about: 'when it ends, in milliseconds; null lasts until somebody unlocks' })),
          },
          { about: 'set by too many wrong codes or by hand' },
        ),
      ),
    },
    { made: null },
  ),
})

/** A second of the years in which help desks moved into the cloud. */
function someDay(random: Random): number {
  const [start, seconds] = [1_325_376_000_000, 315_360_000]
  return start + random.below(seconds) * 1000
}

const lowerHex = '0123456789abcdef'
const lowerAlphanumeric = '0123456789abcdefghijklmnopqrstuvwxyz'

function someToken(random: Random): { readonly token: string; readonly secret: string } {
  const token = [8, 4, 4, 4, 12].map((length) => random.text(length, lowerHex)).join('-')
  return { token, secret: random.text(52, lowerAlphanumeric) }
}

/** A user of one account, under `user:<account>/<username>`. Instants in milliseconds of the server's clock. */
export type User = Infer<typeof userFacts.record>

const accountFields = {
  permalink: text({ about: 'the key' }),
  name: text({ about: 'for people' }),
  domain: text({ about: 'for people' }),
  enabled: flag({ about: 'whether it can be used' }),
  allowFrom: list(text({ about: 'a network' }), { about: 'networks in CIDR notation; empty for anywhere' }),
}

/** An account, under `account:<permalink>`. */
export type AccountRecord = Infer<typeof accountFields>

const namesakeFields = { ids: list(text({ about: 'of a user' }), { about: 'who has it' }) }

/** Which users have a name, under `username:<username>`: one name may be somebody in several accounts. */
export type Namesakes = Infer<typeof namesakeFields>

/** By id: see {@link userIdOf}. */
export const users = kind('user', userFacts.record)
/** By permalink. */
export const accounts = kind('account', accountFields, 'an account')
/** By username. */
export const namesakes = kind('username', namesakeFields, 'the users of one name')
export const settingsRecord = single<Settings>('settings')

/** What tells a user from every other: the account's permalink, which has no slash, and the username. */
export const userIdOf = (account: string, username: string): string => `${account}/${username}`

export function readUser(records: Records, account: string, username: string): User | undefined {
  return users.get(records, userIdOf(account, username))
}

/** The account, if it can be used (SP-U10). */
export function openAccount(records: Records, permalink: string, settings: Settings): AccountRecord | undefined {
  const account = accounts.get(records, permalink)
  return account?.enabled !== true || settings.disabledAccounts.includes(permalink) ? undefined : account
}

export function namesakesOf(records: Records, username: string): readonly string[] {
  return namesakes.get(records, username)?.ids ?? []
}

/** Whether the account may be used from an address (SP-13). */
export function isPermitted({ allowFrom }: AccountRecord, address: string): boolean {
  return allowFrom.length === 0 || allowFrom.some((range) => inAddressRange(address, range))
}

/** The code, or the app that shows codes (SP-U12). */
export const factor: UserFactor<User> = userFactor<User>({
  word: 'code',
  read: ({ code, totp }) => ({ code, totp }),
  write: ({ code: _code, totp: _totp, ...user }, { code, totp }) => ({
    ...user,
    ...(code === undefined ? {} : { code }),
    ...(totp === undefined ? {} : { totp }),
  }),
})

/** What wrong codes come to (SP-U6, SP-X9). */
export const lock: UserLockout<Settings, User> = lockout<Settings, User>({
  policy: ({ lockAfter, lockFor }) => ({ after: lockAfter, for: lockFor ?? null }),
  read: ({ failures, lock: held }) => ({ failures, lock: held === null ? null : { until: held.untilAt } }),
  write: (user, { failures, lock: held }) => ({
    ...user,
    failures,
    lock: held === null ? null : { untilAt: held.until },
  }),
  noun: 'lock',
  after: 'lockAfter',
  locked: 'locked',
  free: 'active',
  lifting: ['active', 'two-factor-required'],
  spelt: 'locked: true',
})
