/**
 * Where a clause comes from.
 * - `documented`: the vendor's page for this API says so.
 * - `general`: the vendor's general API page says so.
 * - `observed`: read off the vendor's own server or clients.
 * - `surroundings`: the host product's public behaviour, not part of the contract.
 * - `assumed`: nobody says; a careful implementer's choice, and usually a setting.
 */
export type Origin = 'documented' | 'general' | 'observed' | 'surroundings' | 'assumed'

/** One fact of an API, with the stable id that replies, pacts, journeys, coverage and `why` name. */
export interface Clause {
  readonly id: string
  /** The fact in one sentence. */
  readonly text: string
  readonly origin: Origin
  /** For an assumed clause: what was chosen, and the setting that changes it where there is one. */
  readonly choice?: string
  readonly setting?: string
}

/**
 * Whether a clause is nothing but this project's own guess: no source says it, nor the contract that was given. Its id
 * has an X, such as `SL-X2`.
 */
export function isGuess(id: string): boolean {
  return /^[A-Z]+-X\d+$/.test(id)
}
