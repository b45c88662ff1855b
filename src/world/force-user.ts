import type { AnyApi, UserView } from '../core/api.ts'
import { checkPatch } from '../core/check.ts'
import { formatIssue, UnderstudyError } from '../core/errors.ts'
import type { AnyField } from '../core/field.ts'
import { toIso } from '../core/instant.ts'
import { asObject, type JsonObject } from '../core/json.ts'
import { masked } from './mask.ts'
import type { Stage } from './stage.ts'

/** Changes facts of a user, by the full key of its record, and tells it. Throws ERR_CHANGE_INVALID. */
export function forceUser(stage: Stage, api: AnyApi, key: string, change: unknown): UserView {
  const { record, state } = checkChange(stage, api, key, change)
  const view = (): UserView => api.viewUser(asObject(stage.store.get(key)), stage.settings(api), stage.now())
  const ends = state === 'expired' ? (openSessions(stage, api, [view().username]).get(view().username) ?? 0) : undefined
  stage.store.put(key, record)
  const user = view()
  if (ends !== undefined) {
    const ended = ends === 0 ? 'had no session to end' : `had ${ends} ${ends === 1 ? 'session' : 'sessions'} ended`
    stage.tell(`${api.title}: ${user.username} ${ended}`, key)
    return user
  }
  const until = user.until === undefined ? '' : ` until ${toIso(user.until)}`
  const failures = user.failures === undefined ? '' : `, ${user.failures} of ${user.limit} failures`
  stage.tell(`${api.title}: ${user.username} was set to ${user.state}${until}${failures}`, key)
  return user
}

/** What a change makes of a user, and the state that it asks for; changes nothing. Throws ERR_CHANGE_INVALID. */
export function checkChange(
  stage: Stage,
  api: AnyApi,
  key: string,
  change: unknown,
): { readonly record: JsonObject; readonly state: unknown } {
  const { value, issues } = checkPatch(api.userChange, change)
  if (value === undefined) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
  const record = api.changeUser(asObject(stage.store.get(key)), value, stage.settings(api), stage.now())
  return { record, state: value['state'] }
}

/** Changes settings of an API, and tells it. Throws ERR_CHANGE_INVALID. */
export function changeSettings(stage: Stage, api: AnyApi, patch: object): void {
  const { value, issues } = checkPatch(api.settings, patch)
  if (value === undefined) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
  stage.store.put(`${api.id}/settings`, { ...stage.settings(api), ...value })
  const told = Object.entries(patch).map(
    ([name, to]) => `${name} is now ${isSecret(api.settings[name]) ? masked : String(to)}`,
  )
  stage.tell(`${api.title}: ${told.join(', ')}`)
}

/** Whether a setting, or what a list of it holds, is not to be told. */
function isSecret(field: AnyField | undefined): boolean {
  if (field === undefined || field.secret === true) return true
  return field.kind === 'list' || field.kind === 'map' ? isSecret(field.item) : false
}

/**
 * How many sessions each user of an API has that the next request would find alive; of some users, those of others are not
 * looked at.
 */
export function openSessions(stage: Stage, api: AnyApi, usernames?: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const meant = usernames === undefined ? undefined : new Set(usernames)
  const { viewSession } = api
  if (viewSession === undefined || meant?.size === 0) return counts
  const settings = stage.settings(api)
  const now = stage.now()
  const records = { get: (key: string) => stage.store.get(`${api.id}/${key}`) }
  for (const key of stage.store.keys(`${api.id}/session:`)) {
    const session = asObject(stage.store.get(key))
    const whose = session['username']
    if (meant !== undefined && typeof whose === 'string' && !meant.has(whose)) continue
    const { username, state } = viewSession(session, records, settings, now)
    if (state !== 'expired') counts.set(username, (counts.get(username) ?? 0) + 1)
  }
  return counts
}
