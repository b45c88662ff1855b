import type { ApiHandle } from './api-handle.ts'
import { checkState, type FoundUsers, type UserSearch } from './user-search.ts'

/**
 * The users of these APIs that are meant. What has no such state has no users in it. Throws ERR_FILTER_INVALID for a state
 * that none has, naming the nearest.
 */
export function findUsers(
  apis: readonly ApiHandle[],
  search: UserSearch,
): readonly (FoundUsers & { readonly api: ApiHandle })[] {
  const { state } = search
  if (state === undefined) return apis.map((api) => ({ api, ...api.users(search) }))
  const states = apis.map((api) => api.states)
  checkState(state, states.flat())
  return apis.flatMap((api, index) => (states[index]?.includes(state) === true ? [{ api, ...api.users(search) }] : []))
}
