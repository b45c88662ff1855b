import type { JsonObject } from './json.ts'

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
  readonly source?: FactSource
  /** For an assumed clause: what was chosen, and the setting that changes it where there is one. */
  readonly choice?: string
  readonly setting?: string
}

/** Where a fact was read, in which versions it holds, and how sure it is. */
export interface FactSource {
  /** A file of the vendor's, or a page. */
  readonly where: string
  /** Such as `6.1.26, 6.2.7, 6.3.0 and later`; all that are known if left out. */
  readonly versions?: string
  /** `high`: plain from the vendor's code or page; `medium`: follows from it, never run; `low`: could differ. */
  readonly confidence: 'high' | 'medium' | 'low'
}

/** Tells, for servers that were set up in some way, whether one that does otherwise than a clause says is wrong. */
export type Binding = (clause: string) => boolean

/**
 * The clauses that bind a server with these settings: a vendor says them. What nobody but this project says, and what
 * belongs to the host product, a server may do in its own way; then it *differs*. What was observed of a vendor's own
 * server binds those that speak its dialect.
 */
export function bindingOf(clauses: readonly Clause[], settings: JsonObject): Binding {
  const origins = new Map(clauses.map(({ id, origin }) => [id, origin]))
  return (clause) => {
    const origin = origins.get(clause)
    if (origin === 'observed') return settings['dialect'] === 'observed'
    return origin === 'documented' || origin === 'general'
  }
}
