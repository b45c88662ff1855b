import { toIso } from '../../core/instant.ts'
import type { Json } from '../../core/json.ts'
import type { Volatile } from '../../core/kit.ts'
import { inJson, type Saying } from '../../core/saying.ts'
import type { AccountRecord, User } from './state.ts'

/** A user with the account the user belongs to. */
export interface AccountMember {
  readonly user: User
  readonly account: AccountRecord
}

/** An outcome without more to it. */
export function byWord(status: string, because: string): Saying {
  return inJson(200, { status }, because)
}

/** An account that is not there, or is told to be so. */
export function noSuchAccount(permalink: string, because: string): Saying {
  const body = { error: 'AccountNotFound', message: `No account found matching '${permalink}'` }
  return inJson(404, body, because)
}

/** Whether an answer lets nobody in. */
export function isRefusal({ body }: Saying): boolean {
  return !String(body).startsWith('{"status":"Authenticated"')
}

/** Until when a lock lasts, in words. */
export function endOf(until: number | null): string {
  return until === null ? 'somebody unlocks it' : toIso(until)
}

/** A user as answers tell one, with members in the documented order (SP-07). */
export function wireUser({ user, account }: AccountMember): Json {
  const { name, permalink, domain, enabled } = account
  const { admin, reporting, tickets } = user.permissions
  return {
    id: user.id,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    email_address: user.emailAddress,
    time_zone: user.timeZone,
    created_at: toIso(user.createdAt).replace('Z', '+00:00'),
    'activated?': user.activated,
    invite_code: user.inviteCode,
    permissions: { admin, reporting, tickets, api: user.apiAccess },
    account: { name, permalink, domain, domain_with_protocol: `https://${domain}`, enabled },
    api_token: { token: user.apiToken.token, secret: user.apiToken.secret },
  }
}

/** What differs in a user from server to server: all but the name, the account and what API access means. */
export function variesInUser(path: string): { readonly [path: string]: Volatile } {
  const rules: { readonly [member: string]: Volatile } = {
    id: 'same type',
    first_name: 'same type',
    last_name: 'same type',
    email_address: 'same type',
    time_zone: 'same type',
    created_at: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00$/,
    'activated?': 'same type',
    invite_code: 'text or null',
    'permissions.admin': 'same type',
    'permissions.reporting': 'same type',
    'permissions.tickets': 'same type',
    'account.name': 'same type',
    'account.domain': 'same type',
    'account.domain_with_protocol': /^https?:\/\/\S+$/,
    'api_token.token': 'same type',
    'api_token.secret': 'same type',
  }
  return Object.fromEntries(Object.entries(rules).map(([member, rule]) => [`${path}.${member}`, rule]))
}
