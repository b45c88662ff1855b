import type { AnyApi } from '../core/api.ts'
import { describeFault } from '../core/fault.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import { maskSession } from './mask.ts'
import type { Stage } from './stage.ts'
import { clockRecord, faultsRecord, scheduleOf } from './own-records.ts'
import { describeScheduled } from './scheduled.ts'

/** Something that time alone will bring. */
export interface NextEvent {
  /** By the mocked server's clock. */
  readonly at: number
  readonly what: string
}

/** So many records of a scenario are looked at; a crowd behind them is as it was made, and nobody in it waits. */
const lookedAt = 2000

/** What comes by itself first: the end of a block, a lock, a session, a fault, or what is scheduled. */
export function nextEvent(stage: Stage): NextEvent | undefined {
  const now = stage.now()
  let next: NextEvent | undefined
  for (const event of endings(stage, now)) {
    if (event.at > now && (next === undefined || event.at < next.at)) next = event
  }
  return next
}

function* endings(stage: Stage, now: number): Iterable<NextEvent> {
  const { skewMs } = clockRecord.get(stage.store)
  for (const fault of faultsRecord.get(stage.store)) {
    if (fault.endsAt !== undefined) yield { at: fault.endsAt + skewMs, what: `the fault ends: ${describeFault(fault)}` }
  }
  for (const event of scheduleOf(stage.store)) yield { at: event.at + skewMs, what: describeScheduled(event) }
  const changed = Object.keys(stage.store.changes())
  for (const api of stage.playing) {
    const seen = new Set<string>()
    for (const key of keysOf(stage, api, changed)) {
      if (seen.has(key)) continue
      seen.add(key)
      const event = endingOf(stage, api, key, now)
      if (event !== undefined) yield event
    }
  }
}

/** What has changed comes first, or a crowd would hide it. */
function* keysOf(stage: Stage, api: AnyApi, changed: readonly string[]): Iterable<string> {
  for (const kind of ['user', 'session']) {
    const prefix = `${api.id}/${kind}:`
    for (const key of changed) if (key.startsWith(prefix)) yield key
    let count = 0
    for (const key of stage.store.keys(prefix)) {
      if (count++ === lookedAt) break
      yield key
    }
  }
}

function endingOf(stage: Stage, api: AnyApi, key: string, now: number): NextEvent | undefined {
  const record = stage.store.get(key)
  if (!isJsonObject(record)) return undefined
  const settings = stage.settings(api)
  if (key.startsWith(`${api.id}/user:`)) {
    const { username, state, until } = api.viewUser(record, settings, now)
    return until === undefined ? undefined : { at: until, what: `${username} is no longer ${state}` }
  }
  const { username, until } = viewSession(stage, api, record, now)
  const id = maskSession(key.slice(`${api.id}/session:`.length))
  return until === undefined ? undefined : { at: until, what: `session ${id} of ${username} expires` }
}

function viewSession(
  stage: Stage,
  api: AnyApi,
  record: JsonObject,
  now: number,
): { username?: string; until?: number } {
  const records = { get: (key: string) => stage.store.get(`${api.id}/${key}`) }
  return api.viewSession?.(record, records, stage.settings(api), now) ?? {}
}
