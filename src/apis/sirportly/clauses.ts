import { repliesOf } from '../../core/clause-entry.ts'
import { assumedClauses } from './assumed-clauses.ts'
import { documentedClauses } from './documented-clauses.ts'
import { furtherClauses } from './further-clauses.ts'

/**
 * Sirportly's contract for signing a user in, clause by clause.
 * `SP-n` the vendor's pages, `SP-Un` what they leave open, `SP-Xn` open points found while building this mock.
 */
export const clauses = { ...documentedClauses, ...assumedClauses, ...furtherClauses }

/** Everything that steps answer, by name. */
export const replies = repliesOf(clauses)
