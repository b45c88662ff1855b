import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import { claimSession, cookieSecret, whose } from '../caller.ts'
import type { Said } from '../replies.ts'
import type { Settings } from '../settings.ts'
import { secrets } from '../state.ts'
import { pathToken } from './path-token.ts'
import { answer, withoutSecret } from './replies.ts'
import { emptied } from './session.ts'

/** `POST /auth/logout/{sid}` (GC-O11 to GC-O13). */
export function handleLogout(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const claim = claimSession(records, pathToken(context), cookieSecret(request), context)
  const told = (said: Said): ReturnType<typeof answer> => answer(said, context, { messages: 'always' })
  if (claim.kind !== 'live') {
    const { because } = claim
    const said: Said =
      claim.kind === 'unknown'
        ? { code: 'FAILURE', words: 'Error while logout', clause: 'GC-O12', because }
        : { code: 'INVALIDDATA', words: 'Invalid SID given', clause: 'GC-O12', because }
    return { reply: told(said), changes: [], ...whose(claim) }
  }
  const { session } = claim
  const [code, words] = ['OK', 'Successfully logged out'] as const
  if (new URLSearchParams(request.query).get('allSessions')?.toLowerCase() === 'true') {
    const said: Said = { code, words, clause: 'GC-O13', because: 'every session with this secret has ended' }
    const value = { ...secrets.get(records, session.secret), ended: true }
    const changes = [{ key: secrets.key(session.secret), value }]
    return { reply: withoutSecret(told(said), context.settings), changes, ...whose(claim) }
  }
  const said: Said = { code, words, clause: 'GC-O11', because: `session ${session.sid} has ended` }
  return { reply: told(said), changes: [emptied(session)], ...whose(claim) }
}
