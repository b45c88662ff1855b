import { UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import type { ApiHandle, UserHandle } from './api-handle.ts'

/** A user, and whose it is. */
export interface FoundUser {
  readonly api: ApiHandle
  readonly user: UserHandle
}

/**
 * The user of a name, or of `secure-login/ada`, whichever API has it. Where several have, it is the only one that can
 * be changed in this way. Throws ERR_USER_UNKNOWN, naming the nearest of all APIs, or
 * ERR_USER_AMBIGUOUS, naming the APIs that have such a user, or the users of that name in the one that has.
 */
export function findUser(apis: readonly ApiHandle[], username: string, change?: JsonObject): FoundUser {
  const called = apis.filter((api) => api.has(username))
  if (called.length === 0) {
    const [, id, rest = ''] = /^([^/]+)\/(.+)$/s.exec(username) ?? []
    const named = apis.find((api) => api.id === id)
    if (named !== undefined) return { api: named, user: named.user(rest) }
  }
  const taking = change === undefined || called.length < 2 ? [] : called.filter((api) => api.takes(change))
  const having = taking.length === 1 ? taking : called
  if (having.length > 1) {
    const spelt = having.map(({ id }) => `${id}/${username}`).join(' or ')
    const ids = having.map(({ id }) => id).join(' and ')
    throw new UnderstudyError('ERR_USER_AMBIGUOUS', `${username} is a user of ${ids}; write ${spelt}.`)
  }
  const [api] = having
  if (api !== undefined) return { api, user: api.user(username) }
  throw unknownUser(username, apis)
}

function unknownUser(username: string, apis: readonly ApiHandle[]): UnderstudyError {
  const names = new Map(apis.flatMap((api) => api.usernames().map((name) => [name, api] as const)))
  const nearest = nearestWord(username, names.keys())
  const meant =
    nearest === undefined
      ? ', nor one of a like name; `understudy user list` shows those there are.'
      : `. Did you mean "${nearest}" (${names.get(nearest)?.title})?`
  return new UnderstudyError('ERR_USER_UNKNOWN', `No API has a user "${username}"${meant}`)
}
