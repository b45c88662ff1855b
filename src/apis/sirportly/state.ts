import { inAddressRange } from '../../core/address-range.ts'
import { flag, list, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { kind, single } from '../../core/kind.ts'
import type { Records } from '../../core/step.ts'
import { userFactor, type UserFactor } from '../../model/factor.ts'
import { lockout, type UserLockout } from '../../model/lockout.ts'
import type { Settings } from './settings.ts'
import { userFacts } from './user-facts.ts'

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
