import { formatDuration } from '../core/duration.ts'
import { isJsonObject, own, sameJson, type Json } from '../core/json.ts'
import type { Records } from '../core/step.ts'
import { Base } from './base.ts'
import { fieldOfRecord } from './check-record.ts'
import { maskKey } from './mask.ts'
import { maskRecord } from './mask-record.ts'
import type { Setup } from './setup.ts'
import { checkSnapshot, type ReadScenario, type Snapshot } from './snapshot.ts'
import type { Stage } from './stage.ts'
import { namesOf, readableRecord } from './views.ts'

/** One thing that is not the same on both sides; null on the side that has none. Secrets are masked. */
export interface WorldChange {
  /** The key of a record, `clock` or `scenario`. */
  readonly of: string
  /** Which member of it, such as `logins.failed`; empty for all of it. */
  readonly member: string
  readonly before: Json
  readonly after: Json
}

/** A world at one moment. */
interface Side {
  readonly setup: Setup
  readonly records: Pick<Records, 'get'>
  readonly keys: () => Iterable<string>
  /** Keys of what is not as the scenario starts. */
  readonly changed: readonly string[]
  readonly clock: { readonly frozen: boolean; readonly scale: number; readonly skewMs: number }
}

/** What differs from one moment to another: snapshots, or where they are left out the scenario's start and now. */
export async function differencesIn(
  stage: Stage,
  from: Snapshot | undefined,
  to: Snapshot | undefined,
  readScenario: ReadScenario,
): Promise<WorldChange[]> {
  // What snapshots of other scenarios hold may have to be made up first.
  return stage.answers.until(() => {
    const sides = [
      from === undefined ? beginningOf(stage) : takenOf(stage, from, readScenario),
      to === undefined ? presentOf(stage) : takenOf(stage, to, readScenario),
    ] as const
    return compare(stage, ...sides)
  })
}

function compare(stage: Stage, from: Side, to: Side): WorldChange[] {
  const isSame = sameJson(from.setup.source, to.setup.source)
  const keys = isSame ? [...from.changed, ...to.changed] : [...from.keys(), ...to.keys()]
  const found: WorldChange[] = isSame
    ? []
    : [{ of: 'scenario', member: '', before: from.setup.name, after: to.setup.name }]
  found.push(...members('clock', '', clockOf(from), clockOf(to), clockOf(from), clockOf(to)))
  for (const key of new Set(keys)) {
    const [before, after] = [from.records.get(key), to.records.get(key)]
    if (key === 'clock' || sameJson(before, after)) continue
    const [field, secrecyOf] = [fieldOfRecord(stage.apis, key), namesOf(stage.apis)]
    const shown = [before, after].map((record) => readableRecord(maskRecord(field, record, secrecyOf)))
    found.push(...members(maskKey(key), '', before, after, shown[0], shown[1]))
  }
  return found
}

/** Member by member, however deep; what is masked on both sides is told all the same. */
function members(
  of: string,
  member: string,
  before: Json | undefined,
  after: Json | undefined,
  shownBefore: Json | undefined,
  shownAfter: Json | undefined,
): WorldChange[] {
  if (sameJson(before, after)) return []
  const all = [before, after, shownBefore, shownAfter]
  if (!all.every(isJsonObject)) return [{ of, member, before: shownBefore ?? null, after: shownAfter ?? null }]
  const [one = {}, other = {}, oneShown = {}, otherShown = {}] = all
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].flatMap((name) => {
    const at = member === '' ? name : `${member}.${name}`
    return members(of, at, own(one, name), own(other, name), own(oneShown, name), own(otherShown, name))
  })
}

function clockOf({ clock }: Side): Json {
  return { frozen: clock.frozen, scale: clock.scale, skew: formatDuration(clock.skewMs) }
}

function beginningOf(stage: Stage): Side {
  const { setup } = stage
  const records = stage.beginning()
  const clock = records.get('clock') as unknown as Side['clock']
  const keys = (): Iterable<string> => stage.base().keys()
  return { setup, records, keys, changed: [...Object.keys(setup.start?.records ?? {}), 'faults'], clock }
}

function presentOf(stage: Stage): Side {
  const { setup, store } = stage
  const clock = store.get('clock') as unknown as Side['clock']
  return { setup, records: store, keys: () => store.keys(''), changed: Object.keys(store.changes()), clock }
}

function takenOf(stage: Stage, given: Snapshot, readScenario: ReadScenario): Side {
  const { snapshot, setup } = checkSnapshot(stage.apis, given, readScenario)
  const base = new Base(stage.apis, setup, snapshot.startedAt, stage.answers)
  const { records, clock } = snapshot
  const get = (key: string): Json | undefined =>
    Object.hasOwn(records, key) ? (records[key] ?? undefined) : base.get(key)
  const changed = Object.keys(records)
  return { setup, records: { get }, keys: () => [...base.keys(), ...changed], changed, clock }
}
