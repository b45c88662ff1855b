import type { HttpRequest } from '../../core/http.ts'
import type { Context, Outcome, Records, Reply } from '../../core/step.ts'
import { readBody, wrongType } from './body.ts'
import { cookieSecret, openSession } from './caller.ts'
import { replies } from './clauses.ts'
import { settingOf, withSecret } from './forms.ts'
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
  const scene = settingOf(records, request, context)
  if (username === undefined || password === undefined) {
    return about(undefined, replies.credentialsLeftOut('login or password is left out', scene))
  }
  const user = users.get(records, username)
  if (user === undefined) return about(undefined, replies.notFound('there is no such user', scene))
  if (password === '' || user.password !== password) {
    const because = password === '' ? 'the password is empty' : 'the password is wrong'
    return about(user, replies.notFound(because, scene))
  }
  return admit(records, request, context, user, replies.loggedIn)
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
  const scene = settingOf(records, request, context)
  if (username === undefined || salt === undefined || expirationTimestamp === undefined || rsaSignature === undefined) {
    const because = 'username, salt, expirationTimestamp or rsaSignature is left out'
    return about(undefined, replies.credentialsLeftOut(because, scene))
  }
  const user = users.get(records, username)
  if (context.now >= expirationTimestamp * 1000) {
    const refusal = context.now === expirationTimestamp * 1000 ? replies.justExpired : replies.signatureRefused
    return about(user, refusal('the signature has expired', scene))
  }
  const { publicKey, payload } = context.settings.rsa
  if (publicKey === undefined) {
    return about(user, replies.signatureRefused('the setting rsa has no publicKey', scene))
  }
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
  if (right !== true) return about(user, replies.signatureRefused('the signature is wrong', scene))
  if (user === undefined) {
    return about(undefined, replies.notFound('the signature is right, but there is no such user', scene))
  }
  return admit(records, request, context, user, replies.loggedInBySignature)
}

/** Why a user with right credentials may not log in all the same (GC-17, GC-18). */
export function obstacle(user: User, settings: Settings): 'no group' | 'maintenance' | undefined {
  if (groupsOf(user).length === 0) return 'no group'
  return isKeptOut(user, settings) ? 'maintenance' : undefined
}

/** Whether there is maintenance, and the user may not see its setting. */
export function isKeptOut(user: User, settings: Settings): boolean {
  return settings.maintenance && !user.seesMaintenance
}

/** Opens a session, or goes on with the one that the request names. */
function admit(
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
  user: User,
  usual: typeof replies.loggedIn,
): Outcome {
  const scene = settingOf(records, request, context)
  const refusal = obstacle(user, context.settings)
  if (refusal === 'no group') return about(user, replies.notFound('the user is in no group', scene))
  if (refusal === 'maintenance') return about(user, replies.maintenance(scene))
  const given = new URLSearchParams(request.query).get('sid') ?? ''
  const sid = given === '' ? 0 : readInteger(given)
  if (sid === undefined) return about(user, replies.sidNoNumber(scene))
  const opened = openSession(records, request, context, user, sid)
  const { session, isNew, isNewSecret, changes } = opened
  const other = isNewSecret && cookieSecret(request) !== undefined ? replies.loggedInAnew : usual
  const answer = isNew && !isNewSecret ? replies.loggedInBeside : other
  const reply = withSecret(answer(opened, user, scene), session.secret, request, context.settings)
  return { ...about(user, reply), changes }
}

function about(user: User | undefined, reply: Reply): Outcome {
  return { reply, changes: [], ...(user === undefined ? {} : { user: user.username }) }
}
