import type { AnyApi } from '../core/api.ts'
import { list, text } from '../core/field.ts'
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
