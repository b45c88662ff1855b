import { formatDuration } from '../../core/duration.ts'
import { fromIso } from '../../core/instant.ts'
import { isJsonObject, objectIn, own, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer, DiagnosisContext } from '../../core/kit.ts'

/** As many wrong PINs does a diagnosis send. */
export const mostWrongPins = 12

/** A block that is told of later began with one of so many refused PINs, the latest. */
const mostBegun = 3

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
  const refused = recorded.filter(({ path, status }) => path.endsWith('/auth') && status === 401).map(({ at }) => at)
  const durations = new Set([
    ...recorded.flatMap((each) => blockOf(each, each.at)),
    ...recorded.flatMap((each) =>
      refused
        .filter((at) => at < each.at)
        .slice(-mostBegun)
        .flatMap((at) => blockOf(each, at)),
    ),
  ])
  return {
    blockAfter: Array.from({ length: mostWrongPins }, (_, index) => ({ blockAfter: index + 1 })),
    blockFor: [...durations].map((blockFor) => ({ blockFor })),
    sessionFor: sessionTimes.map((sessionFor) => ({ sessionFor })),
    withoutSession: usernames.map((defaultUser) => ({ withoutSession: 'defaultUser', defaultUser })),
  }
}

/** How long the block that an answer tells of was going to last, if it began then. */
function blockOf({ body, at }: RecordedAnswer, begun: number): string[] {
  const { blocked } = objectIn(body)
  const until = fromIso(String(isJsonObject(blocked) ? own(blocked, 'until') : undefined))
  if (until === undefined || until <= at) return []
  const ms = until - begun
  // Nobody sets blocks to the second.
  return [formatDuration(ms > 120_000 ? Math.round(ms / 60_000) * 60_000 : Math.round(ms / 1000) * 1000)]
}
