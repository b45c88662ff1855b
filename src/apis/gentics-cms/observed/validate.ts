import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import { claimSession, whose } from '../caller.ts'
import type { Settings } from '../settings.ts'
import { pathToken } from './path-token.ts'
import { answer, userJson } from './replies.ts'

/** `GET /auth/validate/{sid}` (GC-O10). It does not keep the session young. */
export function handleValidate(records: Records, _: HttpRequest, context: Context<Settings>): Outcome {
  const claim = claimSession(records, pathToken(context), undefined, context)
  if (claim.kind === 'live') {
    const because = `session ${claim.session.sid} is ${claim.user.username}'s`
    const said = { code: 'OK', words: 'Successfully validated given SID', clause: 'GC-O10', because } as const
    return { reply: answer(said, context, { last: { user: userJson(claim.user) } }), changes: [], ...whose(claim) }
  }
  const { because } = claim
  const isAged = claim.kind === 'rejected' && claim.ending === 'aged'
  const clause = isAged ? 'GC-O23' : 'GC-O10'
  const said = { code: 'INVALIDDATA', words: 'Invalid SID given', clause, because } as const
  return { reply: answer(said, context), changes: [], ...whose(claim) }
}
