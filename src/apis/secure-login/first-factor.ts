import { bodyText, headerValue, mediaType, type HttpRequest } from '../../core/http.ts'
import { isJsonObject } from '../../core/json.ts'
import type { Change, Context, Outcome, Records, Reply } from '../../core/step.ts'
import { identify, openSession, refuse, reply, turnAway, withFurtherHeaders, type Unknown } from './caller.ts'
import { checkCredentials, countedFailure, type Credentials } from './credentials.ts'
import { hostHeaders, sessionCookie, sessionCookies } from './host-headers.ts'
import * as hostReplies from './host-replies.ts'
import type { Settings } from './settings.ts'
import { sessionId, sessions } from './state.ts'

// The host product's session resource: surroundings, not contract. It can be called with a cookie of an ended session.

/** `POST /rest/auth/1/session`: opens a session. One that the request already carries ends, so that none is inherited. */
export function handleLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  if (mediaType(headerValue(request.headers, 'content-type')) !== 'application/json') {
    return refuse(malformed(415, 'a login is application/json'), context)
  }
  const credentials = readCredentials(request)
  if (credentials === undefined) {
    return refuse(malformed(400, 'a login is a JSON object with the texts username and password'), context)
  }
  const { settings, now } = context
  const checked = checkCredentials(records, credentials, settings)
  if (checked.verdict !== 'right') {
    const { user, because } = checked
    const about = user === undefined ? {} : { user: user.username }
    if (checked.verdict === 'captcha') {
      return { ...refuse(hostReplies.loginDenied(request, settings, because), context), ...about }
    }
    return { ...refuse(hostReplies.loginFailed(because), context), changes: countedFailure(checked, now), ...about }
  }
  const { sessionId: id, user, changes } = openSession(checked.user, context)
  const body = { session: { name: sessionCookie, value: id }, loginInfo: hostReplies.loginInfo(user) }
  const cookies = sessionCookies(id, request, context, 'lout')
  const accepted = hostReplies.data(200, body, 'SL-H1', `${user.username} has signed in`)
  return {
    // The request began without a user, and is told so.
    reply: withFurtherHeaders(accepted, hostReplies.acceptedLogin, cookies, hostHeaders(undefined, context)),
    changes: [...changes, ...endPresent(records, request)],
    user: user.username,
  }
}

/** `GET /rest/auth/1/session`. */
export function showSession(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return notLoggedIn(caller, context)
  const { username } = caller.user
  const base = hostReplies.baseUrl(request, context.settings)
  const self = `${base}/rest/api/latest/user?username=${encodeURIComponent(username)}`
  const body = { self, name: username, loginInfo: hostReplies.loginInfo(caller.user) }
  return reply(caller, hostReplies.data(200, body, 'SL-H3', `the session is ${username}'s`), request, context)
}

/** `DELETE /rest/auth/1/session`. */
export function handleLogout(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return notLoggedIn(caller, context)
  const gone: Reply = { status: 204, headers: [], body: undefined, clause: 'SL-H4', because: 'the session has ended' }
  return {
    ...refuse(gone, context, caller),
    changes: [sessions.drop(caller.sessionId)],
  }
}

function readCredentials(request: HttpRequest): Credentials | undefined {
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
  const id = sessionId(request)
  return id === undefined || sessions.get(records, id) === undefined ? [] : [sessions.drop(id)]
}

function malformed(status: number, message: string): Reply {
  return hostReplies.refusal(status, 'SL-H6', message, message)
}

/** Wrong credentials are the host's to refuse, before anybody asks what for. */
function notLoggedIn(unknown: Unknown, context: Context<Settings>): Outcome {
  const { clause, because } = unknown.reply
  const isRefused = clause === 'SL-H5' || clause === 'SL-U20'
  return turnAway(unknown, isRefused ? unknown.reply : hostReplies.notAuthenticated('SL-H3', because), context)
}
