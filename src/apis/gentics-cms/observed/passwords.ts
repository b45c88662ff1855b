import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records, Reply } from '../../../core/step.ts'
import { isListed } from '../allow-list.ts'
import { claimSession, cookieSecret, whose } from '../caller.ts'
import { replies } from '../clauses.ts'
import { hashPassword as bcrypt, matchHash } from '../bcrypt.ts'
import type { Settings } from '../settings.ts'
import { readInteger } from '../token.ts'
import { readBody } from './body.ts'

/** `POST /auth/hashpassword` (GC-O16, GC-O18). The body is looked at before the caller. */
export function handleHashPassword(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const sid = readSid(request, context)
  if (typeof sid === 'object') return { reply: sid, changes: [] }
  const body = readBody(request, { password: 'text', userId: 'integer' }, context)
  if (body === 'absent') return { reply: replies.backendError('there is no body', context), changes: [] }
  if ('clause' in body) return { reply: body, changes: [] }
  const caller = identify(records, request, context, sid)
  if (!caller.isKnown) return { reply: replies.invalidSession(sid, caller.because, context), changes: [] }
  const { password } = body.members
  if (password === undefined) {
    return { reply: replies.backendError('there is no password', context), changes: [], ...caller.whose }
  }
  const reply = replies.hashedPassword(bcrypt(password, context), caller.because, context)
  return { reply, changes: [], ...caller.whose }
}

/** `POST /auth/matchpassword` (GC-O17, GC-O18). What the body lacks is found out after the caller. */
export function handleMatchPassword(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const sid = readSid(request, context)
  if (typeof sid === 'object') return { reply: sid, changes: [] }
  const body = readBody(request, { password: 'text', hash: 'text' }, context)
  if (body !== 'absent' && 'clause' in body) return { reply: body, changes: [] }
  const caller = identify(records, request, context, sid)
  if (!caller.isKnown) return { reply: replies.invalidSession(sid, caller.because, context), changes: [] }
  const { password, hash = '' } = body === 'absent' ? {} : body.members
  if (password === undefined) {
    return { reply: replies.backendError('there is no password', context), changes: [], ...caller.whose }
  }
  const { matches, because, isDear } = matchHash(password, hash, context)
  const mismatch = isDear ? replies.tooDearThere : replies.passwordMismatches
  return { reply: (matches ? replies.passwordMatches : mismatch)(because, context), changes: [], ...caller.whose }
}

/** The sid of the query: 0 where it is blank; or the reply to one that is no integer (GC-O28). */
function readSid(request: HttpRequest, context: Context<Settings>): number | Reply {
  const given = new URLSearchParams(request.query).get('sid') ?? ''
  const sid = given.trim() === '' ? 0 : readInteger(given)
  return sid ?? replies.sidNotFound(context)
}

/** Who asks, if they may (GC-O18). */
function identify(
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
  sid: number,
): { readonly isKnown: boolean; readonly because: string; readonly whose: { readonly user?: string } } {
  const { settings, address } = context
  if (isListed(address, settings)) return { isKnown: true, because: `${address} is on the list`, whose: {} }
  const claim = claimSession(records, sid > 0 ? { sid } : undefined, cookieSecret(request), context)
  if (claim.kind === 'live') {
    return { isKnown: true, because: `session ${sid} is ${claim.session.username}'s`, whose: whose(claim) }
  }
  return { isKnown: false, because: `${claim.because}, and ${address} is not on the list`, whose: {} }
}
