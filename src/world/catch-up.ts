import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { scheduleOf } from './own-records.ts'
import { changeSettings, forceUser, openSessions } from './force-user.ts'
import { describeScheduled, type ScheduledEvent } from './scheduled.ts'
import { apisFor, type UserLookup } from './scheduled-issues.ts'
import type { Stage } from './stage.ts'
import { putFault } from './put-fault.ts'

/**
 * Plays the events of a world's schedule whose time has come, in their order, each at its own time. Whoever looks at a
 * world or changes it calls this first, so that nobody can tell that no timer did.
 */
export function catchUp(stage: Stage): void {
  for (;;) {
    const events = scheduleOf(stage.store)
    // Asked for each request, and mostly there is none.
    if (events.length === 0) return
    const first = events.reduce((one, other) => (other.at < one.at ? other : one))
    if (first.at > stage.worldNow()) return
    stage.store.put(
      'schedule',
      events.filter((event) => event !== first),
    )
    stage.at(first.at, () => playOne(stage, first))
  }
}

/** What fitted when it was scheduled need not any more. */
function playOne(stage: Stage, event: ScheduledEvent): void {
  try {
    play(stage, event)
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    stage.tell(`${event.id} of the schedule (${describeScheduled(event)}) could not be done: ${error.lines[0]}`)
  }
}

function play(stage: Stage, event: ScheduledEvent): void {
  const { user, api, set, end, fault } = event
  if (fault !== undefined) putFault(stage, fault)
  else if (end !== undefined) {
    const found = [...sessionsOf(stage, user)]
    for (const [each, username] of found) endSessions(stage, each, username)
    if (found.length === 0) stage.tell(`${describeScheduled(event)}: there was none`)
  } else if (user !== undefined) {
    const { having, fitting, username } = apisFor(event, stage.playing, userLookup(stage))
    const found = fitting[0] ?? having[0]
    if (found === undefined) throw new UnderstudyError('ERR_USER_UNKNOWN', `There is no user ${user} any more.`)
    forceUser(stage, found, keyOf(stage, found, username) ?? '', set)
  } else {
    const found = stage.playing.find(({ id }) => id === api)
    if (found === undefined) throw new UnderstudyError('ERR_API_UNKNOWN', `${api ?? ''} does not play.`)
    changeSettings(stage, found, set ?? {})
  }
}

function* sessionsOf(stage: Stage, user: string | undefined): Iterable<[AnyApi, string]> {
  const meant = user === undefined ? undefined : apisFor({ user }, stage.playing, userLookup(stage))
  for (const api of meant?.having ?? stage.playing)
    for (const username of openSessions(stage, api).keys())
      if (meant === undefined || username === meant.username) yield [api, username]
}

function endSessions(stage: Stage, api: AnyApi, username: string): void {
  const key = keyOf(stage, api, username)
  if (key !== undefined) forceUser(stage, api, key, { state: 'expired' })
}

/** The users of a world as they are. */
export function userLookup(stage: Stage): UserLookup {
  return {
    has: (api, username) => keyOf(stage, api, username) !== undefined,
    names: (api) => {
      const names: string[] = []
      for (const key of stage.store.keys(`${api.id}/user:`)) {
        names.push(key.slice(`${api.id}/user:`.length))
        if (names.length === 1000) break
      }
      return names
    },
  }
}

function keyOf(stage: Stage, api: AnyApi, username: string): string | undefined {
  const records = { get: (key: string) => stage.store.get(`${api.id}/${key}`) }
  const ids = [username, ...(api.userIds?.(username, records) ?? [])]
  return ids.map((id) => `${api.id}/user:${id}`).find((key) => stage.store.get(key) !== undefined)
}
