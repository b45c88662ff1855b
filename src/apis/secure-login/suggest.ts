import { formatDuration } from '../../core/duration.ts'
import { fromIso } from '../../core/instant.ts'
import { isJsonObject, objectIn, own, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer, DiagnosisContext } from '../../core/kit.ts'

/** As many wrong PINs does a diagnosis send. */
export const mostWrongPins = 12

/** For how long sessions live on most servers. */
export const sessionTimes: readonly string[] = ['5m', '10m', '15m', '30m', '1h', '2h', '4h', '5h', '8h', '12h', '1d']

/**
 * What the answers of a server suggest of its settings: any small limit, each duration that a block was given, any usual
 * life of a session, and anybody for whom a stranger might be taken.
 */
export function suggest(
  recorded: readonly RecordedAnswer[],
  { usernames }: DiagnosisContext,
): { readonly [setting: string]: readonly JsonObject[] } {
  const durations = new Set(recorded.flatMap(blockOf))
  return {
    blockAfter: Array.from({ length: mostWrongPins }, (_, index) => ({ blockAfter: index + 1 })),
    blockFor: [...durations].map((blockFor) => ({ blockFor })),
    sessionFor: sessionTimes.map((sessionFor) => ({ sessionFor })),
    withoutSession: usernames.map((defaultUser) => ({ withoutSession: 'defaultUser', defaultUser })),
  }
}

/** How long the block that an answer tells of was going to last. */
function blockOf({ body, at }: RecordedAnswer): string[] {
  const { blocked } = objectIn(body)
  const until = fromIso(String(isJsonObject(blocked) ? own(blocked, 'until') : undefined))
  if (until === undefined || until <= at) return []
  const ms = until - at
  // Nobody sets blocks to the second.
  return [formatDuration(ms > 120_000 ? Math.round(ms / 60_000) * 60_000 : Math.round(ms / 1000) * 1000)]
}
