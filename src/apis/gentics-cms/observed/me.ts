import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import { claimSession, cookieSecret, touch, whose } from '../caller.ts'
import type { Settings } from '../settings.ts'
import { readToken } from '../token.ts'
import { answer, ownUserJson, unauthorized } from './replies.ts'

/** `GET /user/me` (GC-O20, GC-O21): of all that is played the one request that keeps a session young. */
export function handleMe(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const query = new URLSearchParams(request.query)
  const sid = query.get('sid') ?? ''
  if (sid === '') {
    return { reply: unauthorized('sid and session secret required', 'the query has no sid'), changes: [] }
  }
  const claim = claimSession(records, readToken(sid), cookieSecret(request), context)
  if (claim.kind !== 'live') {
    return { reply: unauthorized('invalid sid', claim.because), changes: [], ...whose(claim) }
  }
  const { session, user } = claim
  const because = `the session is ${user.username}'s`
  const said = { code: 'OK', words: 'Successfully loaded current user', clause: 'GC-O20', because } as const
  const withGroups = query.get('groups')?.toLowerCase() === 'true'
  const reply = answer(said, context, { messages: 'always', last: { user: ownUserJson(user, withGroups) } })
  return { reply, changes: touch(session, context.now), ...whose(claim) }
}
