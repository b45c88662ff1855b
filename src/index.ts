import { createNodeWorld } from './hosts/node-world.ts'
import { promisedWorld } from './scenario/promised-world.ts'
import type { WorldOf, WorldOptions } from './scenario/create-world.ts'
import type * as registry from './apis/registry.ts'
import type { ApiChoice, ChosenOf, NameAsWritten, Scenario } from './scenario/written-scenario.ts'
import type { Snapshot } from './world/snapshot.ts'

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
export function createWorld<const Apis extends ApiChoice = typeof registry, const Name extends string = string>(
  scenario?: NameAsWritten<Name> | Scenario<ChosenOf<NoInfer<Apis>>> | Snapshot,
  options: WorldOptions<Apis> = {},
): Promise<WorldOf<ChosenOf<NoInfer<Apis>>>> {
  return promisedWorld(createNodeWorld(scenario === undefined ? 'default' : scenario, options))
}

export { UnderstudyError, type ErrorCode, type Issue } from './core/errors.ts'
export type { WorldOf, WorldOptions } from './scenario/create-world.ts'
export type { ApiSet, Scenario, ScenarioName } from './scenario/written-scenario.ts'
export type { World } from './world/world.ts'
export type { Snapshot } from './world/snapshot.ts'
export { traceTo, type TraceLine } from './world/trace.ts'
export type { RequestView, WhyView } from './world/views.ts'
