import type { UserView } from '../core/api.ts'
import type { ApiHandle } from './api-handle.ts'

/** The users of one API who were found, and the names of those who are in other APIs as well. */
export interface FoundPeople {
  readonly api: ApiHandle
  readonly items: readonly UserView[]
  /** By the username in this API: the name that all of them share. */
  readonly people: ReadonlyMap<string, string>
}

/** Those who were found, each who is in several APIs with all users of that name. */
export function findPeople(
  apis: readonly ApiHandle[],
  found: readonly { readonly api: ApiHandle; readonly items: readonly UserView[] }[],
): readonly FoundPeople[] {
  const all = new Map(apis.map((api) => [api, new Map<string, UserView>()]))
  const people = new Map(apis.map((api) => [api, new Map<string, string>()]))
  const looked = new Set<string>()
  for (const { api, items } of found) {
    for (const view of items) {
      all.get(api)?.set(view.username, view)
      const name = nameIn(api, view)
      if (looked.has(name)) continue
      looked.add(name)
      const having = apis.map((each) => ({ each, users: each.named(name) })).filter(({ users }) => users.length > 0)
      if (having.length < 2) continue
      for (const { each, users } of having) {
        for (const user of users) {
          if (all.get(each)?.has(user.username) === false) all.get(each)?.set(user.username, user)
          people.get(each)?.set(user.username, name)
        }
      }
    }
  }
  return apis.map((api) => ({
    api,
    items: [...(all.get(api)?.values() ?? [])],
    people: people.get(api) ?? new Map<string, string>(),
  }))
}

/** What a user is called wherever it is; in an API with accounts, the username without the account. */
function nameIn(api: ApiHandle, { username }: UserView): string {
  const last = username.slice(username.lastIndexOf('/') + 1)
  return last !== username && api.named(last).some((user) => user.username === username) ? last : username
}
