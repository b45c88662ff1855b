import type { HttpRequest } from '../../core/http.ts'
import type { Context, Outcome, Records, Reply } from '../../core/step.ts'
import { isListed } from './allow-list.ts'
import { hashPassword as makeHash, matchHash } from './bcrypt.ts'
import { readBody, wrongType } from './body.ts'
import { claimSession, cookieSecret } from './caller.ts'
import { answer, refused, userJson, type Said } from './replies.ts'
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
  if (password === undefined) return { reply: leftOut('password'), changes: [] }
  const caller = identify(records, request, context, sid)
  if ('code' in caller) return told(caller, records, request, context)
  const hash = makeHash(password, context)
  const owner = userId === undefined ? undefined : userIds.get(records, userId)
  const user = users.get(records, owner?.username)
  const { settings, now } = context
  const said: Said = {
    code: 'OK',
    words: 'The password is hashed.',
    clause: 'GC-06',
    because: `${caller.because}; ${user === undefined ? 'no user has the id' : `the id is ${user.username}'s`}`,
  }
  const first = { hash, ...(user === undefined ? {} : { user: userJson(user, settings) }) }
  return {
    reply: answer(said, { method: request.method, settings, records, now }, first),
    changes: [],
    ...caller.whose,
  }
}

/** `POST /auth/matchpassword` (GC-07, GC-21). */
export function handleMatchPassword(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const sid = readSid(request)
  if (typeof sid === 'object') return { reply: sid, changes: [] }
  const body = readBody(request, { password: 'text', hash: 'text' })
  if ('clause' in body) return { reply: body, changes: [] }
  const { password, hash } = body
  if (password === undefined || hash === undefined) return { reply: leftOut('password or hash'), changes: [] }
  const caller = identify(records, request, context, sid)
  if ('code' in caller) return told(caller, records, request, context)
  const outcome = told(match(password, hash, context), records, request, context)
  return { ...outcome, ...caller.whose }
}

function match(password: string, hash: string, context: Context<Settings>): Said {
  const { matches, because, isDear } = matchHash(password, hash, context)
  if (matches) return { code: 'OK', words: 'The password has this hash.', clause: 'GC-07', because }
  const clause = isDear ? 'GC-X13' : 'GC-21'
  return { code: 'FAILURE', words: 'The password does not have this hash.', clause, because }
}

/** The sid of the query, 0 where there is none; or the reply to a request that is refused before it is read (GC-X14). */
function readSid(request: HttpRequest): number | Reply {
  const type = wrongType(request)
  if (type !== undefined) return type
  const given = new URLSearchParams(request.query).get('sid')
  const sid = given === null ? 0 : readInteger(given)
  return sid ?? refused(404, 'GC-U6', 'the sid is no integer; nothing was changed')
}

function leftOut(names: string): Reply {
  return refused(400, 'GC-X11', `${names} is left out; nothing was changed`)
}

/** Who asks, if they may (GC-21). */
function identify(
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
  sid: number,
): Said | { readonly because: string; readonly whose: { readonly user?: string } } {
  const { settings, address } = context
  if (isListed(address, settings)) {
    return { because: `${address} is on the list`, whose: {} }
  }
  const claim = claimSession(records, sid > 0 ? { sid } : undefined, cookieSecret(request), context)
  if (claim.kind === 'live') {
    return { because: `session ${sid} is ${claim.session.username}'s`, whose: { user: claim.session.username } }
  }
  const because = `${claim.because}, and ${address} is not on the list`
  return { code: 'FAILURE', words: 'Please log in first.', clause: 'GC-21', because }
}

function told(said: Said, records: Records, { method }: HttpRequest, { settings, now }: Context<Settings>): Outcome {
  return { reply: answer(said, { method, settings, records, now }), changes: [] }
}
