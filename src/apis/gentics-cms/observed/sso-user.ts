import { headerValue, type HttpRequest } from '../../../core/http.ts'
import { own } from '../../../core/json.ts'
import { hashText } from '../../../core/random.ts'
import type { Change, Records } from '../../../core/step.ts'
import { toGroup } from '../group.ts'
import type { Settings } from '../settings.ts'
import { bearerToken, headerName } from '../sso.ts'
import { userIds, users, type User } from '../state.ts'

/** Whom an SSO filter names, and what it changes of them. */
export interface SsoUser {
  readonly user: User
  readonly changes: readonly Change[]
}

/** The login that a filter finds in a request. Without tokens and header in the settings there is no filter. */
export function nameBySso(request: HttpRequest, settings: Settings): string | undefined {
  const token = bearerToken(request)
  const owner = token === undefined ? undefined : own(settings.sso.tokens, token)
  return typeof owner === 'string' ? owner : headerName(request, settings)
}

/**
 * The user of a login: with the names that the SSO system tells, or made where it tells groups; undefined where nobody
 * has it (GC-O15).
 */
export function userBySso(
  records: Records,
  request: HttpRequest,
  settings: Settings,
  username: string,
): SsoUser | undefined {
  const { sso } = settings
  const known = users.get(records, username)
  const told = {
    ...toldIn(request, 'firstName', sso.firstName),
    ...toldIn(request, 'lastName', sso.lastName),
    ...toldIn(request, 'email', sso.email),
  }
  if (known !== undefined) {
    const user = { ...known, ...told }
    const isSame = Object.entries(told).every(([name, value]) => known[name as keyof User] === value)
    return { user, changes: isSame ? [] : [users.put(username, user)] }
  }
  const header = sso.groups === undefined ? undefined : headerValue(request.headers, sso.groups.toLowerCase())
  const names = (header ?? '').split(sso.splitter ?? ';').map((name) => name.trim())
  const groups = names.filter((name) => name !== '').map((name) => toGroup({ name, description: '' }))
  if (groups.length === 0) return undefined
  const user = { ...newUser(username, freeId(records, username)), groups, ...told }
  return {
    user,
    changes: [users.put(username, user), userIds.put(user.id, { username })],
  }
}

/** A member as a header tells it: empty where the header is not sent; not told where no header is set for it. */
function toldIn(request: HttpRequest, member: 'firstName' | 'lastName' | 'email', header: string | undefined): object {
  return header === undefined ? {} : { [member]: headerValue(request.headers, header.toLowerCase()) ?? '' }
}

/** A user who cannot log in by password: an empty one is always wrong (GC-O8). */
function newUser(username: string, id: number): User {
  return {
    username,
    password: '',
    id,
    firstName: '',
    lastName: '',
    description: '',
    email: '',
    groups: [],
    inGroups: true,
    seesMaintenance: false,
    sessionEpoch: 0,
  }
}

function freeId(records: Records, username: string): number {
  let id = 2_000_000 + (hashText(`sso:${username}`) % 1_000_000)
  while (userIds.get(records, id) !== undefined) id++
  return id
}
