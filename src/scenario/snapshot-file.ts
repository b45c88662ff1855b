import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { toIso } from '../core/instant.ts'
import { own, type JsonObject } from '../core/json.ts'
import type { Setup } from '../world/setup.ts'
import { checkSnapshot, snapshotKind, type Snapshot } from '../world/snapshot.ts'
import { readScenario } from './scenario.ts'

/** Whether data that stands for a scenario is a snapshot, which is played from where it was taken. */
export function isSnapshot(data: JsonObject): boolean {
  return own(data, 'kind') === snapshotKind
}

/** Refuses a chain in which a scenario builds upon a snapshot: their states could not be merged. */
export function refuseParents(chain: readonly { readonly name: string; readonly data: JsonObject }[]): void {
  const parent = chain.slice(1).find(({ data }) => isSnapshot(data))
  if (parent === undefined) return
  throw new UnderstudyError(
    'ERR_SCENARIO_INVALID',
    `${parent.name} is a snapshot, which no scenario can extend. Play it by itself, or extend the scenario it was taken of.`,
  )
}

/** Reads a snapshot as a scenario that begins where it was taken. Throws ERR_SNAPSHOT_INVALID. */
export function readSnapshot(data: JsonObject, name: string, apis: readonly AnyApi[]): Setup {
  const { snapshot, setup } = checkSnapshot(apis, data, (source) => readScenario(source, name, apis))
  const { startedAt, clock, records } = snapshot
  return { ...setup, start: { startedAt, clock, records } }
}

/** What another server can play as this setup: the scenario as somebody would write it, or the snapshot it begins with. */
export function toPlayable(setup: Setup): JsonObject {
  const { start, source, name } = setup
  if (start === undefined) return source
  const takenAt = toIso(start.clock.at + start.clock.skewMs)
  const snapshot: Snapshot = { kind: snapshotKind, version: 1, takenAt, name, scenario: source, ...start }
  return snapshot
}
