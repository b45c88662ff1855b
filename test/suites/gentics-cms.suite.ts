import type { Behaviour } from './play.ts'
import { documentedBehaviours } from './gentics-cms.documented.suite.ts'
import { furtherPointBehaviours } from './gentics-cms.further-points.suite.ts'
import { observedBehaviours } from './gentics-cms.observed.suite.ts'
import { openPointBehaviours } from './gentics-cms.open-points.suite.ts'
import { surroundingBehaviours } from './gentics-cms.surroundings.suite.ts'

/** Everything that Gentics CMS does, told once. */
export const genticsCmsBehaviours: readonly Behaviour[] = [
  ...documentedBehaviours,
  ...observedBehaviours,
  ...openPointBehaviours,
  ...furtherPointBehaviours,
  ...surroundingBehaviours,
]
