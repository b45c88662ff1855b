import { UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import type { ApiHandle, UserHandle } from './api-handle.ts'

/** A user, and whose it is. */
export interface FoundUser {
  readonly api: ApiHandle
  readonly user: UserHandle
}

/**
 * The user of a name, whichever API has it. Throws ERR_USER_UNKNOWN, naming the nearest of all APIs, or
 * ERR_USER_AMBIGUOUS, naming the APIs that have such a user, or the users of that name in the one that has.
 */
export function findUser(apis: readonly ApiHandle[], username: string): FoundUser {
  const having = apis.filter((api) => api.has(username))
  if (having.length > 1) {
    const ids = having.map(({ id }) => id).join(' and ')
    throw new UnderstudyError('ERR_USER_AMBIGUOUS', `${username} is a user of ${ids}; say which API is meant.`)
  }
  // Where nobody is called so, the API of the nearest name is the one to refuse it.
  const [api = nearestTo(username, apis)] = having
  if (api !== undefined) return { api, user: api.user(username) }
  throw new UnderstudyError(
    'ERR_USER_UNKNOWN',
    `No API has a user "${username}", nor one of a like name; \`understudy user list\` shows those there are.`,
  )
}

function nearestTo(username: string, apis: readonly ApiHandle[]): ApiHandle | undefined {
  const nearest = nearestWord(
    username,
    apis.flatMap((api) => api.usernames()),
  )
  return apis.find((api) => nearest !== undefined && api.has(nearest))
}
