import type { Behaviour } from './play.ts'
import { contractBehaviours } from './secure-login.contract.suite.ts'
import { exampleBehaviours } from './secure-login.examples.suite.ts'
import { faultBehaviours } from './secure-login.faults.suite.ts'
import { hostBehaviours } from './secure-login.host.suite.ts'
import { openPointBehaviours } from './secure-login.open-points.suite.ts'
import { readingBehaviours } from './secure-login.readings.suite.ts'
import { surroundingBehaviours } from './secure-login.surroundings.suite.ts'

/** Everything that Secure Login does, told once. */
export const secureLoginBehaviours: readonly Behaviour[] = [
  ...contractBehaviours,
  ...exampleBehaviours,
  ...openPointBehaviours,
  ...readingBehaviours,
  ...surroundingBehaviours,
  ...faultBehaviours,
  ...hostBehaviours,
]
