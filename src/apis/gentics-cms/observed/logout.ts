import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import { claimSession, cookieSecret, whose } from '../caller.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { secrets } from '../state.ts'
import { withoutSecret } from './forms.ts'
import { pathToken } from './path-token.ts'
import { emptied } from './session.ts'

/** `POST /auth/logout/{sid}` (GC-O11 to GC-O13). */
export function handleLogout(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const claim = claimSession(records, pathToken(context), cookieSecret(request), context)
  if (claim.kind !== 'live') {
    const refusal = claim.kind === 'unknown' ? replies.logoutError : replies.logoutOfOther
    return { reply: refusal(claim.because, context), changes: [], ...whose(claim) }
  }
  const { session } = claim
  if (new URLSearchParams(request.query).get('allSessions')?.toLowerCase() === 'true') {
    const value = { ...secrets.get(records, session.secret), ended: true }
    const changes = [{ key: secrets.key(session.secret), value }]
    return { reply: withoutSecret(replies.endedSessions(context), context.settings), changes, ...whose(claim) }
  }
  return { reply: replies.endedSession(session.sid, context), changes: [emptied(session)], ...whose(claim) }
}
