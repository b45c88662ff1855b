import type { Mutant } from '../../core/mutant.ts'
import { replyMutants } from '../../core/reply-mutants.ts'
import { authMutants } from './mutants/auth.ts'
import { examples } from './mutants/examples.ts'
import { infoMutants } from './mutants/info.ts'
import { lockoutMutants } from './mutants/lockout.ts'
import { sessionMutants } from './mutants/session.ts'
import { userMutants } from './mutants/user.ts'
import type { Settings } from './settings.ts'

/**
 * The ways in which a server plausibly gets a clause wrong. By hand are those that bend what it does, or are sly; those
 * that only tell an answer otherwise are made of its answers. Nobody would notice one of SL-17 (it tells clients in which
 * order to ask), SL-U15 (an instant is too short to be hit over a network) and SL-U19 (journeys send fixed PINs).
 */
export const mutants: readonly Mutant<Settings>[] = [
  ...infoMutants,
  ...userMutants,
  ...authMutants,
  ...lockoutMutants,
  ...sessionMutants,
  ...replyMutants('secure-login', examples),
]
