import type { HttpRequest } from '../../src/core/http.ts'
import type { Operation } from '../../src/core/route.ts'
import type { Context, Outcome, Records, Reply } from '../../src/core/step.ts'
import { badges, lock, type Settings } from './state.ts'

export const operations: readonly Operation<Settings>[] = [
  { id: 'enter', methods: ['POST'], paths: ['/enter'], summary: 'lets a badge through', step: enter },
]

function enter(records: Records, request: HttpRequest, { now, settings }: Context<Settings>): Outcome {
  const query = new URLSearchParams(request.query)
  const stored = badges.get(records, query.get('badge') ?? '')
  if (stored === undefined) return { reply: refused(0), changes: [] }
  const badge = lock.now(stored, settings, now)
  if (lock.isLocked(badge, now)) return { reply: locked, changes: [], user: badge.badge }
  const isRight = query.get('code') === badge.code
  const next = isRight ? lock.clear(badge) : lock.fail(badge, settings, now)
  const reply = isRight ? open : refused(lock.policy(settings).after - next.failures)
  return { reply, changes: [badges.put(badge.badge, next)], user: badge.badge }
}

const open: Reply = { status: 204, headers: [], body: undefined, clause: 'TS-01', because: 'the code is right' }
const locked: Reply = { status: 423, headers: [], body: undefined, clause: 'TS-03', because: 'the badge is locked' }

function refused(left: number): Reply {
  const headers = ['content-type', 'application/json']
  return { status: 403, headers, body: `{"left":${left}}`, clause: 'TS-02', because: `${left} tries are left` }
}
