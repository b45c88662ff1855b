import { inAddressRange } from '../../core/address-range.ts'
import { choice, flag, integer, list, nullable, object, text, type Field, type Fields } from '../../core/field.ts'
import type { SecondFactor } from '../../core/second-factor.ts'
import type { Records } from '../../core/step.ts'
import { totpSecret } from '../../core/totp-secret.ts'
import type { Settings } from './settings.ts'

/** A user of one account, under `user:<account>/<username>`. Instants in milliseconds of the server's clock. */
export type User = {
  /** The number that answers tell; not the key. */
  readonly id: number
  readonly account: string
  readonly username: string
  readonly password: string
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
  readonly timeZone: string
  readonly createdAt: number
  readonly activated: boolean
  readonly inviteCode: string | null
  readonly permissions: Permissions
  readonly apiAccess: boolean
  readonly apiToken: { readonly token: string; readonly secret: string }
  /** `missing`: required, and not set up. The code or secret stays, for when it is set up again. */
  readonly secondFactor: 'none' | 'missing' | 'set-up'
  readonly code?: string
  readonly totp?: { readonly secret: string; readonly usedCounter?: number }
  readonly failures: number
  /** Set by too many wrong codes or by hand; without an end it lasts until somebody unlocks. */
  readonly lock: { readonly untilAt: number | null } | null
}

/** What a user may do, API access apart. */
export type Permissions = { readonly admin: boolean; readonly reporting: boolean; readonly tickets: boolean }

/** An account, under `account:<permalink>`. */
export type AccountRecord = {
  readonly permalink: string
  readonly name: string
  readonly domain: string
  readonly enabled: boolean
  /** Networks in CIDR notation; empty for anywhere. */
  readonly allowFrom: readonly string[]
}

/** Which users have a name, under `username:<username>`: one name may be somebody in several accounts. */
export type Namesakes = { readonly ids: readonly string[] }

const userFields: Fields<User> = {
  id: integer({ about: 'the number in answers' }),
  account: text({ about: 'permalink, and first half of the key' }),
  username: text({ about: 'second half of the key' }),
  password: text({ about: 'of this account', secret: true }),
  firstName: text({ about: 'for people' }),
  lastName: text({ about: 'for people' }),
  emailAddress: text({ about: 'for people' }),
  timeZone: text({ about: 'for people' }),
  createdAt: integer({ about: 'an instant in milliseconds' }),
  activated: flag({ about: 'whether the invitation was accepted' }),
  inviteCode: nullable(text({ about: 'of the invitation' })),
  permissions: object(
    {
      admin: flag({ about: 'see Permissions' }),
      reporting: flag({ about: 'see Permissions' }),
      tickets: flag({ about: 'see Permissions' }),
    },
    { about: 'see Permissions' },
  ),
  apiAccess: flag({ about: 'whether an administrator enabled it' }),
  apiToken: object(
    { token: text({ about: 'one half', secret: true }), secret: text({ about: 'other half', secret: true }) },
    { about: 'what a login gives' },
  ),
  secondFactor: choice(['none', 'missing', 'set-up'], { about: 'see User' }),
  code: text({ about: 'fixed', optional: true, secret: true }),
  totp: object(
    {
      secret: totpSecret({ about: 'Base32' }),
      usedCounter: integer({ about: 'the period of the last code taken', optional: true }),
    },
    { about: 'time-based', optional: true },
  ),
  failures: integer({ about: 'wrong codes', min: 0 }),
  lock: nullable(
    object({ untilAt: nullable(integer({ about: 'an instant in milliseconds' })) }, { about: 'see User' }),
  ),
}

const accountFields: Fields<AccountRecord> = {
  permalink: text({ about: 'the key' }),
  name: text({ about: 'for people' }),
  domain: text({ about: 'for people' }),
  enabled: flag({ about: 'whether it can be used' }),
  allowFrom: list(text({ about: 'in CIDR notation' }), { about: 'see Account' }),
}

/** What records look like, by kind. */
export const recordFields: {
  readonly user: Field<User>
  readonly account: Field<AccountRecord>
  readonly username: Field<Namesakes>
} = {
  user: object(userFields, { about: 'a user' }),
  account: object(accountFields, { about: 'an account' }),
  username: object(
    { ids: list(text({ about: 'of a user' }), { about: 'who has it' }) },
    { about: 'the users of one name' },
  ),
}

/** What tells a user from every other: the account's permalink, which has no slash, and the username. */
export const userIdOf = (account: string, username: string): string => `${account}/${username}`
export const userKey = (id: string): string => `user:${id}`
export const accountKey = (permalink: string): string => `account:${permalink}`
export const namesakesKey = (username: string): string => `username:${username}`

export function readUser(records: Records, account: string, username: string): User | undefined {
  return records.get(userKey(userIdOf(account, username))) as User | undefined
}

/** The account, if it can be used (SP-U10). */
export function openAccount(records: Records, permalink: string, settings: Settings): AccountRecord | undefined {
  const account = records.get(accountKey(permalink)) as AccountRecord | undefined
  return account?.enabled !== true || settings.disabledAccounts.includes(permalink) ? undefined : account
}

export function namesakesOf(records: Records, username: string): readonly string[] {
  return (records.get(namesakesKey(username)) as Namesakes | undefined)?.ids ?? []
}

/** Whether the account may be used from an address (SP-13). */
export function isPermitted({ allowFrom }: AccountRecord, address: string): boolean {
  return allowFrom.length === 0 || allowFrom.some((range) => inAddressRange(address, range))
}

export function secondFactorOf(user: User): SecondFactor {
  return user.totp === undefined ? { code: user.code ?? '' } : user.totp
}

/** The user with the period of a code that was taken, where codes are taken once (SP-U12). */
export function withUsedCode(user: User, usedCounter: number | undefined): User {
  return usedCounter === undefined || user.totp === undefined ? user : { ...user, totp: { ...user.totp, usedCounter } }
}

/** Whether there is something to enter a code for. */
export function hasSecret(user: User): boolean {
  return user.code !== undefined || user.totp !== undefined
}

/** The user with a lock that ran out taken off, and its failures with it (SP-X9). */
export function afterExpiry(user: User, now: number): User {
  const end = user.lock?.untilAt ?? null
  return end === null || now < end ? user : { ...user, failures: 0, lock: null }
}

/** A lock that starts now (SP-U6). */
export function newLock(now: number, lockFor: number | null | undefined): { readonly untilAt: number | null } {
  return { untilAt: lockFor === null || lockFor === undefined ? null : now + lockFor }
}
