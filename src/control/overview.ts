import { integer, text } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { version } from '../core/version.ts'
import type { ControlRoute } from './route.ts'
import { describeApi } from './describe.ts'
import { apiJson, sessionJson, shownUser } from './views.ts'

const size = { limit: integer({ about: 'at most so many', default: 100, min: 1, max: 10_000 }) }

/** What there is: the server, its worlds, users and sessions. */
export const overviewRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'whether the server runs; answered without a token',
    open: true,
    handle: () => ({ status: 'ok' }),
  },
  {
    method: 'GET',
    path: '/version',
    summary: 'name and version of the server',
    handle: () => ({ name: 'auth-understudy', version }),
  },
  {
    method: 'GET',
    path: '/state',
    summary: 'the world: scenario, clock, APIs with their settings, faults and counts',
    handle: ({ world }) => ({
      world: world.name,
      worlds: { names: world.worlds.names(), evicted: world.worlds.evicted, limit: world.worlds.limit },
      scenario: { name: world.scenario.name, description: world.scenario.description, seed: world.scenario.seed },
      clock: world.clock.view(),
      apis: world.playing.map((api) => apiJson(world, api)),
      faults: world.faults.list() as unknown as JsonObject[],
      users: world.apis.reduce((sum, api) => sum + api.users({ limit: 0 }).total, 0),
      sessions: world.apis.reduce((sum, api) => sum + api.sessions(0).total, 0),
      sessionCap: world.sessionCap,
      snapshots: { count: world.worlds.snapshots.size, evicted: world.worlds.snapshotsEvicted },
      requests: world.journal,
    }),
  },
  {
    method: 'GET',
    path: '/apis',
    summary: 'the APIs with their settings, and what settings, states and operations they have',
    handle: ({ world }) => ({
      apis: world.playing.map((api) => ({ ...apiJson(world, api), fields: describeApi(api) })),
    }),
  },
  {
    method: 'GET',
    path: '/users',
    summary: 'the users with their states as requests would meet them now',
    query: {
      ...size,
      api: text({ about: 'only of this API', optional: true }),
      search: text({ about: 'only whose username has this in it', optional: true }),
      after: text({ about: 'the last username of the page before', optional: true }),
    },
    handle: ({ world, query }) => {
      const { now } = world.clock
      const apis = query['api'] === undefined ? world.apis : [world.api(String(query['api']))]
      const { after, search } = query as { readonly after?: string; readonly search?: string }
      const page = {
        limit: Number(query['limit']),
        ...(after === undefined ? {} : { after }),
        ...(search === undefined ? {} : { search }),
      }
      const pages = apis.map((api) => ({ api, ...api.users(page) }))
      return {
        total: pages.reduce((sum, { total }) => sum + total, 0),
        users: pages.flatMap(({ api, items }) => items.map((view) => shownUser(api.id, view, now))),
      }
    },
  },
  {
    method: 'GET',
    path: '/sessions',
    summary: 'the sessions, their ids shortened',
    query: size,
    handle: ({ world, query }) => {
      const { now } = world.clock
      const pages = world.apis.map((api) => ({ api, ...api.sessions(Number(query['limit'])) }))
      return {
        total: pages.reduce((sum, { total }) => sum + total, 0),
        sessions: pages.flatMap(({ api, items }) => items.map((view) => sessionJson(api.id, view, now))),
      }
    },
  },
]
