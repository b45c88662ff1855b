import { repliesOf } from '../../core/clause-entry.ts'
import { chosenForms } from './chosen-forms.ts'
import { documentedClauses } from './documented-clauses.ts'
import { hostClauses } from './host-clauses.ts'
import { observedClauses } from './observed/clauses.ts'
import { openPoints } from './open-points.ts'

/**
 * The contract of Gentics CMS's AuthenticationResource, clause by clause.
 * `GC-n` the vendor's page, and from GC-13 to GC-24 the forms that were chosen for what it implies; `GC-Un` what it
 * leaves open, `GC-Xn` open points found while building this mock, `GC-Sn` the resource around it that every client
 * calls next. All of them are of the dialect `documented`; `GC-On` are facts of the open-source server, of `observed`.
 */
export const clauses = { ...documentedClauses, ...chosenForms, ...openPoints, ...observedClauses, ...hostClauses }

/** Everything that steps answer, by name. */
export const replies = repliesOf(clauses)
