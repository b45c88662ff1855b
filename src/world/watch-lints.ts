import { loadLints } from './linter.ts'
import { viewLint, type LintView } from './views.ts'
import type { World } from './world.ts'

/**
 * Tells of each request that a world, or another of its scenario, answers from now on, what its client did against the
 * rules of the APIs. Worlds may be dropped meanwhile: what was told is told.
 */
export async function watchLints(world: World, tell: (lint: LintView) => void): Promise<void> {
  const table = await loadLints(world.worlds.apis)
  world.worlds.watch((each) => {
    const lintsOf = each.lintBy(table)
    each.listen((event) => {
      if (event.kind === 'request') for (const lint of lintsOf(event)) tell(viewLint(event.entry, lint))
    })
  })
}
