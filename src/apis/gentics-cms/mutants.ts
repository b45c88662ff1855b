import type { Mutant } from '../../core/mutant.ts'
import { answerMutants } from './mutants/answer.ts'
import { loginMutants } from './mutants/login.ts'
import { logoutMutants } from './mutants/logout.ts'
import { passwordMutants } from './mutants/password.ts'
import { sessionMutants } from './mutants/session.ts'
import { ssoMutants } from './mutants/sso.ts'
import type { Settings } from './settings.ts'

/**
 * The ways in which a server plausibly gets a clause wrong. GC-X4 has none, as an instant cannot be hit over a network,
 * nor has GC-X18, which promises nothing.
 */
export const mutants: readonly Mutant<Settings>[] = [
  ...answerMutants,
  ...loginMutants,
  ...ssoMutants,
  ...sessionMutants,
  ...logoutMutants,
  ...passwordMutants,
]
