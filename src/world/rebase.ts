import { isJsonObject, sameJson, type Json, type JsonObject } from '../core/json.ts'
import { startClock } from '../core/clock.ts'
import { maskKey } from './mask.ts'
import type { Setup } from './setup.ts'
import type { Stage } from './stage.ts'

/** What became of the running state when an edited scenario was taken over. */
export type RebaseReport = {
  /** Records whose running state was kept. */
  readonly kept: readonly string[]
  /** What could not be kept, in words. */
  readonly lost: readonly string[]
}

/**
 * Takes over an edited scenario. Each record is merged member by member: what the edit did not touch keeps its running
 * value, what it did touch takes the new one. Throws {@link Needs} before anything has changed.
 */
export function rebase(stage: Stage, setup: Setup): RebaseReport {
  if (setup.start !== undefined) {
    stage.use(setup)
    stage.startOver()
    return { kept: [], lost: ['everything: a snapshot begins where it was taken'] }
  }
  const before = stage.base()
  const { clock, faults, schedule, ...running } = stage.store.changes()
  const previous = stage.setup
  const after = stage.base(setup)

  const kept: string[] = []
  const lost: string[] = []
  const merged: { [key: string]: Json } = {}
  for (const [key, value] of Object.entries(running)) {
    const [old, edited] = [before.get(key), after.get(key)]
    if (sameJson(old, edited)) {
      merged[key] = value
      kept.push(maskKey(key))
    } else if (isJsonObject(old) && isJsonObject(edited) && isJsonObject(value)) {
      const { record, overruled } = merge(old, edited, value)
      merged[key] = record
      kept.push(maskKey(key))
      if (overruled.length > 0) lost.push(`${maskKey(key)}: ${overruled.join(', ')} as edited`)
    } else {
      lost.push(`${maskKey(key)}: ${edited === undefined ? 'no longer in the scenario' : 'as edited'}`)
    }
  }
  const sameClock = sameJson(previous.clock, setup.clock)
  if (!sameClock) lost.push('clock: as edited')
  const sameFaults = sameJson(previous.faults, setup.faults)
  if (!sameFaults) lost.push('faults: as edited')
  const sameSchedule = sameJson(previous.schedule, setup.schedule)
  if (!sameSchedule) lost.push('schedule: as edited')
  stage.use(setup)
  stage.start(
    {
      ...merged,
      clock: sameClock ? (clock as Json) : startClock(setup.clock, stage.time()),
      ...(sameFaults ? { faults: faults as Json } : {}),
      ...(sameSchedule && schedule !== undefined ? { schedule } : {}),
    },
    stage.startedAt,
  )
  return { kept, lost }
}

function merge(old: JsonObject, edited: JsonObject, running: JsonObject): { record: JsonObject; overruled: string[] } {
  const record: { [name: string]: Json | undefined } = {}
  const overruled: string[] = []
  for (const name of new Set([...Object.keys(edited), ...Object.keys(running)])) {
    const untouched = sameJson(old[name], edited[name])
    const value = untouched ? running[name] : edited[name]
    if (value !== undefined) record[name] = value
    if (!untouched && !sameJson(running[name], old[name]) && !sameJson(running[name], edited[name]))
      overruled.push(name)
  }
  return { record, overruled }
}
