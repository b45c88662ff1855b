import type { Mutant } from '../../core/mutant.ts'
import { replyMutants } from '../../core/reply-mutants.ts'
import { examples } from './mutants/examples.ts'
import { lockMutants } from './mutants/lock.ts'
import { refusalMutants } from './mutants/refusal.ts'
import { requestMutants } from './mutants/request.ts'
import { userMutants } from './mutants/user.ts'
import type { Settings } from './settings.ts'

/**
 * The ways in which a server plausibly gets a clause wrong. By hand are those that bend what it does, or are sly; those
 * that only tell an answer otherwise are made of its answers. Nobody would notice one of SP-X3 and SP-X14: it takes a name
 * with two authenticator apps to see the one, and journeys cannot write names in capitals to see the other.
 */
export const mutants: readonly Mutant<Settings>[] = [
  ...requestMutants,
  ...userMutants,
  ...refusalMutants,
  ...lockMutants,
  ...replyMutants('sirportly', examples),
]
