import type { Mutant } from '../../core/mutant.ts'
import { lockMutants } from './mutants/lock.ts'
import { refusalMutants } from './mutants/refusal.ts'
import { requestMutants } from './mutants/request.ts'
import { userMutants } from './mutants/user.ts'
import type { Settings } from './settings.ts'

/**
 * The ways in which a server plausibly gets a clause wrong. SP-X3 and SP-X14 have none: it takes a name with two
 * authenticator apps to see the one, and journeys cannot write names in capitals to see the other.
 */
export const mutants: readonly Mutant<Settings>[] = [
  ...requestMutants,
  ...userMutants,
  ...refusalMutants,
  ...lockMutants,
]
