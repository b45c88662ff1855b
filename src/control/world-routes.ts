import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { anything, integer, list, map, object, text } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { openObject } from '../core/open-object.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { faultFields } from '../world/fault-field.ts'
import { faultViewField } from '../world/world-faults.ts'
import type { Worlds } from '../world/worlds.ts'
import { fieldViewField, viewFields } from './field-view.ts'
import { route, uncheckedRoute } from './route.ts'
import { readStateChange, stateChangeFields, stateChangeQuery } from './state-change.ts'

const clearedField = object({ cleared: integer({ about: 'how many there were' }) }, { about: 'the faults are off' })

/** Whole worlds: faults, reset, scenarios, snapshots, provider states. */
export const worldRoutes = [
  route('GET /faults', {
    summary: 'the faults in force',
    answer: object({ faults: list(faultViewField, { about: 'the faults' }) }, { about: 'the faults in force' }),
    handle: ({ world }) => ({ faults: world.faults.list() }),
  }),
  uncheckedRoute('POST /faults', {
    summary: 'puts a fault in force, written as in a scenario',
    body: faultFields,
    answer: faultViewField,
    handle: ({ world, body }) => world.faults.add(body),
  }),
  route('DELETE /faults', {
    summary: 'takes all faults off',
    answer: clearedField,
    handle: ({ world }) => ({ cleared: world.faults.clear() }),
  }),
  route('DELETE /faults/{id}', {
    summary: 'takes one fault off',
    params: { id: text({ about: 'the id of a fault, such as f1' }) },
    answer: clearedField,
    handle: ({ world, params }) => ({ cleared: world.faults.clear(params.id) }),
  }),
  route('POST /reset', {
    summary: 'starts the scenario again: records, clock, faults and journal',
    answer: object({ scenario: text({ about: 'its name' }) }, { about: 'the scenario begins' }),
    handle: ({ world }) => {
      world.reset()
      return { scenario: world.scenario.name }
    },
  }),
  route('POST /scenario', {
    summary: 'plays another scenario: a shipped name, a whole scenario, a snapshot, or a link that holds one',
    body: {
      scenario: anything<string | JsonObject, string | Scenario>({
        about: 'name of a shipped scenario, a scenario or snapshot object, or a link',
      }),
    },
    answer: object(
      { scenario: text({ about: 'its name' }), description: text({ about: 'what it is for' }) },
      { about: 'the scenario begins' },
    ),
    handle: async ({ world, body, load }) => {
      const setup = await load(body.scenario)
      if (world.name === 'main') world.worlds.useScenario(setup)
      await world.startScenario(setup)
      return { scenario: setup.name, description: setup.description }
    },
  }),
  route('GET /scenarios', {
    summary: 'the scenarios that come with the package',
    answer: object(
      {
        playing: text({ about: 'the name of the one that is played' }),
        scenarios: list(
          object(
            { name: text({ about: 'its name' }), description: text({ about: 'what it is for' }) },
            { about: 'a scenario' },
          ),
          { about: 'those that are shipped' },
        ),
      },
      { about: 'scenarios' },
    ),
    handle: async ({ world }) => {
      const { shipped } = await import('../scenario/shipped.ts')
      const scenarios = Object.entries(shipped).map(([name, { description }]) => ({
        name,
        description: String(description),
      }))
      return { playing: world.scenario.name, scenarios }
    },
  }),
  route('GET /worlds', {
    summary: 'the worlds there are, main first',
    answer: object(
      {
        limit: integer({ about: 'how many are kept beside main' }),
        evicted: integer({ about: 'how many had to go' }),
        worlds: list(
          object(
            {
              name: text({ about: 'its name' }),
              scenario: text({ about: 'what it plays' }),
              now: text({ about: "its server's time" }),
              requests: integer({ about: 'how many requests it saw' }),
            },
            { about: 'a world' },
          ),
          { about: 'the worlds' },
        ),
      },
      { about: 'worlds' },
    ),
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
  }),
  route('DELETE /worlds/{name}', {
    summary: 'forgets a world; when next asked for it starts anew',
    params: { name: text({ about: 'the name of a world' }) },
    answer: object({ dropped: text({ about: 'its name' }) }, { about: 'what was forgotten' }),
    handle: ({ world, params }) => {
      dropWorld(world.worlds, params.name)
      return { dropped: params.name }
    },
  }),
  route('GET /pact/states', {
    summary: 'the provider states that can be arranged',
    answer: object(
      {
        states: list(
          object(
            {
              name: text({ about: 'its name' }),
              api: text({ about: 'whose it is' }),
              about: text({ about: 'what is arranged' }),
              params: map(fieldViewField, { about: 'its parameters' }),
            },
            { about: 'a provider state' },
          ),
          { about: 'the states' },
        ),
      },
      { about: 'provider states' },
    ),
    handle: ({ world }) => ({
      states: world.worlds.apis.flatMap((api) =>
        Object.entries(api.providerStates).map(([name, { about, params }]) => ({
          name,
          api: api.id,
          about,
          params: viewFields(params),
        })),
      ),
    }),
  }),
  uncheckedRoute('POST /pact/states', {
    summary: 'the state-change URL of Pact verifiers: setup arranges provider states, teardown resets',
    body: stateChangeFields,
    query: stateChangeQuery,
    answer: openObject({}, { about: 'values that requests need, such as session' }),
    handle: ({ world, body, query }) => {
      const { action, states, neverTearsDown } = readStateChange(body, query, world.worlds.apis)
      if (action === 'setup') {
        // Where nobody tears down, requests since the start are those of the interaction before.
        return world.arrangeAll(states, neverTearsDown && world.journal.total > 0 ? 'start' : 'here')
      }
      world.reset()
      return {}
    },
  }),
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
