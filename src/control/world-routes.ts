import { anything } from '../core/field.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import type { WrittenFault } from '../world/written-fault.ts'
import type { ScenarioData } from '../scenario/scenario.ts'
import type { Worlds } from '../world/worlds.ts'
import { describeFields } from './describe.ts'
import type { ControlRoute } from './route.ts'
import { readStateChange, stateChangeFields, stateChangeQuery } from './state-change.ts'

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
    handle: ({ world, body }) => world.faults.add(body as WrittenFault),
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
    summary: 'plays another scenario: a shipped name, a whole scenario, a snapshot, or a link that holds one',
    body: {
      scenario: anything<string>({ about: 'name of a shipped scenario, a scenario or snapshot object, or a link' }),
    },
    handle: async ({ world, body, load }) => {
      const setup = await load(body['scenario'] as string | ScenarioData)
      if (world.name === 'main') world.worlds.useScenario(setup)
      await world.startScenario(setup)
      return { scenario: setup.name, description: setup.description }
    },
  },
  {
    method: 'GET',
    path: '/scenarios',
    summary: 'the scenarios that come with the package',
    handle: async ({ world }) => {
      const { shipped } = await import('../scenario/shipped.ts')
      const scenarios = Object.entries(shipped).map(([name, { description }]) => ({ name, description }))
      return { playing: world.scenario.name, scenarios }
    },
  },
  {
    method: 'GET',
    path: '/worlds',
    summary: 'the worlds there are, main first',
    handle: ({ world }) => ({
      limit: world.worlds.limit,
      evicted: world.worlds.evicted,
      worlds: world.worlds.all().map((each) => ({
        name: each.name,
        scenario: each.scenario.name,
        now: each.clock.view().now,
        requests: each.journal.total,
      })),
    }),
  },
  {
    method: 'DELETE',
    path: '/worlds/{name}',
    summary: 'forgets a world; when next asked for it starts anew',
    handle: ({ world, params }) => {
      dropWorld(world.worlds, params['name'] ?? '')
      return { dropped: params['name'] ?? '' }
    },
  },
  {
    method: 'GET',
    path: '/pact/states',
    summary: 'the provider states that can be arranged',
    handle: ({ world }) => ({
      states: world.worlds.apis.flatMap((api) =>
        Object.entries(api.providerStates).map(([name, { about, params }]) => ({
          name,
          api: api.id,
          about,
          params: describeFields(params),
        })),
      ),
    }),
  },
  {
    method: 'POST',
    path: '/pact/states',
    summary: 'the state-change URL of Pact verifiers: setup arranges provider states, teardown resets',
    body: stateChangeFields,
    query: stateChangeQuery,
    unchecked: true,
    handle: ({ world, body, query }) => {
      const { action, states, neverTearsDown } = readStateChange(body, query, world.worlds.apis)
      if (action === 'setup') {
        // Where nobody tears down, requests since the start are those of the interaction before.
        return world.arrangeAll(states, neverTearsDown && world.journal.total > 0 ? 'start' : 'here')
      }
      world.reset()
      return {}
    },
  },
]

function dropWorld(worlds: Worlds, name: string): void {
  const names = worlds.names()
  if (name === names[0]) {
    const message = `World ${name} is what requests meet that name none; it can be started again, not dropped.`
    throw new UnderstudyError('ERR_CHANGE_INVALID', message)
  }
  if (worlds.drop(name)) return
  throw new UnderstudyError(
    'ERR_WORLD_UNKNOWN',
    `There is no world "${name}"; there are ${names.join(', ')}.${didYouMean(nearestWord(name, names))}`,
  )
}
