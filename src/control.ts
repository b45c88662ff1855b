import { ControlClient, type ControlClientOptions } from './control/client.ts'

/**
 * A client of the control API of a running server: everything about its worlds that can be seen and changed.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { createControlClient } from 'auth-understudy/control'
 * import { listen } from 'auth-understudy/node'
 *
 * const server = await listen(await createWorld())
 * const control = createControlClient(server)
 * const body = { state: 'blocked', for: '30m' }
 * const bob = await control.request('PUT /users/{username}', { params: { username: 'bob' }, body })
 * console.log(bob.state, bob.remaining) // blocked 30m
 * await server.close()
 * ```
 * @since 0.1.0
 */
export function createControlClient(
  options: Omit<ControlClientOptions, 'fetch'> & Partial<Pick<ControlClientOptions, 'fetch'>>,
): ControlClient {
  // Looked up at each call: MSW and fake timers replace it after clients were made.
  return new ControlClient({ fetch: (url, init) => globalThis.fetch(url, init), ...options })
}

export { ControlError } from './control/control-error.ts'
export type {
  ControlAnswer,
  ControlAsked,
  ControlClient,
  ControlClientOptions,
  ControlRequest,
} from './control/client.ts'
export type { ControlEvent } from './control/request-routes.ts'
