import type { JsonObject } from '../../core/json.ts'
import type { Account, Kit } from '../../core/kit.ts'
import type { Guard, Meaning } from './exchange.ts'
import type { Player } from './player.ts'

/** What playing a journey takes. */
export interface PlayContext {
  readonly oracle: Player
  /** What an answer of the oracle means, by the id it gave the request. */
  readonly meaning: (id: string) => Meaning
  readonly guard?: Guard
  /** Whoever is checked; left out for a rehearsal, in which only the oracle plays. */
  readonly subject?: Player
  readonly accounts: ReadonlyMap<string, Account>
  readonly kit: Kit
  readonly settings: JsonObject
  /** Goes on after a difference, to see them all. */
  readonly toTheEnd?: boolean
}
