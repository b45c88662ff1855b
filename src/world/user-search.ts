import type { AnyApi, UserView } from '../core/api.ts'
import { unusable, type Issue } from '../core/errors.ts'
import { text } from '../core/field.ts'
import { asObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Stage } from './stage.ts'

/** What can be asked of users. */
export const userFilterFields = {
  search: text({
    about: 'only with each of these words: in the username, in a name or an address, or as the state',
    optional: true,
  }),
  state: text({ about: 'only in this state', optional: true }),
}

/** Which users are meant, and which part of them. */
export interface UserSearch {
  readonly limit?: number
  /** The last username of the page before. */
  readonly after?: string
  readonly search?: string
  readonly state?: string
}

/** The users of one API that are meant. */
export interface FoundUsers {
  readonly total: number
  readonly items: readonly UserView[]
  /** How many of a large crowd were not looked at, because whoever nobody touched has to be made for that. */
  readonly unseen: number
}

/** So many users are made to look at them. Those behind are looked at if they have changed, and known by their usernames. */
const mostMade = 20_000
/** So many users are asked for their state, to know the words. */
const mostAsked = 100

/** The users of an API in the order of the scenario. Only those who are shown, or have to be looked at, are made. */
export function searchUsers(stage: Stage, api: AnyApi, search: UserSearch): FoundUsers {
  const { limit = 100, after, state } = search
  const words = (search.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const prefix = `${api.id}/user:`
  const settings = stage.settings(api)
  const now = stage.now()
  const items: UserView[] = []
  let [total, unseen, made] = [0, 0, 0]
  let changed: ReadonlySet<string> | undefined
  let isReached = after === undefined
  const view = (key: string): UserView => api.viewUser(asObject(stage.store.get(key)), settings, now)
  const isOutOfReach = (key: string): boolean => {
    if (++made <= mostMade) return false
    changed ??= new Set(Object.keys(stage.store.changes()))
    return !changed.has(key)
  }
  for (const key of stage.store.keys(prefix)) {
    let user: UserView | undefined
    const username = key.slice(prefix.length)
    const isNamed = words.every((word) => username.toLowerCase().includes(word))
    if (state !== undefined || !isNamed) {
      if (isOutOfReach(key)) {
        unseen++
        continue
      }
      user = view(key)
      if (state !== undefined && user.state !== state) continue
      if (!isNamed && !hasWords(api, user, username, words)) continue
    }
    total++
    if (isReached && items.length < limit) items.push(user ?? view(key))
    if (username === after) isReached = true
  }
  return { total, items, unseen }
}

function hasWords(api: AnyApi, { state, details }: UserView, username: string, words: readonly string[]): boolean {
  const known = Object.entries(details).flatMap(([name, value]) =>
    typeof value === 'string' && !isSecret(api, name) ? [value] : [],
  )
  const told = [username, ...known].join('\n').toLowerCase()
  return words.every((word) => told.includes(word) || state === word)
}

function isSecret({ records, userChange }: AnyApi, name: string): boolean {
  const { user } = records
  const recorded = user?.kind === 'object' ? user.fields[name] : undefined
  return recorded?.secret === true || userChange[name]?.secret === true
}

/** Throws ERR_FILTER_INVALID for a state that is none of these, naming the nearest. */
export function checkState(state: string | undefined, states: readonly string[]): void {
  const issues = [...stateIssues(state, states, 'state')]
  if (issues.length > 0) throw unusable('ERR_FILTER_INVALID', 'What is asked of users', issues)
}

/** What is wrong with a state that is asked for as a member of something. */
export function* stateIssues(state: string | undefined, states: readonly string[], member: string): Iterable<Issue> {
  if (state === undefined || states.includes(state)) return
  const nearest = nearestWord(state, states)
  const message = `"${state}" is no state of a user; there is ${[...new Set(states)].join(', ')}.`
  yield { path: [member], message, ...(nearest === undefined ? {} : { nearest }) }
}

/** The states that users can be put into, and those that they are in. */
export function statesOf(stage: Stage, api: AnyApi): string[] {
  const { state } = api.userChange
  const forced = state?.kind === 'choice' ? state.choices.map(String) : []
  return [...forced, ...searchUsers(stage, api, { limit: mostAsked }).items.map((user) => user.state)]
}
