import { fromIso } from '../../core/instant.ts'
import { isJsonObject, objectIn, type Json } from '../../core/json.ts'
import type { Answered } from '../comparing/answered.ts'
import type { Tokens } from '../playing/tokens.ts'
import type { RecordMap } from './stage.ts'

/** One way in which everything that was seen of somebody could have come about. */
export interface Possibility {
  readonly known: RecordMap
  /** The mock's name for each session of the server. */
  readonly sessions: Tokens
  /** The code that was taken; undefined while none was. */
  readonly code?: string
  /** Facts that could be anything until an answer told them. */
  readonly learned: readonly string[]
  /** Facts that were set by what is not known, so that they are not either. */
  readonly tainted: readonly string[]
  /** Codes that were judged, and refused. */
  readonly refused: ReadonlySet<string>
  /** The password is the one that was taken. */
  readonly isPasswordKnown: boolean
  /** Somebody who is locked from the beginning, of whom nobody has told yet until when. */
  readonly isEndOpen?: boolean
  /** The clause of the last answer to a code: what is wrong later may have begun there. */
  readonly after?: string
}

/** As many possibilities are followed of one person; beyond that nothing is said of them. */
export const mostPossibilities = 200

/** Each once: what came about in two ways is one. */
export function distinct(possibilities: readonly Possibility[]): readonly Possibility[] {
  if (possibilities.length < 2) return possibilities
  const all = possibilities.map((one): [string, Possibility] => {
    const { known, code, refused, learned, tainted, isPasswordKnown, isEndOpen, after } = one
    return [JSON.stringify([[...known], code, [...refused], learned, tainted, isPasswordKnown, isEndOpen, after]), one]
  })
  return [...new Map(all).values()]
}

/** Whether somebody was let in by what they sent, and nothing is counted against them any more. */
export function isSettled({ known, code, isPasswordKnown }: Possibility): boolean {
  const [, user] = [...known].find(([key]) => key.startsWith('user:')) ?? []
  const { failures = 0, lock = null } = isJsonObject(user) ? user : {}
  return user !== undefined && (code !== undefined || isPasswordKnown) && failures === 0 && lock === null
}

/** A code that nobody sends. */
export const neverCode = '90817263549081726354908172635490'

/** Until when an answer says that somebody is locked. */
export function untilIn({ body }: Answered, member: string | undefined): number | undefined {
  let value: Json | undefined = objectIn(body)
  for (const name of member?.split('.') ?? []) value = isJsonObject(value) ? value[name] : undefined
  return typeof value === 'string' ? fromIso(value) : undefined
}
