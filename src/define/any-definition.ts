import type { FieldMap } from '../core/field.ts'
import type { SentPlace } from '../core/kit.ts'
import type { Saying } from '../core/saying.ts'
import type { Reply } from '../core/step.ts'
import type { Carrier } from '../model/sessions.ts'
import type { LockoutDefinition, OwnClause, SessionsDefinition } from './definition.ts'
import type { CodeName, SaysTable } from './own.ts'

/** A definition of which no more is known than that it is one: what is built from it, and looks into it, has no types. */
export interface AnyDefinition {
  readonly id: string
  readonly title?: string
  readonly path?: string
  readonly user: FieldMap
  readonly settings?: FieldMap
  readonly lockout?: LockoutDefinition<string>
  readonly secondFactor?: { readonly called: CodeName }
  readonly sessions?: SessionsDefinition<Carrier, FieldMap>
  readonly error?: (error: { readonly code: string; readonly message: string }) => Saying
  readonly clauses: { readonly [id: string]: OwnClause<SaysTable[string]> }
  readonly operations: {
    readonly [name: string]: {
      readonly at: string
      readonly about: string
      readonly tries?: boolean
      readonly tells?: { readonly [fact: string]: SentPlace | undefined }
      readonly step: (asked: never) => Reply
    }
  }
}
