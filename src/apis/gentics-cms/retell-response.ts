import { headerValue, mediaType } from '../../core/http.ts'
import {
  eachLike,
  formed,
  integerLike,
  jsonType,
  like,
  loosen,
  plainType,
  type Interaction,
} from '../../core/interaction.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import type { TracedExchange } from '../../core/tracing.ts'
import { exampleSecret, exampleSid, username } from './cast.ts'
import { secretCookie } from './wire.ts'
import { hashExample } from './retell-body.ts'
import type { Settings } from './settings.ts'

const aSid = formed('^[1-9]\\d*$', exampleSid)

const aGroup: JsonObject = { id: integerLike(2), name: like('Editors'), description: like('') }

const aUser: JsonObject = {
  id: integerLike(12345),
  firstName: like('Nora'),
  lastName: like('Node'),
  description: like(''),
  email: like('node@cms.example'),
  groups: eachLike({ ...aGroup, children: like([]) }),
  login: username,
  password: username,
}

const { password: _password, ...sender } = aUser

/** The message of the provider state. */
const aMessage: JsonObject = {
  fieldName: like('clock'),
  message: 'Noon',
  type: 'WARNING',
  timestamp: integerLike(1_768_467_600_000),
  image: like('clock.png'),
  sender,
  id: 7,
}

/** What was answered, with what may vary in it. */
export function response({ reply, request, operation, settings }: TracedExchange<Settings>): Interaction['response'] {
  const { status } = reply
  const isDocumented = settings.dialect === 'documented'
  // What nobody describes may have any body.
  if (operation === undefined) return { status, headers: isDocumented ? allow(reply.headers) : {} }
  const type = mediaType(headerValue(reply.headers, 'content-type'))
  // The words of an error are the framework's.
  if (type === 'application/problem+json' || (status >= 400 && !isDocumented)) return { status, headers: {} }
  const cookie = headerValue(reply.headers, 'set-cookie')
  const headers = {
    'Content-Type': type === 'text/plain' ? plainType : jsonType,
    ...(cookie === undefined ? {} : { 'Set-Cookie': cookieLine(cookie) }),
  }
  if (request.method === 'HEAD') return { status, headers, body: '' }
  const text = String(reply.body ?? '')
  if (type === 'text/plain') return { status, headers, body: /^\d+$/.test(text) ? aSid : text }
  const prefix = operation === 'globalprefix' ? 'A547' : like('Words for people.')
  const template: JsonObject = {
    sid: aSid,
    user: isDocumented ? aUser : { ...aUser, groups: eachLike(aGroup) },
    hash: formed('^\\$2a\\$10\\$[./A-Za-z0-9]{53}$', hashExample),
    responseInfo: { responseMessage: prefix },
  }
  return { status, headers, body: withMessages(loosen(JSON.parse(text), template)) }
}

/** Messages come from the settings: the provider state sets one, and where there was none, others may be. */
function withMessages(body: Json): Json {
  if (!isJsonObject(body) || !Array.isArray(body['messages'])) return body
  return { ...body, messages: body['messages'].length === 0 ? like([]) : [aMessage] }
}

function cookieLine(line: string): ReturnType<typeof formed> {
  if (line.includes('Max-Age=0')) {
    return formed(`^${secretCookie}=[^;]*;.*Max-Age=0.*$`, `${secretCookie}=deleted; Path=/; Max-Age=0; HttpOnly`)
  }
  const example = `${secretCookie}=${exampleSecret}; Path=/; HttpOnly`
  const isSecure = line.includes('; Secure')
  const end = isSecure ? '; Secure(;.*)?' : '(;.*)?'
  return formed(`^${secretCookie}=[0-9A-Za-z]{15}; Path=/; HttpOnly${end}$`, isSecure ? `${example}; Secure` : example)
}

/** Pact matches the methods of the list one by one. */
function allow(headers: readonly string[]): Interaction['response']['headers'] {
  const methods = (headerValue(headers, 'allow') ?? '').split(', ')
  return { Allow: formed(`^(${[...methods, 'OPTIONS'].join('|')})$`, methods[0] ?? '') }
}
