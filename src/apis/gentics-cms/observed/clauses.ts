import { resourceClauses } from './resource-clauses.ts'
import { sessionClauses } from './session-clauses.ts'

/** What the vendor's open-source server does, in the dialect `observed`. */
export const observedClauses = { ...sessionClauses, ...resourceClauses }
