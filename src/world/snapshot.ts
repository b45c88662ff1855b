import type { AnyApi } from '../core/api.ts'
import { check } from '../core/check.ts'
import { isTellable, worldTime } from '../core/clock.ts'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { anything, choice, flag, integer, list, map, object, text, type Field } from '../core/field.ts'
import type { Infer } from '../core/infer.ts'
import { earliestInstant, latestInstant, toIso } from '../core/instant.ts'
import type { JsonObject } from '../core/json.ts'
import { checkRecord } from './check-record.ts'
import type { Setup } from './setup.ts'
import type { Store } from './store.ts'
import { clockRecord, scaleField } from './own-records.ts'

/** What a snapshot's member `kind` says. */
export const snapshotKind = 'auth-understudy/snapshot'

/** A world as JSON: its scenario, its clock, and every record that changed since the start. It holds test credentials. */
export interface Snapshot extends Infer<typeof fields> {}

const fields = {
  kind: choice([snapshotKind], { about: 'what this is' }),
  version: integer({ about: 'version of this format', min: 1, max: 1 }) as Field<1, 1, 'must'>,
  takenAt: text({ about: 'when it was taken' }),
  name: text({ about: 'name of the scenario' }),
  scenario: anything<JsonObject>({ about: 'the scenario' }),
  /** By the server's clock: relative times count from there. */
  startedAt: integer({ about: 'when it was started, in milliseconds', min: earliestInstant, max: latestInstant }),
  clock: object(
    {
      at: integer({ about: 'time of the world, in milliseconds', min: earliestInstant, max: latestInstant }),
      frozen: flag({ about: 'whether it stands' }),
      scale: scaleField,
      skewMs: integer({ about: "how far the server's clock is off, in milliseconds" }),
    },
    { about: 'the clock' },
  ),
  records: map(anything({ about: 'a record, or null' }), { about: 'what changed since the start' }),
  /** To read, not to play. */
  requests: list(anything<JsonObject>({ about: 'a request and its answer, secrets masked' }), {
    about: 'requests that were shared with it',
    optional: true,
  }),
}

/** A snapshot. */
export const snapshotField = object(fields, { about: 'a snapshot', named: 'Snapshot' })

/** What a snapshot is taken of. */
interface Sitter {
  readonly setup: Setup
  readonly store: Store
  readonly startedAt: number
  /** By the server's clock, and by the host's. */
  now(): number
  time(): number
}

export function takeSnapshot(stage: Sitter): Snapshot {
  const clock = clockRecord.get(stage.store)
  const { clock: _clock, ...records } = stage.store.changes()
  return {
    kind: snapshotKind,
    version: 1,
    takenAt: toIso(stage.now()),
    name: stage.setup.name,
    scenario: stage.setup.source,
    startedAt: stage.startedAt,
    clock: { at: worldTime(clock, stage.time()), frozen: clock.frozen, scale: clock.scale, skewMs: clock.skewMs },
    records,
  }
}

/** Reads a scenario as it is written. */
export type ReadScenario = (source: unknown, name: string) => Setup

/** All of a snapshot, checked, with its scenario. */
export function checkSnapshot(
  apis: readonly AnyApi[],
  input: unknown,
  readScenario: ReadScenario,
): { snapshot: Snapshot; setup: Setup } {
  const { value: snapshot, issues } = check(snapshotField, input)
  if (snapshot === undefined) throw snapshotInvalid(issues)
  const records = Object.entries(snapshot.records).map(([key, record]) => ({
    key,
    ...checkRecord(apis, key, record, ['records', key]),
  }))
  const wrong = [...skewIssues(snapshot.clock), ...records.flatMap((record) => record.issues)]
  if (wrong.length > 0) throw snapshotInvalid(wrong)
  const complete = Object.fromEntries(records.map(({ key, value }) => [key, value ?? null]))
  return { snapshot: { ...snapshot, records: complete }, setup: readSetup(snapshot, readScenario) }
}

function skewIssues({ at, skewMs }: Snapshot['clock']): readonly Issue[] {
  if (isTellable(at, skewMs)) return []
  return [{ path: ['clock', 'skewMs'], message: `${skewMs} takes the server's clock out of the years 0 to 9999.` }]
}

function readSetup({ scenario, name }: Snapshot, readScenario: ReadScenario): Setup {
  try {
    return readScenario(scenario, name)
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    throw snapshotInvalid(error.issues.map((issue) => ({ ...issue, path: ['scenario', ...issue.path] })))
  }
}

/** The error for what is no snapshot. */
export function snapshotInvalid(issues: readonly Issue[]): UnderstudyError {
  return new UnderstudyError(
    'ERR_SNAPSHOT_INVALID',
    `This is no snapshot that can be restored. ${issues.map(formatIssue).join(' ')}`,
    issues,
  )
}
