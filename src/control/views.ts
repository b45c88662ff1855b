import type { AnyApi, SessionView, UserView } from '../core/api.ts'
import { formatDuration } from '../core/duration.ts'
import { toIso } from '../core/instant.ts'
import type { JsonObject } from '../core/json.ts'
import { spellFields } from '../core/spell-fields.ts'
import type { World } from '../world/world.ts'

/** A user as the control API shows it: instants in ISO-8601. */
export function shownUser(api: string, view: UserView, now: number): JsonObject {
  const { username, state, failures, limit, until, details } = view
  const counted = failures === undefined ? {} : { failures, limit }
  return { api, username, state, ...counted, ...ending(until, now), ...details }
}

/** A session as the control API shows it; its id is shortened, because whoever knows it is that session. */
export function sessionJson(api: string, view: SessionView & { readonly id: string }, now: number): JsonObject {
  const { id, username, state, until, details } = view
  return { api, id, username, state, ...ending(until, now), ...details }
}

function ending(until: number | undefined, now: number): JsonObject {
  if (until === undefined) return {}
  return { until: toIso(until), remaining: formatDuration(wholeSeconds(until - now)) }
}

/** An API with its settings as a scenario would write them. */
export function apiJson(world: World, api: AnyApi): JsonObject {
  const settings = world.api(api.id).settings as JsonObject
  return { id: api.id, title: api.title, path: api.mount(settings), settings: spellFields(api.settings, settings) }
}

/** Cut off, not rounded: nobody reads more than was promised. */
function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000) * 1000)
}
