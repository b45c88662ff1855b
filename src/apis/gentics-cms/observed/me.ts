import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import { claimSession, cookieSecret, touch, whose } from '../caller.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { readToken } from '../token.ts'

/** `GET /user/me` (GC-O20, GC-O21): of all that is played the one request that keeps a session young. */
export function handleMe(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const query = new URLSearchParams(request.query)
  const sid = query.get('sid') ?? ''
  if (sid === '') return { reply: replies.sidRequired, changes: [] }
  const claim = claimSession(records, readToken(sid), cookieSecret(request), context)
  if (claim.kind !== 'live') return { reply: replies.sidRefused(claim.because), changes: [], ...whose(claim) }
  const { session, user } = claim
  const withGroups = query.get('groups')?.toLowerCase() === 'true'
  return { reply: replies.loadedUser(user, withGroups, context), changes: touch(session, context.now), ...whose(claim) }
}
