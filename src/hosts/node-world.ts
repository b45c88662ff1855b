import { createWorldOn, type ApiSet, type WorldOf, type WorldOptions } from '../scenario/create-world.ts'
import type * as registry from '../apis/registry.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { nodeHost } from './node-host.ts'

/** Makes a world in this process, traced where the environment says so. */
export async function createNodeWorld<Apis extends ApiSet = typeof registry>(
  scenario: string | Scenario,
  options: WorldOptions<Apis> = {},
): Promise<WorldOf<Apis>> {
  const world = await createWorldOn(nodeHost(process.cwd()), scenario, options)
  const { env } = process
  // Not loaded by those who trace nothing.
  if (env['UNDERSTUDY_TRACE']) await (await import('./trace-file.ts')).traceIfAsked(world, env, process.cwd())
  return world
}
