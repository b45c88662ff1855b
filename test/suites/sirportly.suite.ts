import type { Behaviour } from './play.ts'
import { choiceBehaviours } from './sirportly.choices.suite.ts'
import { contractBehaviours } from './sirportly.contract.suite.ts'
import { gapBehaviours } from './sirportly.gaps.suite.ts'
import { openPointBehaviours } from './sirportly.open-points.suite.ts'
import { pageBehaviours } from './sirportly.page.suite.ts'
import { refusalBehaviours } from './sirportly.refusals.suite.ts'
import { surroundingBehaviours } from './sirportly.surroundings.suite.ts'

/** Everything that Sirportly does, told once. */
export const sirportlyBehaviours: readonly Behaviour[] = [
  ...contractBehaviours,
  ...refusalBehaviours,
  ...pageBehaviours,
  ...openPointBehaviours,
  ...choiceBehaviours,
  ...gapBehaviours,
  ...surroundingBehaviours,
]
