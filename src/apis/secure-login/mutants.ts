import type { Mutant } from '../../core/mutant.ts'
import { authMutants } from './mutants/auth.ts'
import { infoMutants } from './mutants/info.ts'
import { lockoutMutants } from './mutants/lockout.ts'
import { sessionMutants } from './mutants/session.ts'
import { userMutants } from './mutants/user.ts'
import type { Settings } from './settings.ts'

/**
 * The ways in which a server plausibly gets a clause wrong. SL-17 has none: it tells clients in which order to ask.
 * Nor have SL-U15 (an instant is too short to be hit over a network), SL-X5 and SL-U19 (journeys send texts, and
 * fixed PINs).
 */
export const mutants: readonly Mutant<Settings>[] = [
  ...infoMutants,
  ...userMutants,
  ...authMutants,
  ...lockoutMutants,
  ...sessionMutants,
]
