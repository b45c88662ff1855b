import { requestCookie } from '../../core/cookie.ts'
import type { HttpReply, HttpRequest } from '../../core/http.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Volatile } from '../../core/kit.ts'
import { problem } from '../../core/problem.ts'
import { inJson, withFurtherHeaders, type Saying } from '../../core/saying.ts'
import type { Context, Records, Reply } from '../../core/step.ts'
import type { OpenedSession } from './caller.ts'
import type { MessageSpec, Settings } from './settings.ts'
import { groupsOf, users, type User } from './state.ts'
import { secretCookie, type ResponseCode } from './wire.ts'

/** What an error says. */
export type ErrorWords = {
  readonly code: string
  readonly words: string
  readonly property: string | undefined
  /** The instant of its message. */
  readonly at: number
}

/** What every answer in JSON depends on. */
export type Setting = {
  /** What a POST answers (GC-09). */
  readonly method: string
  readonly settings: Settings
  readonly records: Records
  readonly now: number
}

/** What a request's answer depends on. */
export function settingOf(records: Records, { method }: HttpRequest, { settings, now }: Context<Settings>): Setting {
  return { method, settings, records, now }
}

/**
 * An answer in JSON: a code, and words for people (GC-X18). `first` stands before messages and responseInfo, in the
 * documented order.
 */
export function answer(
  code: ResponseCode,
  words: string,
  because: string,
  { method, settings, records, now }: Setting,
  first: JsonObject = {},
): Saying {
  const messages = settings.messages.map((message, index) => messageJson(message, index, settings, records, now))
  return inJson(method === 'POST' ? 201 : 200, { ...first, messages, responseInfo: infoOf(code, words) }, because)
}

/** Somebody has logged in. */
export function admission({ session, isNew, isNewSecret }: OpenedSession, user: User, scene: Setting): Saying {
  const because = `${user.username} has logged in${howOpened(session.sid, isNew, isNewSecret)}`
  const first = { sid: String(session.sid), user: userJson(user, scene.settings) }
  return answer('OK', 'You are logged in.', because, scene, first)
}

/** A session in words. */
export function howOpened(sid: number, isNew: boolean, isNewSecret: boolean): string {
  if (!isNew) return `; session ${sid} goes on`
  return isNewSecret ? `; session ${sid} is new` : `; session ${sid} is new, and shares the secret of the cookie`
}

/** A login that opens no session. */
export function nobodyFound(because: string, scene: Setting): Saying {
  return answer('NOTFOUND', 'There is nobody with these credentials.', because, scene)
}

/** A token that is of no live session. */
export function invalidToken(because: string, scene: Setting): Saying {
  return answer('INVALIDDATA', 'There is no such session.', because, scene)
}

/** A password that has another hash. */
export function otherHash(because: string, scene: Setting): Saying {
  return answer('FAILURE', 'The password does not have this hash.', because, scene)
}

/** An SSO answer: the sid or a word (GC-02). */
export function word(text: string, because: string): Saying {
  return { status: 200, headers: ['content-type', 'text/plain'], body: text, because }
}

/** An error and what it is about: its code, and one message for people (GC-11, GC-12). */
export function failure({ code, words, property, at }: ErrorWords, method: string): HttpReply {
  const messages = [{ message: words, type: 'CRITICAL', timestamp: at, id: 1 }]
  const responseInfo = { responseCode: code, responseMessage: words, property }
  const body = JSON.stringify({ messages, responseInfo })
  return { status: method === 'POST' ? 201 : 200, headers: ['content-type', 'application/json'], body }
}

/** Input that the server's framework would refuse before anything is decided. */
export function refused(status: 400 | 404 | 415, clause: string, detail: string): Saying {
  const titles = { 400: 'Malformed body', 404: 'Not found', 415: 'Unsupported media type' }
  return { ...problem(status, titles[status], detail, { clause }), because: detail }
}

/** The reply with the secret as its cookie (GC-15), unless the request has it already (GC-X6). */
export function withSecret(given: Reply, secret: string, request: HttpRequest, settings: Settings): Reply {
  if (requestCookie(request.headers, secretCookie) === secret) return given
  return withCookie(given, `${secretCookie}=${secret}; Path=/; HttpOnly`, settings)
}

/** The reply with the cookie taken away (GC-X20). */
export function withoutSecret(given: Reply, settings: Settings): Reply {
  return withCookie(given, `${secretCookie}=deleted; Path=/; Max-Age=0; HttpOnly`, settings)
}

function withCookie(given: Reply, cookie: string, { secureCookies }: Settings): Reply {
  return withFurtherHeaders(given, ['set-cookie', secureCookies ? `${cookie}; Secure` : cookie])
}

/** What is told of an outcome. */
export function infoOf(code: ResponseCode, words: string): JsonObject {
  return { responseCode: code, responseMessage: words }
}

/** A user as answers tell one (GC-10), in the documented order. */
export function userJson(user: User, settings: Settings): JsonObject {
  const { id, firstName, lastName, description, email, username, password } = user
  const told = { id, firstName, lastName, description, email, groups: groupsOf(user), login: username }
  return settings.exposePasswords ? { ...told, password } : told
}

/** What differs in a user from server to server: all but the login. */
export const variesInUser: { readonly [path: string]: Volatile } = {
  'user.id': 'same type',
  'user.firstName': 'same type',
  'user.lastName': 'same type',
  'user.description': 'same type',
  'user.email': 'same type',
  'user.password': 'same type',
  'user.groups': 'same shape',
}

function messageJson(
  { type, message, fieldName, image, sender, id }: MessageSpec,
  index: number,
  settings: Settings,
  records: Records,
  now: number,
): JsonObject {
  const from = users.get(records, sender)
  return {
    ...(fieldName === undefined ? {} : { fieldName }),
    message,
    type,
    timestamp: now,
    ...(image === undefined ? {} : { image }),
    ...(from === undefined ? {} : { sender: userJson(from, settings) }),
    id: id ?? index + 1,
  }
}
