import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { anything, text } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { readShared } from '../scenario/read-shared.ts'
import { shareFile } from '../scenario/share-file.ts'
import { shareWorld } from '../scenario/share.ts'
import type { Snapshot } from '../world/snapshot.ts'
import type { ControlRoute } from './route.ts'

/** Whole worlds, to come back to or to pass on. */
export const snapshotRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/snapshots',
    summary: 'the snapshots that were saved',
    handle: ({ world }) => ({
      snapshots: [...world.worlds.snapshots].map(([name, snapshot]) => snapshotLine(name, snapshot)),
    }),
  },
  {
    method: 'POST',
    path: '/snapshots',
    summary: 'saves the world under a name; with `snapshot`, saves that one instead',
    body: {
      name: text({
        about: 'its name',
        pattern: /^[\w.-]{1,64}$/,
        shape: 'a name of up to 64 letters, digits, dots, hyphens and underscores',
      }),
      snapshot: anything<Snapshot>({ about: 'a snapshot that was taken elsewhere', optional: true }),
    },
    handle: ({ world, body }) => {
      const name = String(body['name'])
      const given = body['snapshot'] as unknown as Snapshot | undefined
      if (given !== undefined) world.checkSnapshot(given)
      const snapshot = given ?? world.snapshot()
      world.worlds.saveSnapshot(name, snapshot)
      return snapshotLine(name, snapshot)
    },
  },
  {
    method: 'GET',
    path: '/snapshots/{name}',
    summary: 'a snapshot as JSON, to keep or to pass on',
    handle: ({ world, params }) => findSnapshot(world.worlds.snapshots, params['name'] ?? ''),
  },
  {
    method: 'DELETE',
    path: '/snapshots/{name}',
    summary: 'forgets a snapshot',
    handle: ({ world, params }) => {
      const name = params['name'] ?? ''
      findSnapshot(world.worlds.snapshots, name)
      world.worlds.dropSnapshot(name)
      return { dropped: name }
    },
  },
  {
    method: 'POST',
    path: '/snapshots/{name}/restore',
    summary: 'becomes the world of a snapshot',
    handle: async ({ world, params }) => {
      const snapshot = findSnapshot(world.worlds.snapshots, params['name'] ?? '')
      world.restore(snapshot)
      await world.ready()
      return snapshotLine(params['name'] ?? '', snapshot)
    },
  },
  {
    method: 'POST',
    path: '/share',
    summary: 'the world with its secrets replaced, to pass on: as a snapshot, and as a file that `serve` plays',
    body: { note: text({ about: 'what is wrong; kept as the description', optional: true }) },
    handle: async ({ world, body }) => {
      const shared = shareWorld(world, body['note'] as string | undefined)
      return { world: shared, file: await shareFile(shared) }
    },
  },
  {
    method: 'POST',
    path: '/share/read',
    summary: 'the world or scenario that a shared file or link holds, checked and not played',
    body: { text: text({ about: 'the text of the file, or the link' }) },
    handle: ({ body, load, readSource }) => readShared(String(body['text']), load, readSource),
  },
]

function snapshotLine(name: string, snapshot: Snapshot): JsonObject {
  return { name, takenAt: snapshot.takenAt, scenario: snapshot.name, records: Object.keys(snapshot.records).length }
}

function findSnapshot(snapshots: ReadonlyMap<string, Snapshot>, name: string): Snapshot {
  const snapshot = snapshots.get(name)
  if (snapshot !== undefined) return snapshot
  const names = [...snapshots.keys()]
  const there = names.length === 0 ? 'none was saved' : `there are ${names.join(', ')}`
  throw new UnderstudyError(
    'ERR_SNAPSHOT_UNKNOWN',
    `There is no snapshot "${name}"; ${there}.${didYouMean(nearestWord(name, names))}`,
  )
}
