import { didYouMean, UnderstudyError } from '../core/errors.ts'
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
  const [api, ...others] = apis.filter((each) => each.has(username))
  if (api === undefined) throw unknownUser(apis, username)
  if (others.length > 0) {
    const ids = [api, ...others].map(({ id }) => id).join(' and ')
    throw new UnderstudyError('ERR_USER_AMBIGUOUS', `${username} is a user of ${ids}; say which API is meant.`)
  }
  return { api, user: api.user(username) }
}

function unknownUser(apis: readonly ApiHandle[], username: string): UnderstudyError {
  const known = [...new Set(apis.flatMap((api) => api.usernames()))]
  const some = known.length > 10 ? `${known.slice(0, 10).join(', ')}, …` : known.join(', ')
  const there = known.length === 0 ? 'there are none' : `there are ${some}`
  const nearest = didYouMean(nearestWord(username, known))
  return new UnderstudyError('ERR_USER_UNKNOWN', `No API has a user "${username}"; ${there}.${nearest}`)
}
