import { anything, list, object, text } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import type { Scenario } from '../scenario/written-scenario.ts'
import { route } from './route.ts'

/** What a world plays. */
export const scenarioRoutes = [
  route('POST /reset', {
    summary: 'starts the scenario again: records, clock, faults and journal',
    answer: object({ scenario: text({ about: 'its name' }) }, { about: 'the scenario begins' }),
    handle: ({ world }) => {
      world.reset()
      return { scenario: world.scenario.name }
    },
  }),
  route('GET /scenario', {
    summary: 'the scenario that is played as the text of a file, with what it extends',
    answer: object(
      { scenario: text({ about: 'its name' }), text: text({ about: 'it in YAML' }) },
      { about: 'what is played' },
    ),
    handle: async ({ world }) => {
      const { toYaml } = await import('../scenario/to-yaml.ts')
      const { name, source } = world.scenario
      return { scenario: name, text: await toYaml(source, { lineWidth: 120 }) }
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
      await world.undo.record(() => {
        if (world.name === 'main') world.worlds.useScenario(setup)
        return world.startScenario(setup)
      })
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
]
