import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records, Reply } from '../../../core/step.ts'
import { isListed } from '../allow-list.ts'
import { claimSession, cookieSecret, whose } from '../caller.ts'
import { hashPassword as bcrypt, matchHash } from '../bcrypt.ts'
import type { Said } from '../replies.ts'
import type { Settings } from '../settings.ts'
import { readInteger } from '../token.ts'
import { readBody } from './body.ts'
import { answer, failed } from './replies.ts'

/** `POST /auth/hashpassword` (GC-O16, GC-O18). The body is looked at before the caller. */
export function handleHashPassword(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const sid = readSid(request, context)
  if (typeof sid === 'object') return { reply: sid, changes: [] }
  const body = readBody(request, { password: 'text', userId: 'integer' }, context)
  if (body === 'absent') return { reply: missing('there is no body', context), changes: [] }
  if ('clause' in body) return { reply: body, changes: [] }
  const caller = identify(records, request, context, sid)
  if ('code' in caller) return { reply: answer(caller, context), changes: [] }
  const { password } = body.members
  if (password === undefined) return { reply: missing('there is no password', context), changes: [], ...caller.whose }
  const said: Said = { code: 'OK', words: 'Successfully hashed password', clause: 'GC-O16', because: caller.because }
  const reply = answer(said, context, { last: { hash: bcrypt(password, context) } })
  return { reply, changes: [], ...caller.whose }
}

/** `POST /auth/matchpassword` (GC-O17, GC-O18). What the body lacks is found out after the caller. */
export function handleMatchPassword(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const sid = readSid(request, context)
  if (typeof sid === 'object') return { reply: sid, changes: [] }
  const body = readBody(request, { password: 'text', hash: 'text' }, context)
  if (body !== 'absent' && 'clause' in body) return { reply: body, changes: [] }
  const caller = identify(records, request, context, sid)
  if ('code' in caller) return { reply: answer(caller, context), changes: [] }
  const { password, hash = '' } = body === 'absent' ? {} : body.members
  if (password === undefined) return { reply: missing('there is no password', context), changes: [], ...caller.whose }
  return { reply: answer(match(password, hash, context), context), changes: [], ...caller.whose }
}

function match(password: string, hash: string, context: Context<Settings>): Said {
  const { matches, because, isDear } = matchHash(password, hash, context)
  const clause = isDear ? 'GC-X13' : 'GC-O17'
  return matches
    ? { code: 'OK', words: 'Password matches', clause, because }
    : { code: 'FAILURE', words: 'Password does not match', clause, because }
}

/** The sid of the query: 0 where it is blank; or the reply to one that is no integer (GC-O28). */
function readSid(request: HttpRequest, context: Context<Settings>): number | Reply {
  const given = new URLSearchParams(request.query).get('sid') ?? ''
  const sid = given.trim() === '' ? 0 : readInteger(given)
  return sid ?? failed(404, { clause: 'GC-O28', because: 'the sid is no integer' }, context)
}

/** Who asks, if they may (GC-O18). */
function identify(
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
  sid: number,
): Said | { readonly because: string; readonly whose: { readonly user?: string } } {
  const { settings, address } = context
  if (isListed(address, settings)) return { because: `${address} is on the list`, whose: {} }
  const claim = claimSession(records, sid > 0 ? { sid } : undefined, cookieSecret(request), context)
  if (claim.kind === 'live') return { because: `session ${sid} is ${claim.session.username}'s`, whose: whose(claim) }
  const because = `${claim.because}, and ${address} is not on the list`
  return { code: 'FAILURE', words: `Invalid session ID: \`${sid}'`, clause: 'GC-O18', because }
}

function missing(because: string, context: Context<Settings>): Reply {
  return failed(500, { clause: 'GC-O25', because }, context)
}
