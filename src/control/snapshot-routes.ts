import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { anything, flag, integer, list, nullable, object, text } from '../core/field.ts'
import type { InferField } from '../core/infer.ts'
import { nearestWord } from '../core/nearest.ts'
import { openObject } from '../core/open-object.ts'
import { readShared } from '../scenario/read-shared.ts'
import { shareFile } from '../scenario/share-file.ts'
import { shareWorld } from '../scenario/share.ts'
import { snapshotField, type Snapshot } from '../world/snapshot.ts'
import { route } from './route.ts'

const name = text({ about: 'the name of a snapshot' })

const lineField = object(
  {
    name: text({ about: 'its name' }),
    takenAt: text({ about: "when it was taken, by the server's clock" }),
    scenario: text({ about: 'the scenario that was played' }),
    records: integer({ about: 'how many records had changed since the start' }),
  },
  { about: 'a snapshot in short', named: 'SnapshotLine' },
)

/** Whole worlds, to come back to or to pass on. */
export const snapshotRoutes = [
  route('GET /snapshots', {
    summary: 'the snapshots that were saved',
    answer: object({ snapshots: list(lineField, { about: 'the snapshots' }) }, { about: 'what was saved' }),
    handle: ({ world }) => ({
      snapshots: [...world.worlds.snapshots].map(([each, snapshot]) => snapshotLine(each, snapshot)),
    }),
  }),
  route('POST /snapshots', {
    summary: 'saves the world under a name; with `snapshot`, saves that one instead',
    body: {
      name: text({
        about: 'its name',
        pattern: /^[\w.-]{1,64}$/,
        shape: 'a name of up to 64 letters, digits, dots, hyphens and underscores',
      }),
      snapshot: anything<Snapshot>({ about: 'a snapshot that was taken elsewhere', optional: true }),
    },
    answer: lineField,
    handle: ({ world, body }) => {
      const { snapshot: given } = body
      if (given !== undefined) world.checkSnapshot(given)
      const snapshot = given ?? world.snapshot()
      world.worlds.saveSnapshot(body.name, snapshot)
      return snapshotLine(body.name, snapshot)
    },
  }),
  route('GET /snapshots/{name}', {
    summary: 'a snapshot as JSON, to keep or to pass on',
    params: { name },
    answer: snapshotField,
    handle: ({ world, params }) => findSnapshot(world.worlds.snapshots, params.name),
  }),
  route('DELETE /snapshots/{name}', {
    summary: 'forgets a snapshot',
    params: { name },
    answer: object({ dropped: text({ about: 'its name' }) }, { about: 'what was forgotten' }),
    handle: ({ world, params }) => {
      findSnapshot(world.worlds.snapshots, params.name)
      world.worlds.dropSnapshot(params.name)
      return { dropped: params.name }
    },
  }),
  route('POST /snapshots/{name}/restore', {
    summary: 'becomes the world of a snapshot',
    params: { name },
    answer: lineField,
    handle: async ({ world, params }) => {
      const snapshot = findSnapshot(world.worlds.snapshots, params.name)
      world.restore(snapshot)
      await world.ready()
      return snapshotLine(params.name, snapshot)
    },
  }),
  route('GET /difference', {
    summary:
      "what differs from the scenario's start, or from a snapshot, to another snapshot, or to now; secrets masked",
    query: {
      from: text({ about: "the name of a snapshot; the scenario's start if left out", optional: true }),
      to: text({ about: 'the name of a snapshot; now if left out', optional: true }),
    },
    answer: object(
      {
        differences: list(
          object(
            {
              of: text({ about: 'the key of a record; clock, faults or scenario' }),
              member: text({ about: 'which member of it; empty for all of it' }),
              before: nullable(anything({ about: 'what it was; null where it was not' })),
              after: nullable(anything({ about: 'what it became; null where it is gone' })),
            },
            { about: 'one difference' },
          ),
          { about: 'the differences' },
        ),
      },
      { about: 'what differs' },
    ),
    handle: async ({ world, query: { from, to } }) => {
      const { snapshots, readScenario } = world.worlds
      const [one, other] = [from, to].map((each) => (each === undefined ? undefined : findSnapshot(snapshots, each)))
      return { differences: (await world.story.differences(one, other, readScenario)).map((each) => ({ ...each })) }
    },
  }),
  route('POST /share', {
    summary: 'the world with its secrets replaced, to pass on: as a snapshot, and as a file that `serve` plays',
    body: {
      note: text({ about: 'what is wrong; kept as the description', optional: true }),
      requests: integer({ about: 'how many of the latest requests go along, masked', default: 0, min: 0, max: 1000 }),
      codes: flag({
        about: 'whether passwords and codes of the users who sent these stay, so that what they did can be done again',
        default: false,
      }),
    },
    answer: object(
      { world: snapshotField, file: text({ about: 'the same as a file' }) },
      { about: 'what can be passed on' },
    ),
    handle: async ({ world, body }) => {
      const shared = shareWorld(world, body)
      return { world: shared, file: await shareFile(shared, undefined, body.codes) }
    },
  }),
  route('POST /share/read', {
    summary: 'the world or scenario that a shared file or link holds, checked and not played',
    body: { text: text({ about: 'the text of the file, or the link' }) },
    answer: object(
      {
        world: openObject({}, { about: 'what can be played: a snapshot, or a scenario' }),
        description: text({ about: 'what it is for' }),
      },
      { about: 'what was shared' },
    ),
    handle: ({ body, load, readSource }) => readShared(body.text, load, readSource),
  }),
]

function snapshotLine(saved: string, snapshot: Snapshot): InferField<typeof lineField> {
  const { takenAt, name: scenario, records } = snapshot
  return { name: saved, takenAt, scenario, records: Object.keys(records).length }
}

function findSnapshot(snapshots: ReadonlyMap<string, Snapshot>, wanted: string): Snapshot {
  const snapshot = snapshots.get(wanted)
  if (snapshot !== undefined) return snapshot
  const names = [...snapshots.keys()]
  const there = names.length === 0 ? 'none was saved' : `there are ${names.join(', ')}`
  throw new UnderstudyError(
    'ERR_SNAPSHOT_UNKNOWN',
    `There is no snapshot "${wanted}"; ${there}.${didYouMean(nearestWord(wanted, names))}`,
  )
}
