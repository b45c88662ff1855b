import { formatDuration } from '../../core/duration.ts'
import { fromIso } from '../../core/instant.ts'
import { isJsonObject, own, type Json, type JsonObject } from '../../core/json.ts'

/** What the answers of a server suggest of its settings: any small limit, and each duration that a block was given. */
export function suggest(answers: readonly { readonly body: string; readonly at: number }[]): {
  readonly [setting: string]: readonly Json[]
} {
  const durations = new Set<string>()
  for (const { body, at } of answers) {
    const until = fromIso(String(own(blockedOf(body) ?? {}, 'until')))
    if (until === undefined || until <= at) continue
    const ms = until - at
    // Nobody sets blocks to the second.
    durations.add(formatDuration(ms > 120_000 ? Math.round(ms / 60_000) * 60_000 : Math.round(ms / 1000) * 1000))
  }
  return { blockAfter: Array.from({ length: 10 }, (_, index) => index + 1), blockFor: [...durations] }
}

function blockedOf(body: string): JsonObject | undefined {
  try {
    const data: unknown = JSON.parse(body)
    const blocked = isJsonObject(data) ? data['blocked'] : undefined
    return isJsonObject(blocked) ? blocked : undefined
  } catch {
    return undefined
  }
}
