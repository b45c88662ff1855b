import type { HttpRequest } from '../../core/http.ts'
import type { Context, Outcome, Records } from '../../core/step.ts'
import { readBody, wrongType } from './body.ts'
import { cookieSecret, openSession } from './caller.ts'
import { answer, userJson, withSecret, type Said } from './replies.ts'
import type { Settings } from './settings.ts'
import { groupsOf, users, type User } from './state.ts'
import { readInteger } from './token.ts'

/** `POST /auth/login`: by login and password (GC-03, GC-17). */
export function handleLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const type = wrongType(request)
  if (type !== undefined) return { reply: type, changes: [] }
  const body = readBody(request, { login: 'text', password: 'text' })
  if ('clause' in body) return { reply: body, changes: [] }
  const { login: username, password } = body
  if (username === undefined || password === undefined) {
    return told(notFound('GC-X11', 'login or password is left out'), records, request, context)
  }
  const user = users.get(records, username)
  if (user === undefined) return told(notFound('GC-17', 'there is no such user'), records, request, context)
  if (password === '' || user.password !== password) {
    const because = password === '' ? 'the password is empty' : 'the password is wrong'
    return told(notFound('GC-17', because), records, request, context, user)
  }
  return admit(records, request, context, user, 'GC-03')
}

/** `POST /auth/loginwithrsa`: by a signature that another system made (GC-04). */
export function loginWithRsa(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const type = wrongType(request)
  if (type !== undefined) return { reply: type, changes: [] }
  const body = readBody(request, {
    username: 'text',
    salt: 'text',
    expirationTimestamp: 'integer',
    rsaSignature: 'text',
  })
  if ('clause' in body) return { reply: body, changes: [] }
  const { username, salt, expirationTimestamp, rsaSignature } = body
  const refuse = (clause: string, because: string, whose?: User): Outcome =>
    told(notFound(clause, because), records, request, context, whose)
  if (username === undefined || salt === undefined || expirationTimestamp === undefined || rsaSignature === undefined) {
    return refuse('GC-X11', 'username, salt, expirationTimestamp or rsaSignature is left out')
  }
  const user = users.get(records, username)
  if (context.now >= expirationTimestamp * 1000) {
    const clause = context.now === expirationTimestamp * 1000 ? 'GC-X15' : 'GC-U2'
    return refuse(clause, 'the signature has expired', user)
  }
  const { publicKey, payload } = context.settings.rsa
  if (publicKey === undefined) return refuse('GC-U2', 'the setting rsa has no publicKey', user)
  const signed: { readonly [name: string]: string } = {
    username,
    salt,
    expirationTimestamp: String(expirationTimestamp),
  }
  const right = context.answer({
    kind: 'rsa-verify',
    publicKey,
    payload: payload.replace(/\{(\w+)\}/g, (_, name: string) => signed[name] as string),
    signature: rsaSignature,
  })
  if (right !== true) return refuse('GC-U2', 'the signature is wrong', user)
  if (user === undefined) return refuse('GC-17', 'the signature is right, but there is no such user')
  return admit(records, request, context, user, 'GC-04')
}

/** Why a user with right credentials may not log in all the same (GC-17, GC-18). */
export function obstacle(user: User, settings: Settings): Said | undefined {
  return groupsOf(user).length === 0 ? notFound('GC-17', 'the user is in no group') : maintenanceFor(user, settings)
}

/** What keeps a user out while there is maintenance (GC-18). */
export function maintenanceFor(user: User, settings: Settings): Said | undefined {
  if (!settings.maintenance || user.seesMaintenance) return undefined
  return {
    code: 'MAINTENANCEMODE',
    words: 'There is maintenance now. Please come back later.',
    clause: 'GC-18',
    because: 'there is maintenance, and the user may not see its setting',
  }
}

/** Opens a session, or goes on with the one that the request names. */
function admit(
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
  user: User,
  clause: string,
): Outcome {
  const { settings, now } = context
  const refusal = obstacle(user, settings)
  if (refusal !== undefined) return told(refusal, records, request, context, user)
  const given = new URLSearchParams(request.query).get('sid') ?? ''
  const sid = given === '' ? 0 : readInteger(given)
  if (sid === undefined) {
    const because = 'the sid is no number; no session was opened'
    return told(
      { code: 'FAILURE', words: 'The sid is no number.', clause: 'GC-X7', because },
      records,
      request,
      context,
      user,
    )
  }
  const { session, isNew, isNewSecret, changes } = openSession(records, request, context, user, sid)
  const said: Said = {
    code: 'OK',
    words: 'You are logged in.',
    clause: isNew && !isNewSecret ? 'GC-16' : isNewSecret && cookieSecret(request) !== undefined ? 'GC-X5' : clause,
    because: `${user.username} has logged in${howOpened(session.sid, isNew, isNewSecret)}`,
  }
  const first = { sid: String(session.sid), user: userJson(user, settings) }
  const reply = answer(said, { method: request.method, settings, records, now }, first)
  return { reply: withSecret(reply, session.secret, request, settings), changes, user: user.username }
}

/** A session in words. */
export function howOpened(sid: number, isNew: boolean, isNewSecret: boolean): string {
  if (!isNew) return `; session ${sid} goes on`
  return isNewSecret ? `; session ${sid} is new` : `; session ${sid} is new, and shares the secret of the cookie`
}

function notFound(clause: string, because: string): Said {
  return { code: 'NOTFOUND', words: 'There is nobody with these credentials.', clause, because }
}

function told(
  said: Said,
  records: Records,
  { method }: HttpRequest,
  { settings, now }: Context<Settings>,
  user?: User,
): Outcome {
  const reply = answer(said, { method, settings, records, now })
  return { reply, changes: [], ...(user === undefined ? {} : { user: user.username }) }
}
