import type { HeaderList } from '../../core/http.ts'
import { toIso } from '../../core/instant.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { problem } from '../../core/problem.ts'
import type { Reply } from '../../core/step.ts'
import type { Settings } from './settings.ts'
import type { AccountRecord, User } from './state.ts'

const headers: HeaderList = ['content-type', 'application/json']

/** Whether an answer lets nobody in. */
export function isRefusal({ body }: Reply): boolean {
  return !String(body).startsWith('{"status":"Authenticated"')
}

function answer(status: number, body: JsonObject, clause: string, because: string): Reply {
  return { status, headers, body: JSON.stringify(body), clause, because }
}

/** A user with the account the user belongs to. */
export interface AccountMember {
  readonly user: User
  readonly account: AccountRecord
}

export function authenticated({ user, account }: AccountMember, because: string): Reply {
  return answer(200, { status: 'Authenticated', user: toUser(user, account) }, 'SP-06', because)
}

export function authenticatedAnywhere(members: readonly AccountMember[], because: string): Reply {
  const users = members.map(({ user, account }) => toUser(user, account))
  return answer(200, { status: 'Authenticated', users }, users.length === 0 ? 'SP-X1' : 'SP-05', because)
}

/** Members in the documented order (SP-07). */
function toUser(user: User, account: AccountRecord): Json {
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

export function invalidCredentials(
  username: string,
  password: string,
  account: string | undefined,
  because: string,
): Reply {
  const body = { status: 'InvalidCredentials', username, password, account: account ?? null }
  return answer(200, body, account === undefined ? 'SP-U8' : 'SP-09', because)
}

/** Credentials that are right, though not in the account that is named (SP-X15). */
export function rightElsewhere(username: string, password: string, account: string): Reply {
  const body = { status: 'InvalidCredentials', username, password, account }
  return answer(200, body, 'SP-X15', `the credentials are right in another account than ${account}`)
}

export const noApiAccess: Reply = answer(
  200,
  { status: 'APIAccessDisabled' },
  'SP-08',
  'the credentials are right, and no administrator has enabled API access',
)

export const secondFactorMissing: Reply = answer(
  200,
  { status: 'TwoFactorRequired' },
  'SP-10',
  'a second factor is required, and the user has not set it up',
)

export const locked = (until: number | null): Reply => {
  const end = until === null ? 'somebody unlocks it' : toIso(until)
  return answer(
    200,
    { status: 'TwoFactorLocked' },
    'SP-12',
    `the second factor is locked until ${end}; the code was not looked at`,
  )
}

function invalidCode(clause: string, because: string): Reply {
  return answer(200, { status: 'InvalidTwoFactorCode' }, clause, because)
}

/** There is no code; `counted` says what was made of that. */
export function codeMissing(missingCode: Settings['missingCode'], counted = 'nothing was counted'): Reply {
  const reply = invalidCode('SP-U5', `there is no two_factor_code; ${counted}`)
  return missingCode === 'required' ? { ...reply, body: '{"status":"TwoFactorRequired"}' } : reply
}

export function wrongCode(failures: number, lockAfter: number): Reply {
  return invalidCode('SP-11', `the code is wrong; this was failure ${failures} of ${lockAfter}`)
}

export function usedCode(failures: number, lockAfter: number): Reply {
  return invalidCode('SP-11', `the code was used already (SP-U12); this was failure ${failures} of ${lockAfter}`)
}

export function nowLocked(failures: number, until: number | null, lockingCode: Settings['lockingCode']): Reply {
  const end = until === null ? 'somebody unlocks it' : toIso(until)
  const status = lockingCode === 'locked' ? 'TwoFactorLocked' : 'InvalidTwoFactorCode'
  const because = `the code is wrong; with ${failures} failures the second factor is locked until ${end}`
  return answer(200, { status }, 'SP-U6', because)
}

export function notPermitted(ip: string, { permalink, allowFrom }: AccountRecord): Reply {
  const because = `${permalink} may be used from ${allowFrom.join(', ')}, not from ${ip}`
  return answer(403, { error: 'NotPermittedFromIPAddress', ip }, 'SP-13', because)
}

export function accountNotFound(permalink: string, isDisabled: boolean): Reply {
  const body = { error: 'AccountNotFound', message: `No account found matching '${permalink}'` }
  const because = isDisabled ? `the account ${permalink} is disabled` : 'there is no account of that permalink'
  return answer(404, body, isDisabled ? 'SP-U10' : 'SP-14', because)
}

function invalidApplication(message: string, because: string): Reply {
  return answer(403, { error: 'InvalidApplication', message }, 'SP-U3', because)
}

export const noApplication: Reply = invalidApplication(
  'The X-Auth-Application header is required',
  'the request has no X-Auth-Application',
)
export const unknownApplication: Reply = invalidApplication(
  'The X-Auth-Application header names no known application',
  'X-Auth-Application is none of the applications in the settings',
)

export function invalidParameters(missing: readonly string[], unread: string | undefined): Reply {
  const errors = Object.fromEntries(missing.map((name) => [name, ["can't be blank"]]))
  const hint = unread === undefined ? '' : `; the body was not read, because ${unread}`
  return answer(422, { errors }, 'SP-U4', `there is no ${missing.join(' and no ')}${hint}`)
}

/** A path of this API that does not exist; `detail` says which one does. */
export function unknownEndpoint(detail: string): Reply {
  const { status, headers: type, body } = problem(404, 'No such endpoint', detail, { clause: 'SP-X13' })
  return { status, headers: type, body, clause: 'SP-X13', because: detail }
}
