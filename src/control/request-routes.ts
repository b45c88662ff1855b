import { integer, text } from '../core/field.ts'
import { toIso } from '../core/instant.ts'
import type { RequestView } from '../world/views.ts'
import type { ControlRoute } from './route.ts'

/** The journal: what was asked and answered, and why. Secrets are masked. */
export const requestRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/requests',
    summary: 'the latest requests, oldest first',
    query: {
      limit: integer({ about: 'at most so many, the latest', default: 100, min: 1, max: 100_000 }),
      user: text({ about: 'only of this user', optional: true }),
      clause: text({ about: 'only that played this clause', optional: true }),
    },
    handle: ({ world, query }) => {
      const requests = world.latest(
        Number(query['limit']),
        ({ user, reply }) => fits(query['user'], user) && fits(query['clause'], reply.clause),
      )
      return { ...world.journal, requests }
    },
  },
  {
    method: 'GET',
    path: '/requests/{id}',
    summary: 'one request and its answer, with headers and bodies',
    handle: ({ world, params }) => world.request(params['id'] ?? ''),
  },
  {
    method: 'GET',
    path: '/requests/{id}/why',
    summary: 'why a request was answered as it was',
    handle: ({ world, params }) => world.why(params['id'] ?? ''),
  },
  {
    method: 'GET',
    path: '/changes',
    summary: 'what was changed from outside, oldest first, each with the number of requests before it',
    handle: ({ world }) => ({ changes: world.changes }),
  },
  {
    method: 'GET',
    path: '/events',
    summary: 'requests and changes as they happen, as server-sent events',
    handle: ({ world }) => ({
      events: (send) =>
        world.listen((event) => {
          if (event.kind === 'request') send('request', world.describe(event) satisfies RequestView)
          else send('change', { world: event.world, at: toIso(event.at), what: event.what })
        }),
    }),
  },
]

function fits(wanted: unknown, value: string | undefined): boolean {
  return wanted === undefined || wanted === value
}
