import type { AnyApi } from '../core/api.ts'
import { anything, flag, list, object, text } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { openObject } from '../core/open-object.ts'
import { findUser, type FoundUser } from '../world/find-user.ts'
import { stepField } from '../world/sequence.ts'
import type { World } from '../world/world.ts'
import { route, uncheckedRoute } from './route.ts'
import { apiField, shownApi, shownUser, userField, userFields, type ShownUser } from './views.ts'

const api = text({ about: 'the id of an API' })
const username = text({ about: 'the name of a user' })

const codeField = openObject(
  { ...userFields, code: text({ about: 'the code that an authenticator app would show now' }) },
  { about: 'a user, with the code that an authenticator app would show now' },
)

/** Users and settings. Bodies are checked by the API that they are for. */
export const userRoutes = [
  route('GET /users/{username}', {
    summary: 'one user, whichever API has it, with the code that an authenticator app would show now',
    params: { username },
    answer: codeField,
    handle: ({ world, params }) => withCode(world, findUser(world.apis, params.username)),
  }),
  uncheckedRoute('PUT /users/{username}', {
    summary: 'forces a state or other facts on a user, whichever API has it and knows them, at once',
    params: { username },
    body: (one: AnyApi) => one.userChange,
    answer: userField,
    handle: ({ world, params, body }) => {
      const found = findUser(world.apis, params.username, body)
      return shownUser(found.api.id, found.user.set(body), world.clock.now)
    },
  }),
  route('GET /users/{api}/{username}', {
    summary: 'one user, with the code that an authenticator app would show now',
    params: { api, username },
    answer: codeField,
    handle: ({ world, params }) => withCode(world, userOf(world, params)),
  }),
  route('GET /users/{api}/{username}/sequence', {
    summary: 'what one user did and met, oldest first: requests with the states around them, and changes from outside',
    params: { api, username },
    answer: openObject(
      { ...userFields, steps: list(stepField, { about: 'requests and changes, oldest first' }) },
      { about: 'a user, with what it did and met' },
    ),
    handle: ({ world, params }) => {
      const found = userOf(world, params)
      return { ...shown(world, found), steps: found.user.sequence() }
    },
  }),
  uncheckedRoute('PUT /users/{api}/{username}', {
    summary: 'forces a state or other facts on a user, at once',
    params: { api, username },
    body: (one: AnyApi) => one.userChange,
    answer: userField,
    handle: ({ world, params, body }) => {
      const found = userOf(world, params)
      return shownUser(found.api.id, found.user.set(body), world.clock.now)
    },
  }),
  route('PUT /users', {
    summary: 'forces a state or other facts on several users at once: on all of them, or on none',
    body: {
      api: text({ about: 'the id of an API; found by each username if left out', optional: true }),
      users: list(username, { about: 'the usernames' }),
      change: anything<JsonObject>({ about: 'as for one of them' }),
    },
    answer: object({ users: list(userField, { about: 'them, after it' }) }, { about: 'those who were changed' }),
    handle: ({ world, body: { api: id, users, change } }) => {
      const found = users.map((name) =>
        id === undefined ? findUser(world.apis, name, change) : userOf(world, { api: id, username: name }),
      )
      for (const { user } of found) user.check(change)
      return { users: found.map((each) => shownUser(each.api.id, each.user.set(change), world.clock.now)) }
    },
  }),
  route('POST /users', {
    summary: 'further users, all of them or none, until the scenario is started again',
    body: {
      api,
      users: list(anything<JsonObject>({ about: 'a user as a scenario writes one, with its username' }), {
        about: 'the users',
      }),
      preview: flag({ about: 'only says who would come, or what is wrong', default: false }),
    },
    answer: object({ users: list(userField, { about: 'those who came, or would' }) }, { about: 'who came' }),
    handle: async ({ world, body: { api: id, users, preview } }) => {
      const found = world.api(id)
      const come = await found.add(users, { preview })
      return { users: come.map((view) => shownUser(found.id, view, world.clock.now)) }
    },
  }),
  route('POST /users/{api}/{username}/clone', {
    summary: 'another user who is the same but for the username and the id',
    params: { api, username },
    body: { username: text({ about: 'the username of the other' }) },
    answer: userField,
    handle: async ({ world, params, body }) => {
      const found = userOf(world, params)
      return shownUser(found.api.id, await found.user.clone(body.username), world.clock.now)
    },
  }),
  route('DELETE /users/{api}/{username}', {
    summary: 'takes a user away, until the scenario is started again',
    params: { api, username },
    answer: userField,
    handle: ({ world, params }) => {
      const found = userOf(world, params)
      const gone = shown(world, found)
      found.user.remove()
      return gone
    },
  }),
  uncheckedRoute('PATCH /apis/{api}', {
    summary: 'changes settings of an API, at once',
    params: { api },
    body: (one: AnyApi) => one.settings,
    answer: apiField,
    handle: ({ world, params, body }) => {
      const changed = world.api(params.api)
      changed.set(body)
      return shownApi(changed)
    },
  }),
]

function userOf(world: World, params: { readonly api: string; readonly username: string }): FoundUser {
  const found = world.api(params.api)
  return { api: found, user: found.user(params.username) }
}

function shown(world: World, found: FoundUser): ShownUser {
  return shownUser(found.api.id, found.user.view(), world.clock.now)
}

async function withCode(world: World, found: FoundUser): Promise<ShownUser & { readonly code: string }> {
  return { ...shown(world, found), code: await found.user.code() }
}
