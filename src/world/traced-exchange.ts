import type { Json } from '../core/json.ts'
import type { TracedExchange } from '../core/tracing.ts'
import type { Entry } from './entry.ts'
import type { AnySettings } from './any-settings.ts'
import type { Stage } from './stage.ts'

/** An entry as traces are made of, with the records around it; undefined where it was meant for no API. */
export function exchangeOf(stage: Stage, entry: Entry): TracedExchange<AnySettings> | undefined {
  const { api: id, operation, user, request, reply, address, at, reads, changes, ask } = entry
  const api = stage.apis.find((candidate) => candidate.id === id)
  if (api === undefined) return undefined
  const changed = new Map(changes.map(({ key, value }) => [key, value]))
  // What was not read cannot have been changed by the request, so it is still what it was.
  const before = (key: string): Json | undefined => {
    const full = `${api.id}/${key}`
    return reads.has(full) ? reads.get(full) : changed.has(key) ? undefined : stage.store.get(full)
  }
  return {
    operation,
    user,
    request,
    reply,
    address,
    now: at,
    settings: stage.settings(api),
    answer: ask,
    before: { get: before },
    after: { get: (key) => (changed.has(key) ? changed.get(key) : before(key)) },
  }
}
