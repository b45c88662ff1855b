import type { Journey } from '../../core/journey.ts'
import type { Account, Kit } from '../../core/kit.ts'
import { NotReachedError } from './player.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import type { Target, TargetAccount } from '../target/target.ts'

/**
 * Who of a target's accounts plays whom in a journey. Where codes are tried, an account that may be locked is taken for
 * another one of its kind. Throws {@link NotReachedError} where somebody is missing.
 */
export function assignAccounts(
  { api, target }: LoadedTarget,
  journey: Journey,
  triesCodes: boolean,
): Map<string, Account> {
  const cast = new Map<string, Account>()
  for (const [actor, role] of Object.entries(journey.cast)) {
    const own = target.accounts[role]
    const lockable = triesCodes
      ? alike(api.kit, target.accounts, role).find(({ mayBeLocked }) => mayBeLocked)
      : undefined
    const account = own?.mayBeLocked === true ? own : (lockable ?? own ?? standIn(api.kit, target.accounts, role))
    if (account === undefined) throw new NotReachedError(`the target has no account of role ${role}`)
    cast.set(actor, toAccount(role, account))
  }
  return cast
}

/** All accounts of a target, as journeys know them. */
export function accountsOf({ accounts }: Pick<Target, 'accounts'>): Account[] {
  return Object.entries(accounts).map(([role, account]) => toAccount(role, account))
}

/** An account of a target file as journeys know it. */
export function toAccount(role: string, { username, password, pin, totp, facts }: TargetAccount): Account {
  return {
    role,
    username,
    facts,
    ...(password === undefined ? {} : { password }),
    ...(pin === undefined ? {} : { pin }),
    ...(totp === undefined ? {} : { totp }),
  }
}

type Accounts = LoadedTarget['target']['accounts']

/** Who is to be locked has to be allowed to be; for any other role somebody of its kind will do. */
function standIn(kit: Kit, accounts: Accounts, role: string): TargetAccount | undefined {
  return alike(kit, accounts, role).find(({ mayBeLocked }) => mayBeLocked || role !== kit.lockout?.role)
}

/** Accounts of other roles that are arranged in the same way. */
function alike(kit: Kit, accounts: Accounts, role: string): readonly TargetAccount[] {
  const shape = (name: string): string => JSON.stringify([kit.roles[name]?.state, kit.roles[name]?.also])
  return Object.entries(accounts).flatMap(([other, account]) => (shape(other) === shape(role) ? [account] : []))
}
