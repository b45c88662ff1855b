import type { Journey } from '../core/journey.ts'
import type { Account } from '../core/kit.ts'
import { NotReachedError } from './player.ts'
import type { LoadedTarget, TargetAccount } from './target.ts'

/** Who of a target's accounts plays whom in a journey; throws {@link NotReachedError} where somebody is missing. */
export function castOf({ target }: LoadedTarget, journey: Journey): Map<string, Account> {
  const cast = new Map<string, Account>()
  for (const [actor, role] of Object.entries(journey.cast)) {
    const account = target.accounts[role] ?? standIn(target.accounts, role)
    if (account === undefined) throw new NotReachedError(`the target has no account of role ${role}`)
    cast.set(actor, toAccount(role, account))
  }
  return cast
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

/** An ordinary account that may be locked will do as one to be locked, and the other way round. */
function standIn(accounts: LoadedTarget['target']['accounts'], role: string): TargetAccount | undefined {
  if (role === 'disposable') return accounts['enter']?.mayBeLocked === true ? accounts['enter'] : undefined
  return role === 'enter' ? accounts['disposable'] : undefined
}
