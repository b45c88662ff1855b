import { createNodeWorld } from './hosts/node-world.ts'
import type { ApiSet, WorldOf, WorldOptions } from './scenario/create-world.ts'
import type * as registry from './apis/registry.ts'
import type { Scenario } from './scenario/scenario.ts'

/**
 * Makes a world that plays a scenario: the name of a shipped one (`'lockout'`), a file's path, or an object. With
 * UNDERSTUDY_TRACE in the environment, it leaves a trace there. Throws an {@link UnderstudyError} with code
 * ERR_SCENARIO_UNKNOWN or ERR_SCENARIO_INVALID.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 *
 * const world = await createWorld({ 'secure-login': { users: { bob: { state: 'blocked', until: '+30m' } } } })
 * console.log(world.secureLogin.user('bob').view().state) // blocked
 * world.clock.advance('31m')
 * console.log(world.secureLogin.user('bob').view().state) // enter
 * ```
 * @since 0.1.0
 */
export function createWorld<Apis extends ApiSet = typeof registry>(
  scenario: string | Scenario = 'default',
  options: WorldOptions<Apis> = {},
): Promise<WorldOf<Apis>> {
  return createNodeWorld(scenario, options)
}

export { UnderstudyError, type ErrorCode, type Issue } from './core/errors.ts'
export type { WorldOf, WorldOptions } from './scenario/create-world.ts'
export type { Scenario } from './scenario/scenario.ts'
export type { World } from './world/world.ts'
export type { Snapshot } from './world/snapshot.ts'
export { traceTo, type TraceLine } from './world/trace.ts'
export type { RequestView, WhyView } from './world/views.ts'
