import { requestCookie } from '../../core/cookie.ts'
import type { HeaderList, HttpReply, HttpRequest } from '../../core/http.ts'
import type { JsonObject } from '../../core/json.ts'
import { problem } from '../../core/problem.ts'
import type { Records, Reply } from '../../core/step.ts'
import { secretCookie, type ResponseCode } from './contract.ts'
import type { MessageSpec, Settings } from './settings.ts'
import { groupsOf, users, type User } from './state.ts'

/** What an answer says: the code, words for people (GC-X18), the clause it plays and why. */
export type Said = {
  readonly code: ResponseCode
  readonly words: string
  readonly clause: string
  readonly because: string
}

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

const json: HeaderList = ['content-type', 'application/json']
const plain: HeaderList = ['content-type', 'text/plain']

/** An answer in JSON. `first` stands before messages and responseInfo, in the documented order. */
export function answer(said: Said, { method, settings, records, now }: Setting, first: JsonObject = {}): Reply {
  const status = method === 'POST' ? 201 : 200
  const messages = settings.messages.map((message, index) => messageJson(message, index, settings, records, now))
  return reply(status, { ...first, messages, responseInfo: infoOf(said) }, said)
}

/** An error and what it is about: its code, and one message for people (GC-11, GC-12). */
export function failure({ code, words, property, at }: ErrorWords, method: string): HttpReply {
  const messages = [{ message: words, type: 'CRITICAL', timestamp: at, id: 1 }]
  const responseInfo = { responseCode: code, responseMessage: words, property }
  return { status: method === 'POST' ? 201 : 200, headers: json, body: JSON.stringify({ messages, responseInfo }) }
}

/** The answer to `/user/me`. */
export function ownUser(user: User, settings: Settings): Reply {
  const said: Said = {
    code: 'OK',
    words: 'This is you.',
    clause: 'GC-S1',
    because: `the session is ${user.username}'s`,
  }
  return reply(200, { user: userJson(user, settings), responseInfo: infoOf(said) }, said)
}

/** The answer to `/user/me` without a session. */
export function notYours(because: string): Reply {
  const said: Said = { code: 'AUTHREQUIRED', words: 'Please log in.', clause: 'GC-S2', because }
  return reply(401, { responseInfo: infoOf(said) }, said)
}

/** An SSO answer: the sid or a word (GC-02). */
export function word(text: string, clause: string, because: string): Reply {
  return { status: 200, headers: plain, body: text, clause, because }
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
  return { ...given, headers: [...given.headers, 'set-cookie', secureCookies ? `${cookie}; Secure` : cookie] }
}

/** A user as answers tell one (GC-10), in the documented order. */
export function userJson(user: User, settings: Settings): JsonObject {
  const { id, firstName, lastName, description, email, username, password } = user
  const told = { id, firstName, lastName, description, email, groups: groupsOf(user), login: username }
  return settings.exposePasswords ? { ...told, password } : told
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

function infoOf({ code, words }: Said): JsonObject {
  return { responseCode: code, responseMessage: words }
}

function reply(status: number, body: JsonObject, { clause, because }: Said): Reply {
  return { status, headers: json, body: JSON.stringify(body), clause, because }
}

/** Input that the server's framework would refuse before anything is decided. */
export function refused(status: 400 | 404 | 415, clause: string, detail: string): Reply {
  const titles = { 400: 'Malformed body', 404: 'Not found', 415: 'Unsupported media type' }
  const { headers, body } = problem(status, titles[status], detail, { clause })
  return { status, headers, body, clause, because: detail }
}
