import type { Behaviour } from './play.ts'
import { chosenFormBehaviours } from './gentics-cms.chosen-forms.suite.ts'
import { documentedBehaviours } from './gentics-cms.documented.suite.ts'
import { furtherPointBehaviours } from './gentics-cms.further-points.suite.ts'
import { observedFormBehaviours } from './gentics-cms.observed-forms.suite.ts'
import { observedPasswordBehaviours } from './gentics-cms.observed-passwords.suite.ts'
import { observedSessionBehaviours } from './gentics-cms.observed-sessions.suite.ts'
import { observedSsoBehaviours } from './gentics-cms.observed-sso.suite.ts'
import { openPointBehaviours } from './gentics-cms.open-points.suite.ts'
import { pageExampleBehaviours } from './gentics-cms.page-examples.suite.ts'
import { surroundingBehaviours } from './gentics-cms.surroundings.suite.ts'

/** Everything that Gentics CMS does, told once. */
export const genticsCmsBehaviours: readonly Behaviour[] = [
  ...documentedBehaviours,
  ...pageExampleBehaviours,
  ...chosenFormBehaviours,
  ...openPointBehaviours,
  ...furtherPointBehaviours,
  ...surroundingBehaviours,
  ...observedSessionBehaviours,
  ...observedSsoBehaviours,
  ...observedPasswordBehaviours,
  ...observedFormBehaviours,
]
