import type { HttpRequest } from '../../core/http.ts'
import type { Context, Outcome, Records, Reply } from '../../core/step.ts'
import { isListed } from './allow-list.ts'
import { hashPassword as makeHash, matchHash } from './bcrypt.ts'
import { readBody, wrongType } from './body.ts'
import { claimSession, cookieSecret } from './caller.ts'
import { replies } from './clauses.ts'
import { settingOf } from './forms.ts'
import type { Settings } from './settings.ts'
import { userIds, users } from './state.ts'
import { readInteger } from './token.ts'

/** `POST /auth/hashpassword` (GC-06, GC-21). */
export function handleHashPassword(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const sid = readSid(request)
  if (typeof sid === 'object') return { reply: sid, changes: [] }
  const body = readBody(request, { password: 'text', userId: 'integer' })
  if ('clause' in body) return { reply: body, changes: [] }
  const { password, userId } = body
  if (password === undefined) return { reply: replies.membersUnfit('password is left out'), changes: [] }
  const caller = identify(records, request, context, sid)
  const scene = settingOf(records, request, context)
  if (!caller.isKnown) return { reply: replies.anonymous(caller.because, scene), changes: [] }
  const owner = userId === undefined ? undefined : userIds.get(records, userId)
  const user = users.get(records, owner?.username)
  const because = `${caller.because}; ${user === undefined ? 'no user has the id' : `the id is ${user.username}'s`}`
  return { reply: replies.hashed(makeHash(password, context), user, because, scene), changes: [], ...caller.whose }
}

/** `POST /auth/matchpassword` (GC-07, GC-21). */
export function handleMatchPassword(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const sid = readSid(request)
  if (typeof sid === 'object') return { reply: sid, changes: [] }
  const body = readBody(request, { password: 'text', hash: 'text' })
  if ('clause' in body) return { reply: body, changes: [] }
  const { password, hash } = body
  if (password === undefined || hash === undefined) {
    return { reply: replies.membersUnfit('password or hash is left out'), changes: [] }
  }
  const caller = identify(records, request, context, sid)
  const scene = settingOf(records, request, context)
  if (!caller.isKnown) return { reply: replies.anonymous(caller.because, scene), changes: [] }
  const { matches, because, isDear } = matchHash(password, hash, context)
  const mismatch = isDear ? replies.tooDear : replies.notMatched
  return { reply: (matches ? replies.matched : mismatch)(because, scene), changes: [], ...caller.whose }
}

/** The sid of the query, 0 where there is none; or the reply to a request that is refused before it is read (GC-X14). */
function readSid(request: HttpRequest): number | Reply {
  const type = wrongType(request)
  if (type !== undefined) return type
  const given = new URLSearchParams(request.query).get('sid')
  const sid = given === null ? 0 : readInteger(given)
  return sid ?? replies.sidNoInteger
}

/** Who asks, if they may (GC-21). */
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
    const because = `session ${sid} is ${claim.session.username}'s`
    return { isKnown: true, because, whose: { user: claim.session.username } }
  }
  return { isKnown: false, because: `${claim.because}, and ${address} is not on the list`, whose: {} }
}
