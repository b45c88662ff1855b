import { repliesOf } from '../../core/clause-entry.ts'
import { assumedClauses } from './assumed-clauses.ts'
import { documentedClauses } from './documented-clauses.ts'
import { hostClauses } from './host-clauses.ts'

/**
 * Secure Login's contract, clause by clause.
 * `SL-n` the vendor's page, `SL-Un` what the page leaves open, `SL-Xn` open points found while building this mock,
 * `SL-Hn` the host product (Jira) around it. Where the page implies something without giving its form, the implication
 * is a clause of the page, and the form an open point: SL-18 and SL-U2, SL-19 and SL-U15, SL-02 and SL-U16.
 */
export const clauses = { ...documentedClauses, ...assumedClauses, ...hostClauses }

/** Everything that steps answer, by name. */
export const replies = repliesOf(clauses)
