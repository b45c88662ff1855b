import type { HttpRequest } from '../../src/core/http.ts'
import type { Operation } from '../../src/core/route.ts'
import type { Context, Outcome, Records } from '../../src/core/step.ts'
import { replies } from './clauses.ts'
import { badges, lock, type Settings } from './state.ts'

export const operations = [
  { id: 'enter', methods: ['POST'], paths: ['/enter'], summary: 'lets a badge through', step: enter },
] as const satisfies readonly Operation<Settings>[]

function enter(records: Records, request: HttpRequest, { now, settings }: Context<Settings>): Outcome {
  const query = new URLSearchParams(request.query)
  const stored = badges.get(records, query.get('badge') ?? '')
  if (stored === undefined) return { reply: replies.refused(0), changes: [] }
  const badge = lock.now(stored, settings, now)
  if (lock.isLocked(badge, now)) return { reply: replies.locked, changes: [], user: badge.badge }
  const isRight = query.get('code') === badge.code
  const next = isRight ? lock.clear(badge) : lock.fail(badge, settings, now)
  const reply = isRight ? replies.open : replies.refused(lock.policy(settings).after - next.failures)
  return { reply, changes: [badges.put(badge.badge, next)], user: badge.badge }
}
