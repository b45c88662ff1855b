import { inSteps, mutantsOf } from '../../../core/bend.ts'
import type { Mutant } from '../../../core/mutant.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'

const mutant = mutantsOf<Settings>('secure-login')

/** What goes wrong with `/info`. */
export const infoMutants: readonly Mutant<Settings>[] = [
  mutant(
    'SL-U1',
    'info',
    '/info answers 401 without a session',
    inSteps(['info'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      return outcome.user === undefined ? { ...outcome, reply: replies.noSession } : outcome
    }),
  ),
]
