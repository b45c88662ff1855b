import { anything, choice, text } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Snapshot } from '../world/snapshot.ts'
import type { ControlRoute } from './route.ts'

/** Whole worlds: faults, reset, scenarios, snapshots, provider states. */
export const worldRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/faults',
    summary: 'the faults in force',
    handle: ({ world }) => ({ faults: world.faults.list() }),
  },
  {
    method: 'POST',
    path: '/faults',
    summary: 'puts a fault in force, written as in a scenario',
    anyBody: true,
    handle: ({ world, body }) => world.faults.add(body),
  },
  {
    method: 'DELETE',
    path: '/faults',
    summary: 'takes all faults off',
    handle: ({ world }) => ({ cleared: world.faults.clear() }),
  },
  {
    method: 'DELETE',
    path: '/faults/{id}',
    summary: 'takes one fault off',
    handle: ({ world, params }) => ({ cleared: world.faults.clear(params['id']) }),
  },
  {
    method: 'POST',
    path: '/reset',
    summary: 'starts the scenario again: records, clock, faults and journal',
    handle: ({ world }) => {
      world.reset()
      return { scenario: world.scenario.name }
    },
  },
  {
    method: 'POST',
    path: '/scenario',
    summary: 'plays another scenario: a shipped name, or a whole scenario',
    body: { scenario: anything<string>({ about: 'name of a shipped scenario, or a scenario object' }) },
    handle: async ({ world, body, load }) => {
      const setup = await load(body['scenario'] as string | Scenario)
      if (world.name === 'main') world.worlds.useScenario(setup)
      await world.startScenario(setup)
      return { scenario: setup.name, description: setup.description }
    },
  },
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
    path: '/pact/states',
    summary: 'the state-change URL of Pact verifiers: setup arranges a provider state, teardown resets',
    body: {
      state: text({ about: 'name of the provider state', default: '' }),
      action: choice(['setup', 'teardown'], { about: 'what to do', default: 'setup' }),
      params: anything<JsonObject>({ about: 'parameters of the state', optional: true }),
      consumer: text({ about: 'who asks; ignored', optional: true }),
    },
    handle: ({ world, body }) => {
      const state = String(body['state'])
      // Verifiers name no state for an interaction that needs none.
      if (body['action'] === 'setup') return state === '' ? {} : world.arrange(state, body['params'])
      world.reset()
      return {}
    },
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
