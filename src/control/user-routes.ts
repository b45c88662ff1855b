import type { AnyApi } from '../core/api.ts'
import type { World } from '../world/world.ts'
import type { ControlCall, ControlRoute } from './route.ts'
import { apiJson, shownUser } from './views.ts'

/** Users and settings. Bodies are checked by the API that they are for. */
export const userRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/users/{api}/{username}',
    summary: 'one user, with the code that an authenticator app would show now',
    handle: async (call) => {
      const { api, user } = find(call)
      return { ...shownUser(api.id, user.view(), call.world.clock.now), code: await user.code() }
    },
  },
  {
    method: 'GET',
    path: '/users/{api}/{username}/sequence',
    summary: 'what one user did and met, oldest first: requests with the states around them, and changes from outside',
    handle: (call) => {
      const { api, user } = find(call)
      return { ...shownUser(api.id, user.view(), call.world.clock.now), steps: user.sequence() }
    },
  },
  {
    method: 'PUT',
    path: '/users/{api}/{username}',
    summary: 'forces a state or other facts on a user, at once',
    anyBody: true,
    handle: (call) => {
      const { api, user } = find(call)
      return shownUser(api.id, user.set(call.body), call.world.clock.now)
    },
  },
  {
    method: 'PATCH',
    path: '/apis/{api}',
    summary: 'changes settings of an API, at once',
    anyBody: true,
    handle: ({ world, params, body }) => {
      const handle = world.api(params['api'] ?? '')
      handle.set(body)
      return apiJson(world, world.playing.find((api) => api.id === handle.id) as AnyApi)
    },
  },
]

function find({ world, params }: ControlCall): {
  api: ReturnType<World['api']>
  user: ReturnType<ReturnType<World['api']>['user']>
} {
  const api = world.api(params['api'] ?? '')
  return { api, user: api.user(params['username'] ?? '') }
}
