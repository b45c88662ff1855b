import { choice, flag, integer, list, object, text } from '../core/field.ts'
import { openObject } from '../core/open-object.ts'
import { version } from '../core/version.ts'
import { findPeople } from '../world/find-people.ts'
import { findUsers } from '../world/find-users.ts'
import { userFilterFields } from '../world/user-search.ts'
import { clockField } from '../world/world-clock.ts'
import { faultViewField } from '../world/world-faults.ts'
import type { Worlds } from '../world/worlds.ts'
import { countsOfRequests } from './counts.ts'
import { describeApi, describedField } from './describe.ts'
import { route } from './route.ts'
import { apiField, apiFields, sessionField, shownApi, shownSession, shownUser, userFields } from './views.ts'

const size = { limit: integer({ about: 'at most so many of each API', default: 100, min: 1, max: 10_000 }) }

const listedUser = openObject(
  {
    ...userFields,
    sessions: integer({ about: 'how many sessions of the user are alive' }),
    person: text({
      about: 'the name under which other APIs have the same person, if that is asked for',
      optional: true,
    }),
  },
  { about: 'a user, with what one signs in with and other facts of the API', named: 'ListedUser' },
)

/** What there is: the server, its worlds, users and sessions. */
export const overviewRoutes = [
  route('GET /health', {
    summary: 'whether the server runs; answered without a token',
    open: true,
    answer: object({ status: choice(['ok'], { about: 'that it does' }) }, { about: 'the server runs' }),
    handle: () => ({ status: 'ok' }),
  }),
  route('GET /version', {
    summary: 'name and version of the server',
    answer: object(
      { name: text({ about: 'auth-understudy' }), version: text({ about: 'of the package' }) },
      { about: 'name and version' },
    ),
    handle: () => ({ name: 'auth-understudy', version }),
  }),
  route('GET /state', {
    summary: 'the world: scenario, clock, APIs with their settings, faults and counts',
    answer: object(
      {
        world: text({ about: 'its name' }),
        worlds: object(
          {
            names: list(text({ about: 'a name' }), { about: 'the worlds there are, main first' }),
            evicted: integer({ about: 'how many had to go' }),
            limit: integer({ about: 'how many are kept beside main' }),
          },
          { about: 'all worlds' },
        ),
        scenario: object(
          {
            name: text({ about: 'its name' }),
            description: text({ about: 'what it is for' }),
            seed: integer({ about: 'what is left blank is made up by it' }),
          },
          { about: 'what is played' },
        ),
        clock: clockField,
        apis: list(apiField, { about: 'the APIs' }),
        faults: list(faultViewField, { about: 'the faults in force' }),
        users: integer({ about: 'how many users there are' }),
        sessions: integer({ about: 'how many sessions there are' }),
        sessionCap: object(
          {
            evicted: integer({ about: 'how many had to go' }),
            limit: integer({ about: 'how many an API may have' }),
          },
          { about: 'how many sessions are kept' },
        ),
        snapshots: object(
          {
            count: integer({ about: 'how many there are' }),
            evicted: integer({ about: 'how many had to go; not known of a store that is shared', optional: true }),
          },
          { about: 'the snapshots that were saved' },
        ),
        requests: object(countsOfRequests, { about: 'the requests' }),
      },
      { about: 'the world' },
    ),
    handle: ({ world }) => ({
      world: world.name,
      worlds: { names: world.worlds.names(), evicted: world.worlds.evicted, limit: world.worlds.limit },
      scenario: { name: world.scenario.name, description: world.scenario.description, seed: world.scenario.seed },
      clock: world.clock.view(),
      apis: world.playing.map((api) => shownApi(world.api(api.id))),
      faults: world.faults.list(),
      users: world.apis.reduce((sum, api) => sum + api.users({ limit: 0 }).total, 0),
      sessions: world.apis.reduce((sum, api) => sum + api.sessions(0).total, 0),
      sessionCap: world.sessionCap,
      snapshots: snapshotCounts(world.worlds),
      requests: world.journal,
    }),
  }),
  route('GET /apis', {
    summary: 'the APIs with their settings, and what settings, states and operations they have',
    answer: object(
      { apis: list(object({ ...apiFields, fields: describedField }, { about: 'an API' }), { about: 'the APIs' }) },
      { about: 'the APIs' },
    ),
    handle: ({ world }) => ({
      apis: world.playing.map((api) => ({ ...shownApi(world.api(api.id)), fields: describeApi(api) })),
    }),
  }),
  route('GET /users', {
    summary: 'the users with their states as requests would meet them now',
    query: {
      ...size,
      api: text({ about: 'only of this API', optional: true }),
      ...userFilterFields,
      after: text({ about: 'the last username of the page before', optional: true }),
      people: flag({
        about: 'with each also the users of the same name in other APIs, who are one person',
        default: false,
      }),
    },
    answer: object(
      {
        total: integer({ about: 'how many there are in all, of those that are meant' }),
        unseen: integer({
          about: 'how many of a large crowd, whom nobody touched, were not looked at',
          optional: true,
        }),
        more: list(text({ about: 'the id of an API' }), { about: 'which APIs have more of them', optional: true }),
        users: list(listedUser, { about: 'so many of them' }),
      },
      { about: 'users' },
    ),
    handle: ({ world, query: { api: only, people, ...page } }) => {
      const { now } = world.clock
      const found = findUsers(only === undefined ? world.apis : [world.api(only)], page)
      const unseen = found.reduce((sum, each) => sum + each.unseen, 0)
      const more = found.filter(({ total, items }) => total > items.length).map(({ api }) => api.id)
      return {
        total: found.reduce((sum, { total }) => sum + total, 0),
        ...(unseen === 0 ? {} : { unseen }),
        ...(more.length === 0 ? {} : { more }),
        users: (people ? findPeople(world.apis, found) : found).flatMap(({ api, items, ...of }) => {
          const open = api.openSessions(items.map(({ username }) => username))
          const names: ReadonlyMap<string, string> = 'people' in of ? of.people : new Map()
          return items.map((view) => {
            const person = names.get(view.username)
            const sessions = open.get(view.username) ?? 0
            return { ...shownUser(api.id, view, now), sessions, ...(person === undefined ? {} : { person }) }
          })
        }),
      }
    },
  }),
  route('GET /sessions', {
    summary: 'the sessions, their ids shortened',
    query: size,
    answer: object(
      {
        total: integer({ about: 'how many there are in all' }),
        sessions: list(sessionField, { about: 'so many of them, oldest first' }),
      },
      { about: 'sessions' },
    ),
    handle: ({ world, query: { limit } }) => {
      const { now } = world.clock
      const pages = world.apis.map((api) => ({ api, ...api.sessions(limit) }))
      return {
        total: pages.reduce((sum, { total }) => sum + total, 0),
        sessions: pages.flatMap(({ api, items }) => items.map((view) => shownSession(api.id, view, now))),
      }
    },
  }),
]

function snapshotCounts({ snapshots, snapshotsEvicted }: Worlds): {
  readonly count: number
  readonly evicted?: number
} {
  return { count: snapshots.size, ...(snapshotsEvicted === undefined ? {} : { evicted: snapshotsEvicted }) }
}
