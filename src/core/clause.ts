/**
 * Where a clause comes from.
 * - `documented`: the vendor's page for this API says so.
 * - `general`: the vendor's general API page says so.
 * - `observed`: read off the vendor's own server; it holds in the dialect of that name.
 * - `host`: the host product's public behaviour, not part of the contract.
 * - `assumed`: nobody says; a careful implementer's choice, and usually a setting.
 */
export type Origin = 'documented' | 'general' | 'observed' | 'host' | 'assumed'

/** One fact of an API, with the stable id that replies, pacts, journeys, coverage and `why` name. */
export interface Clause {
  readonly id: string
  /** The fact in one sentence. */
  readonly text: string
  readonly origin: Origin
  /** Where an observed fact, or one of the host, was read. */
  readonly source?: Source
  /** For an assumed clause: what was chosen, and the setting that changes it where there is one. */
  readonly choice?: string
  readonly setting?: string
}

/** Where a fact was read, in which versions it holds, and how sure it is. */
interface Source {
  /** A file of the vendor's, or a page. */
  readonly where: string
  /** Such as `6.1.26, 6.2.7, 6.3.0 and later`; all that are known if left out. */
  readonly versions?: string
  /** `high`: plain from the vendor's code or page; `medium`: follows from it, never run; `low`: could differ. */
  readonly confidence: 'high' | 'medium' | 'low'
}

/**
 * Whether a clause is nothing but this project's own guess: no source says it, nor the contract that was given. Its id
 * has an X, such as `SL-X2`.
 */
export function isGuess(id: string): boolean {
  return /^[A-Z]+-X\d+$/.test(id)
}
