import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import { claimSession, isAged, whose } from '../caller.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { pathToken } from './path-token.ts'

/** `GET /auth/validate/{sid}` (GC-O10). It does not keep the session young. */
export function handleValidate(records: Records, _: HttpRequest, context: Context<Settings>): Outcome {
  const claim = claimSession(records, pathToken(context), undefined, context)
  if (claim.kind === 'live') return { reply: replies.validSid(claim, context), changes: [], ...whose(claim) }
  const refusal = isAged(claim) ? replies.agedSid : replies.invalidSid
  return { reply: refusal(claim.because, context), changes: [], ...whose(claim) }
}
