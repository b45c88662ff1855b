import type { JsonObject } from '../core/json.ts'
import type { Journey } from '../core/journey.ts'
import type { Account } from '../core/kit.ts'
import { isDifferent, type Exchange } from './exchange.ts'
import { createOracle } from './oracle.ts'
import { playJourney } from './play-journey.ts'
import { RecordedPlayer } from './recorded-player.ts'
import type { LoadedTarget } from './target.ts'

/** A journey as a server has played it. */
export interface Recording {
  readonly journey: Journey
  readonly accounts: ReadonlyMap<string, Account>
  readonly exchanges: readonly Exchange[]
  /** The server's time when it began. */
  readonly at: number
}

/** Where the mock with some settings would have answered otherwise than a server did. */
export async function unlike(
  loaded: LoadedTarget,
  settings: JsonObject,
  { journey, accounts, exchanges, at }: Recording,
): Promise<Exchange[]> {
  const { api } = loaded
  const oracle = await createOracle(api, settings, [...accounts.values()], at)
  const result = await playJourney(journey, {
    oracle: oracle.player,
    meaning: oracle.meaning,
    subject: new RecordedPlayer(exchanges),
    accounts,
    kit: api.kit,
    // How often something is sent is what was sent then.
    settings: loaded.settings,
    toTheEnd: true,
  })
  return result.exchanges.filter(isDifferent)
}
