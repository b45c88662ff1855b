import type { Mutant } from '../../core/mutant.ts'
import { replyMutants } from '../../core/reply-mutants.ts'
import { answerMutants } from './mutants/answer.ts'
import { examples } from './mutants/examples.ts'
import { loginMutants } from './mutants/login.ts'
import { logoutMutants } from './mutants/logout.ts'
import { passwordMutants } from './mutants/password.ts'
import { sessionMutants } from './mutants/session.ts'
import { ssoMutants } from './mutants/sso.ts'
import type { Settings } from './settings.ts'

/**
 * The ways in which a server plausibly gets a clause wrong. By hand are those that bend what it does, or are sly; those
 * that only tell an answer otherwise are made of its answers. Nobody would notice one of GC-X4, as an instant cannot be hit
 * over a network, and GC-X18, which promises nothing.
 */
export const mutants: readonly Mutant<Settings>[] = [
  ...answerMutants,
  ...loginMutants,
  ...ssoMutants,
  ...sessionMutants,
  ...logoutMutants,
  ...passwordMutants,
  ...replyMutants('gentics-cms', examples),
]
