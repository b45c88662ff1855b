import { version1 } from './specification/version-1.ts'
import { version2 } from './specification/version-2.ts'
import { version3 } from './specification/version-3.ts'
import { version4 } from './specification/version-4.ts'

/**
 * What Pact's specification says of answers, in our own words and with our own data: which situations there are was taken
 * from the cases that come with it (pact-foundation/pact-specification, testcases of 1 to 4), and from its table of matchers.
 */
export interface SpecifiedCase {
  readonly about: string
  readonly wanted: Part
  readonly given: Part
  /** By path below the body, or by header: `$.user`, `header X-Trace`, `status`. */
  readonly rules?: { readonly [place: string]: Matcher | readonly Matcher[] }
  readonly isKept: boolean
  /** The version that first has it. */
  readonly since: 1 | 2 | 3 | 4
}

interface Part {
  readonly status?: number
  readonly headers?: { readonly [name: string]: string }
  /** JSON; a text where the content type says so; null is no body; left out, nothing is said of it. */
  readonly body?: unknown
}

export interface Matcher {
  readonly match: string
  readonly [member: string]: unknown
}

/** A case in short. */
export type Row = [about: string, isKept: boolean, wanted: Part, given: Part, rules?: SpecifiedCase['rules']]

const versions = [version1, version2, version3, version4] as const

export const specified: readonly SpecifiedCase[] = versions.flatMap((rows, index) =>
  rows.map(([about, isKept, wanted, given, rules]) => ({
    about,
    isKept,
    wanted,
    given,
    since: (index + 1) as SpecifiedCase['since'],
    ...(rules === undefined ? {} : { rules }),
  })),
)
