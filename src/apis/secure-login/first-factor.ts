import { requestCookie } from '../../core/cookie.ts'
import { bodyText, headerValue, mediaType, type HeaderList, type HttpRequest } from '../../core/http.ts'
import { toIso } from '../../core/instant.ts'
import { isJsonObject } from '../../core/json.ts'
import type { Change, Context, Outcome, Records, Reply } from '../../core/step.ts'
import { identify, openSession, refuse, reply, sessionCookie } from './caller.ts'
import type { Settings } from './settings.ts'
import { readUser, sessionKey, userKey, type User } from './state.ts'

// The host product's session resource (public Jira Server documentation): surroundings, not contract.

/** `POST /rest/auth/1/session`: opens a session. One that the request already carries ends, so that none is inherited. */
export function login(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  if (mediaType(headerValue(request.headers, 'content-type')) !== 'application/json') {
    return refuse(told(415, 'SL-H6', 'a login is application/json', ['a login is application/json']))
  }
  const credentials = readCredentials(request)
  if (credentials === undefined) {
    const message = 'a login is a JSON object with the texts username and password'
    return refuse(told(400, 'SL-H6', message, [message]))
  }
  const user = readUser(records, credentials.username)
  if (user === undefined) return refuse(loginFailed('there is no such user'))
  if (user.password !== credentials.password) {
    const failed: User = { ...user, logins: { ...user.logins, failed: user.logins.failed + 1 } }
    const changes = [{ key: userKey(user.username), value: failed }]
    return { reply: loginFailed('the password is wrong'), changes, user: user.username }
  }
  const caller = openSession(user, context)
  const body = { session: { name: sessionCookie, value: caller.sessionId }, loginInfo: loginInfo(user) }
  return reply(
    caller,
    answer(200, body, 'SL-H1', `${user.username} has signed in`),
    context,
    endPresent(records, request),
  )
}

/** `GET /rest/auth/1/session`. */
export function showSession(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return refuse(notLoggedIn(caller))
  const { username } = caller.user
  const self = `${context.settings.contextPath}/rest/api/latest/user?username=${encodeURIComponent(username)}`
  const body = { self, name: username, loginInfo: loginInfo(caller.user) }
  return reply(caller, answer(200, body, 'SL-H3', `the session is ${username}'s`), context)
}

/** `DELETE /rest/auth/1/session`. */
export function logout(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return refuse(notLoggedIn(caller))
  const gone: Reply = { status: 204, headers: [], body: undefined, clause: 'SL-H4', because: 'the session has ended' }
  return { reply: gone, changes: [{ key: sessionKey(caller.sessionId), value: undefined }], user: caller.user.username }
}

function readCredentials(request: HttpRequest): { username: string; password: string } | undefined {
  try {
    const body: unknown = JSON.parse(bodyText(request.body) ?? '')
    if (!isJsonObject(body)) return undefined
    const { username, password } = body
    return typeof username === 'string' && typeof password === 'string' ? { username, password } : undefined
  } catch {
    return undefined
  }
}

function endPresent(records: Records, request: HttpRequest): Change[] {
  const id = requestCookie(request.headers, sessionCookie)
  if (id === undefined || records.get(sessionKey(id)) === undefined) return []
  return [{ key: sessionKey(id), value: undefined }]
}

/** Jira's spelling of an instant. */
function loginInfo({ logins }: User): { failedLoginCount: number; loginCount: number; previousLoginTime?: string } {
  const { count, failed, lastAt } = logins
  const previous = lastAt === null ? {} : { previousLoginTime: toIso(lastAt).replace('Z', '.000+0000') }
  return { failedLoginCount: failed, loginCount: count, ...previous }
}

const json: HeaderList = ['content-type', 'application/json']

function answer(status: number, body: object, clause: string, because: string): Reply {
  return { status, headers: json, body: JSON.stringify(body), clause, because }
}

function told(status: number, clause: string, because: string, errorMessages: readonly string[]): Reply {
  return answer(status, { errorMessages, errors: {} }, clause, because)
}

function loginFailed(because: string): Reply {
  return told(401, 'SL-H2', because, ['Login failed'])
}

function notLoggedIn(reason: Reply): Reply {
  return told(401, reason.clause === 'SL-H5' ? 'SL-H5' : 'SL-H3', reason.because, ['You are not authenticated.'])
}
