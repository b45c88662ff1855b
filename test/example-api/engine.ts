import type { HttpRequest } from '../../src/core/http.ts'
import type { Operation } from '../../src/core/route.ts'
import type { Context, Outcome, Records } from '../../src/core/step.ts'
import { replies } from './clauses.ts'
import { badges, type Badge, type Settings } from './state.ts'

const limit = 3
const lockMs = 60_000

export const operations = [
  { id: 'enter', methods: ['POST'], paths: ['/enter'], summary: 'lets a badge through', step: enter },
] as const satisfies readonly Operation<Settings>[]

function enter(records: Records, request: HttpRequest, { now }: Context<Settings>): Outcome {
  const query = new URLSearchParams(request.query)
  const stored = badges.get(records, query.get('badge') ?? '')
  if (stored === undefined) return { reply: replies.refused(0), changes: [] }
  const badge = current(stored, now)
  if (badge.lockedUntilAt !== null) return { reply: replies.locked, changes: [], user: badge.badge }
  const isRight = query.get('code') === badge.code
  const failures = isRight ? 0 : badge.failures + 1
  const next: Badge = { ...badge, failures, lockedUntilAt: failures === limit ? now + lockMs : null }
  const reply = isRight ? replies.open : replies.refused(limit - failures)
  return { reply, changes: [badges.put(badge.badge, next)], user: badge.badge }
}

/** The badge with a lock that ran out taken off. */
export function current(badge: Badge, now: number): Badge {
  if (badge.lockedUntilAt === null || now < badge.lockedUntilAt) return badge
  return { ...badge, failures: 0, lockedUntilAt: null }
}
