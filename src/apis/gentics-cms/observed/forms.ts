import type { HttpReply } from '../../../core/http.ts'
import type { JsonObject } from '../../../core/json.ts'
import { withFurtherHeaders, type Saying } from '../../../core/saying.ts'
import type { Reply } from '../../../core/step.ts'
import type { ErrorWords } from '../forms.ts'
import type { MessageSpec, Settings } from '../settings.ts'
import { groupsOf, type User } from '../state.ts'
import { hasTrait } from '../version.ts'
import { secretCookie, type ResponseCode } from '../wire.ts'
import { prettyJson } from './pretty-json.ts'
import type { OpenedSession } from './session.ts'

/** What every answer depends on. */
export type Scene = { readonly settings: Settings; readonly now: number }

/** What stands beside code and words. */
type More = {
  /** Where an answer has the member although there is nothing to say (GC-O3). */
  readonly messages?: 'always'
  readonly last?: JsonObject
}

/** An answer that something was decided (GC-O1). */
export function answer(
  code: ResponseCode,
  words: string,
  because: string,
  scene: Scene,
  { messages, last = {} }: More = {},
): Saying {
  const told = scene.settings.messages.map((message) => messageJson(message, scene))
  const first = messages === undefined && told.length === 0 ? {} : { messages: told }
  return pretty(200, { ...first, responseInfo: infoOf(code, words), ...inBackground(scene), ...last }, because)
}

/** Somebody has logged in. */
export function admission({ session, isNew }: OpenedSession, user: User, scene: Scene): Saying {
  const because = `${user.username} has logged in; session ${session.sid} ${isNew ? 'is new' : 'goes on'}`
  const last = { user: userJson(user), sid: String(session.sid) }
  return answer('OK', 'Successfully performed login', because, scene, { last })
}

/** A session, or all with its secret, has ended. */
export function loggedOut(because: string, scene: Scene): Saying {
  return answer('OK', 'Successfully logged out', because, scene, { messages: 'always' })
}

/** A token that is of no live session. */
export function invalidSid(because: string, scene: Scene): Saying {
  return answer('INVALIDDATA', 'Invalid SID given', because, scene)
}

/** A password that has another hash. */
export function otherHashThere(because: string, scene: Scene): Saying {
  return answer('FAILURE', 'Password does not match', because, scene)
}

/** An error and what it is about, which no operation here tells by itself (GC-12). */
export function failure({ code, words, property, at }: ErrorWords, settings: Settings): HttpReply {
  const scene = { settings, now: at }
  const messages = [messageJson({ type: 'CRITICAL', message: words }, scene)]
  const responseInfo = { responseCode: code, responseMessage: words, property }
  return pretty(200, { messages, responseInfo, ...inBackground(scene) }, words)
}

type FrameworkStatus = 400 | 404 | 405 | 406 | 415 | 500

/** An error of the framework, in its form: one message, of the text for people that belongs to the status or of another. */
export function failed(status: FrameworkStatus, because: string, scene: Scene, other?: string): Saying {
  const { code, text: usual, message = usual } = errors[status]
  const messages = [messageJson({ type: 'CRITICAL', message: other ?? usual }, scene)]
  return pretty(status, { messages, responseInfo: infoOf(code, message), ...inBackground(scene) }, because)
}

const errors: {
  readonly [status in FrameworkStatus]: {
    readonly code: ResponseCode
    readonly text: string
    readonly message?: string
  }
} = {
  400: {
    code: 'INVALIDDATA',
    text: 'The format of the request body was incorrect.',
    message: 'The body cannot be read.',
  },
  404: { code: 'FAILURE', text: 'HTTP 404 Not Found' },
  405: { code: 'FAILURE', text: 'HTTP 405 Method Not Allowed' },
  406: { code: 'FAILURE', text: 'HTTP 406 Not Acceptable' },
  415: { code: 'FAILURE', text: 'HTTP 415 Unsupported Media Type' },
  500: { code: 'FAILURE', text: 'An error occurred while accessing the backend system.' },
}

/** A 406, in a form that the caller takes if there is any. */
export function notAcceptable(form: 'json' | 'xml' | 'none', because: string, scene: Scene): Saying {
  if (form === 'json') return failed(406, because, scene)
  if (form === 'none') return { status: 406, headers: ['content-type', 'text/plain'], body: 'ERROR', because }
  const { text } = errors[406]
  const body =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<genericResponse><messages><message>${text}</message><type>CRITICAL</type><timestamp>${scene.now}</timestamp>` +
    `</messages><responseInfo><responseCode>FAILURE</responseCode><responseMessage>${text}</responseMessage>` +
    '</responseInfo></genericResponse>'
  return { status: 406, headers: ['content-type', 'application/xml'], body, because }
}

/** An SSO answer: bare text without an end of line (GC-O14). */
export function word(text: string, because: string): Saying {
  return { status: 200, headers: ['content-type', 'text/plain;charset=UTF-8'], body: text, because }
}

/** Who has no session is told so in a bare text, whatever the content type says (GC-O21). */
export function unauthorized(text: string, because: string): Saying {
  return { status: 401, headers: ['content-type', 'application/json'], body: text, because }
}

/** The reply with the secret as its cookie (GC-O22). */
export function withSecret(reply: Reply, secret: string, { secureCookies, sameSite }: Settings): Reply {
  const secure = secureCookies ? '; Secure' : ''
  const site = sameSite === 'off' ? '' : `; SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`
  return withCookie(reply, `${secretCookie}=${secret}; Path=/; HttpOnly${secure}${site}`)
}

/** The reply with the cookie deleted (GC-O22). */
export function withoutSecret(reply: Reply, { secureCookies }: Settings): Reply {
  const secure = secureCookies ? '; Secure' : ''
  return withCookie(reply, `${secretCookie}=deleted; Path=/; Version=1; Max-Age=0; HttpOnly${secure}`)
}

function withCookie(reply: Reply, line: string): Reply {
  return withFurtherHeaders(reply, ['set-cookie', line])
}

/** The user of a login, and of a token (GC-O5). */
export function userJson({ id, firstName, lastName, email }: User): JsonObject {
  return { id, firstName, lastName, email }
}

/** The user as told to itself (GC-O20). */
export function ownUserJson(user: User, withGroups: boolean): JsonObject {
  const { id, firstName, lastName, description, email, username } = user
  const groups = groupsOf(user).map((group) => ({ id: group.id, name: group.name, description: group.description }))
  return { id, firstName, lastName, description, email, login: username, ...(withGroups ? { groups } : {}) }
}

function messageJson({ message, type }: MessageSpec, { settings, now }: Scene): JsonObject {
  const isInstant = hasTrait(settings.version, 'isInstantMessage') ? { isInstantMessage: false } : {}
  return { message, type, timestamp: now, ...isInstant }
}

function infoOf(code: ResponseCode, words: string): JsonObject {
  return { responseCode: code, responseMessage: words }
}

function inBackground({ settings }: Scene): JsonObject {
  return hasTrait(settings.version, 'inBackground') ? { inBackground: false } : {}
}

function pretty(status: number, body: JsonObject, because: string): Saying {
  return { status, headers: ['content-type', 'application/json'], body: prettyJson(body), because }
}
