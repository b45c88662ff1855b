import type { AnyApi, Seed } from '../core/api.ts'
import { issuesBelow, type Issue } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { ScheduledSpec } from '../world/scheduled.ts'
import { scheduledIssues, scheduleIssues, type UserLookup } from '../world/scheduled-issues.ts'

/** What is wrong with the schedule of a scenario although each member fits: users that there are not, among others. */
export function* scheduleClashes(
  events: readonly ScheduledSpec[],
  apis: readonly AnyApi[],
  seed: number,
  sectionOf: (api: AnyApi) => JsonObject,
): Iterable<Issue> {
  if (events.length === 0) return
  const crowded = scheduleIssues(events, apis, ['schedule'])
  yield* crowded
  if (crowded.length > 0) return
  // Whoever asks for a name asks for nothing that has to be made up.
  const start = { now: 0, seed, answer: () => ({}) }
  const seeds = new Map(apis.map((api) => [api, api.seed(sectionOf(api), start)]))
  const lookup = lookupIn(seeds)
  for (const [index, event] of events.entries())
    yield* issuesBelow(['schedule', index], scheduledIssues(event, apis, lookup))
}

function lookupIn(seeds: ReadonlyMap<AnyApi, Seed>): UserLookup {
  return {
    has: (api, username) => {
      const seed = seeds.get(api)
      if (seed === undefined) return false
      const ids = [username, ...(api.userIds?.(username, seed) ?? [])]
      return ids.some((id) => seed.get(`user:${id}`) !== undefined)
    },
    names: (api) => {
      const names: string[] = []
      for (const key of seeds.get(api)?.keys() ?? []) {
        if (key.startsWith('user:')) names.push(key.slice('user:'.length))
        if (names.length === 1000) break
      }
      return names
    },
  }
}
