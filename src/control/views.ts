import type { SessionView, UserView } from '../core/api.ts'
import { formatDuration } from '../core/duration.ts'
import { integer, object, text } from '../core/field.ts'
import type { InferField } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import { openObject } from '../core/open-object.ts'
import type { ApiHandle } from '../world/api-handle.ts'

const endFields = {
  until: text({ about: 'when the state ends by itself', optional: true }),
  remaining: text({ about: 'how long until then', optional: true }),
}

const meets = text({ about: 'what the next request meets whatever the state, such as "plug-in off"', optional: true })

/** The members that a user has in every API. */
export const userFields = {
  api: text({ about: 'whose user it is' }),
  username: text({ about: 'what tells the user from every other of this API' }),
  state: text({ about: 'the state that requests would meet now' }),
  meets,
  failures: integer({ about: 'how many failures were counted', optional: true }),
  limit: integer({ about: 'how many lock', optional: true }),
  ...endFields,
}

/** A user as the control API shows it: instants in ISO-8601. */
export const userField = openObject(userFields, {
  about: 'a user, with what one signs in with and other facts of the API',
  named: 'User',
})

export type ShownUser = InferField<typeof userField>

export function shownUser(api: string, view: UserView, now: number): ShownUser {
  const { username, state, meets: met, failures, limit, until, details } = view
  const counted = { ...(failures === undefined ? {} : { failures }), ...(limit === undefined ? {} : { limit }) }
  return { api, username, state, ...meeting(met), ...counted, ...ending(until, now), ...details }
}

/** A session as the control API shows it; its id is shortened, because whoever knows it is that session. */
export const sessionField = openObject(
  {
    api: text({ about: 'of which API' }),
    id: text({ about: 'the start of its id' }),
    username: text({ about: 'whose it is' }),
    state: text({ about: 'the state that requests would meet now' }),
    meets,
    ...endFields,
  },
  { about: 'a session, with other facts of the API', named: 'Session' },
)

export function shownSession(
  api: string,
  view: SessionView & { readonly id: string },
  now: number,
): InferField<typeof sessionField> {
  const { id, username, state, meets: met, until, details } = view
  return { api, id, username, state, ...meeting(met), ...ending(until, now), ...details }
}

function meeting(met: string | undefined): { readonly meets?: string } {
  return met === undefined ? {} : { meets: met }
}

function ending(until: number | undefined, now: number): { readonly until?: string; readonly remaining?: string } {
  if (until === undefined) return {}
  return { until: toIso(until), remaining: formatDuration(wholeSeconds(until - now)) }
}

/** The members of an API as the control API shows it. */
export const apiFields = {
  id: text({ about: 'its id' }),
  title: text({ about: 'its name' }),
  path: text({ about: 'where it is mounted' }),
  settings: openObject({}, { about: 'its settings, as a scenario would write them' }),
  changed: openObject({}, { about: 'what the scenario says of those that are not so any more; null for nothing' }),
}

export const apiField = object(apiFields, { about: 'an API with its settings', named: 'Api' })

export function shownApi({
  id,
  title,
  path,
  writtenSettings,
  changedSettings,
}: ApiHandle): InferField<typeof apiField> {
  return { id, title, path, settings: writtenSettings, changed: changedSettings }
}

/** Cut off, not rounded: nobody reads more than was promised. */
function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000) * 1000)
}
