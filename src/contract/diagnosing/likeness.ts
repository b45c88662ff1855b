import type { JsonObject } from '../../core/json.ts'
import type { Journey } from '../../core/journey.ts'
import type { Account } from '../../core/kit.ts'
import { accountsOf } from '../playing/assign-accounts.ts'
import { isDifferent, type Exchange } from '../playing/exchange.ts'
import { createOracle } from '../playing/oracle.ts'
import { playJourney } from '../playing/play-journey.ts'
import { RecordedPlayer } from './recorded-player.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** A journey as a server has played it. */
export interface Recording {
  readonly journey: Journey
  readonly accounts: ReadonlyMap<string, Account>
  readonly exchanges: readonly Exchange[]
  /** The server's time when it began. */
  readonly at: number
  /** Which settings it was played by: how often something was sent, and for how long was waited. */
  readonly playedBy: JsonObject
}

// The same settings are tried again and again: while the best are looked for, and when it is told what tells them.
const known = new WeakMap<Recording, Map<string, Promise<readonly Exchange[]>>>()

/** Where the mock with some settings would have answered otherwise than a server did. */
export function unlike(loaded: LoadedTarget, settings: JsonObject, recording: Recording): Promise<readonly Exchange[]> {
  const tried = known.get(recording) ?? new Map<string, Promise<readonly Exchange[]>>()
  known.set(recording, tried)
  const key = JSON.stringify(Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1)))
  const found = tried.get(key) ?? compare(loaded, settings, recording)
  tried.set(key, found)
  return found
}

async function compare(
  loaded: LoadedTarget,
  settings: JsonObject,
  { journey, accounts, exchanges, at, playedBy }: Recording,
): Promise<readonly Exchange[]> {
  const { api, target } = loaded
  const cast = [...accounts.values()]
  // The server has its other users as well, and may take a stranger for one of them.
  const others = accountsOf(target)
  const present = [...others.filter(({ username }) => !cast.some((actor) => actor.username === username)), ...cast]
  const oracle = await createOracle(api, settings, present, at)
  const result = await playJourney(journey, {
    oracle: oracle.player,
    meaning: oracle.meaning,
    subject: new RecordedPlayer(exchanges, target.baseUrl, at),
    accounts,
    kit: api.kit,
    settings: playedBy,
    toTheEnd: true,
  })
  return result.exchanges.filter(isDifferent)
}

/** How many answers the mock would not have given; as soon as there are as many as `limit`, that is enough. */
export async function countUnlike(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
  limit: number = Infinity,
): Promise<number> {
  let count = 0
  for (const recording of recordings) {
    count += (await unlike(loaded, settings, recording)).length
    if (count >= limit) break
  }
  return count
}
