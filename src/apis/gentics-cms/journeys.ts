import type { Journey } from '../../core/journey.ts'
import { furtherJourneys } from './further-journeys.ts'
import { observedFormJourneys } from './observed/form-journeys.ts'
import { observedJourneys } from './observed/journeys.ts'
import { loginJourneys } from './login-journeys.ts'
import { sessionJourneys } from './session-journeys.ts'

/** What the contract says. Each journey leaves its accounts as it found them, but for sessions that grow old. */
export const journeys: readonly Journey[] = [
  ...loginJourneys,
  ...sessionJourneys,
  ...furtherJourneys,
  ...observedJourneys,
  ...observedFormJourneys,
]
