import { freshId } from './hosts/fresh-id.ts'
import { promisedWorld } from './scenario/promised-world.ts'
import { createWorldOn, type WorldOf, type WorldOptions } from './scenario/create-world.ts'
import type * as registry from './apis/registry.ts'
import { tellFailure } from './hosts/page/tell-failure.ts'
import { machineWait } from './hosts/wait.ts'
import type { ApiChoice, ChosenOf, NameAsWritten, Scenario } from './scenario/written-scenario.ts'
import type { Snapshot } from './world/snapshot.ts'

/**
 * Makes a world that plays a scenario: the name of a shipped one, or an object. In a browser there are no files.
 * A page also shows what is wrong with a scenario.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 *
 * const world = await createWorld('lockout')
 * console.log(world.secureLogin.user('tim').view().failures) // 2
 * ```
 * @since 0.1.0
 */
export function createWorld<const Apis extends ApiChoice = typeof registry, const Name extends string = string>(
  scenario?: NameAsWritten<Name> | Scenario<ChosenOf<NoInfer<Apis>>> | Snapshot,
  options: WorldOptions<Apis> = {},
): Promise<WorldOf<ChosenOf<NoInfer<Apis>>>> {
  const world = createWorldOn(
    { time: () => Date.now(), wait: machineWait, salt: () => freshId() },
    scenario === undefined ? 'default' : scenario,
    options,
  )
  world.catch(tellFailure)
  return promisedWorld(world)
}

export { UnderstudyError, type ErrorCode, type Issue } from './core/errors.ts'
export type { WorldOf, WorldOptions } from './scenario/create-world.ts'
export type { ApiSet, Scenario, ScenarioName } from './scenario/written-scenario.ts'
export type { World } from './world/world.ts'
export type { Snapshot } from './world/snapshot.ts'
export { traceTo, type TraceLine } from './world/trace.ts'
export type { RequestView, WhyView } from './world/views.ts'
