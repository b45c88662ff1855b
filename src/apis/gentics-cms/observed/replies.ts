import type { HeaderList, HttpReply } from '../../../core/http.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { Reply } from '../../../core/step.ts'
import { secretCookie, type ResponseCode } from '../contract.ts'
import type { ErrorWords, Said } from '../replies.ts'
import type { MessageSpec, Settings } from '../settings.ts'
import { groupsOf, type User } from '../state.ts'
import { hasTrait } from '../version.ts'
import { prettyJson } from './pretty-json.ts'

/** What every answer depends on. */
export type Scene = { readonly settings: Settings; readonly now: number }

const json: HeaderList = ['content-type', 'application/json']

/** What stands beside code and words. */
type More = {
  /** Where an answer has the member although there is nothing to say (GC-O3). */
  readonly messages?: 'always'
  readonly last?: JsonObject
}

/** An answer that something was decided (GC-O1). */
export function answer(said: Said, scene: Scene, { messages, last = {} }: More = {}): Reply {
  const told = scene.settings.messages.map((message) => messageJson(message, scene))
  const first = messages === undefined && told.length === 0 ? {} : { messages: told }
  return toReply(200, said, { ...first, responseInfo: infoOf(said), ...inBackground(scene), ...last })
}

/** An error and what it is about, which no operation here tells by itself (GC-12). */
export function failure({ code, words, property, at }: ErrorWords, settings: Settings): HttpReply {
  const scene = { settings, now: at }
  const messages = [messageJson({ type: 'CRITICAL', message: words }, scene)]
  const responseInfo = { responseCode: code, responseMessage: words, property }
  return { status: 200, headers: json, body: prettyJson({ messages, responseInfo, ...inBackground(scene) }) }
}

/** An error of the framework, in its form: one message, of the text for people that belongs to the status or of another. */
export function failed(
  status: 400 | 404 | 405 | 406 | 415 | 500,
  said: Pick<Said, 'clause' | 'because'>,
  scene: Scene,
  other?: string,
): Reply {
  const { code, text: usual, message = usual } = errors[status]
  const text = other ?? usual
  const told = { code, words: message, ...said }
  const messages = [messageJson({ type: 'CRITICAL', message: text }, scene)]
  return toReply(status, told, { messages, responseInfo: infoOf(told), ...inBackground(scene) })
}

const errors: {
  readonly [status in 400 | 404 | 405 | 406 | 415 | 500]: {
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

/** An SSO answer: bare text without an end of line (GC-O14). */
export function word(text: string, clause: string, because: string): Reply {
  return { status: 200, headers: ['content-type', 'text/plain;charset=UTF-8'], body: text, clause, because }
}

/** Who has no session is told so in a bare text, whatever the content type says (GC-O21). */
export function unauthorized(text: string, because: string): Reply {
  return { status: 401, headers: json, body: text, clause: 'GC-O21', because }
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
  return { ...reply, headers: [...reply.headers, 'set-cookie', line] }
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

function infoOf({ code, words }: Pick<Said, 'code' | 'words'>): JsonObject {
  return { responseCode: code, responseMessage: words }
}

function inBackground({ settings }: Scene): JsonObject {
  return hasTrait(settings.version, 'inBackground') ? { inBackground: false } : {}
}

function toReply(status: number, { clause, because }: Pick<Said, 'clause' | 'because'>, body: JsonObject): Reply {
  return { status, headers: json, body: prettyJson(body), clause, because }
}
