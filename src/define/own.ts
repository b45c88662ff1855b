import type { FieldMap } from '../core/field.ts'
import type { Saying } from '../core/saying.ts'
import type { Carrier } from '../model/sessions.ts'

/** What an API of one's own is made of, as far as types follow from it. A part that it does not have is `never`. */
export interface Own {
  readonly id: string
  readonly user: FieldMap
  readonly settings: FieldMap
  /** The state of somebody who is locked. */
  readonly locked: string
  /** What a code of the second factor is called. */
  readonly code: CodeName
  /** Where requests carry a session. */
  readonly carrier: Carrier
  readonly session: FieldMap
  readonly says: SaysTable
  readonly operation: string
}

/** What a code of the second factor may be called: `world.<api>.user(…).code()` finds either. */
export type CodeName = 'pin' | 'code'

/** What each clause says, by names that steps use. */
export interface SaysTable {
  readonly [clause: string]: { readonly [name: string]: Saying | ((...facts: never) => Saying) }
}

/** No fields. */
export type NoFields = { readonly [name in never]: never }

/** Adds something for whoever has a part, and nothing for who has not. */
export type Where<Part, Then> = [Part] extends [never] ? unknown : Then
