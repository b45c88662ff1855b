import { bodyText, headerValue, mediaType, type HttpRequest } from '../../core/http.ts'
import { isJsonObject } from '../../core/json.ts'
import type { Change, Context, Outcome, Records } from '../../core/step.ts'
import { withFurtherHeaders } from '../../core/saying.ts'
import { identify, openSession, refuse, reply, turnAway, type Unknown } from './caller.ts'
import { replies } from './clauses.ts'
import { checkCredentials, countedFailure, type Credentials } from './credentials.ts'
import { hostHeaders, sessionCookies } from './host-headers.ts'
import { baseUrl } from './host-forms.ts'
import type { Settings } from './settings.ts'
import { sessionId, sessions } from './state.ts'

// The host product's session resource: surroundings, not contract. It can be called with a cookie of an ended session.

/** `POST /rest/auth/1/session`: opens a session. One that the request already carries ends, so that none is inherited. */
export function handleLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  if (mediaType(headerValue(request.headers, 'content-type')) !== 'application/json') {
    return refuse(replies.loginNotJson, context)
  }
  const credentials = readCredentials(request)
  if (credentials === undefined) {
    return refuse(replies.loginMalformed, context)
  }
  const { settings, now } = context
  const checked = checkCredentials(records, credentials, settings)
  if (checked.verdict !== 'right') {
    const { user, because } = checked
    const about = user === undefined ? {} : { user: user.username }
    if (checked.verdict === 'captcha') {
      return { ...refuse(replies.loginDenied(request, settings, because), context), ...about }
    }
    return { ...refuse(replies.loginFailed(because), context), changes: countedFailure(checked, now), ...about }
  }
  const { sessionId: id, user, changes } = openSession(checked.user, context)
  const cookies = sessionCookies(id, request, context, 'lout')
  return {
    // The request began without a user, and is told so.
    reply: withFurtherHeaders(replies.loggedIn(user, id), cookies, hostHeaders(undefined, context)),
    changes: [...changes, ...endPresent(records, request)],
    user: user.username,
  }
}

/** `GET /rest/auth/1/session`. */
export function showSession(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return notLoggedIn(caller, context)
  const told = replies.sessionOf(caller.user, baseUrl(request, context.settings))
  return reply(caller, told, request, context)
}

/** `DELETE /rest/auth/1/session`. */
export function handleLogout(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return notLoggedIn(caller, context)
  return { ...refuse(replies.loggedOut, context, caller), changes: [sessions.drop(caller.sessionId)] }
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

function notLoggedIn(unknown: Unknown, context: Context<Settings>): Outcome {
  const { reply: told, isRefused = false } = unknown
  return turnAway(unknown, isRefused ? told : replies.nobodysSession(told.because), context)
}
