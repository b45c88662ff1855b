import { list, map, object, text } from '../core/field.ts'
import { openObject } from '../core/open-object.ts'
import { fieldViewField, viewFields } from './field-view.ts'
import { route, uncheckedRoute } from './route.ts'
import { readStateChange, stateChangeFields, stateChangeQuery } from './state-change.ts'

/** The provider states of pacts. */
export const pactRoutes = [
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
