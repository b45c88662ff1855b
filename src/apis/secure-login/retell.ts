import { bodyText, headerValue, mediaType } from '../../core/http.ts'
import { formed, given, jsonType, like, loosen, type Interaction, type Text } from '../../core/interaction.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import type { TracedExchange, Untold } from '../../core/tracing.ts'
import { factsOf, type Facts, type CallerState } from './facts.ts'
import { sessionCookie } from './host-headers.ts'
import type { Settings } from './settings.ts'
import { standingOfUser, userFacts, users } from './state.ts'

// Whoever it was: a pact tells of one user in each state. These are the defaults of the provider states.
const { username, pin: rightPin } = userFacts.given
const wrongPin = '000000'
const exampleSession = '0F1E2D3C4B5A69788796A5B4C3D2E1F0'

const instant = formed(
  '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]00:?00)$',
  '2026-01-15T09:00:00Z',
)

function about(...members: readonly string[]): JsonObject {
  return Object.fromEntries(members.map((member) => [member, like('text')]))
}

/** What answers may vary in. */
const template: JsonObject = {
  server_time: instant,
  blocked: { until: instant },
  session: { value: formed('^[^;\\s]+$', exampleSession) },
  loginInfo: like({}),
  self: like('/rest/api/latest/user?username=alice'),
  name: like(username),
  errorMessages: like(['Login failed']),
  ...about('baseUrl', 'version', 'buildDate', 'serverTime', 'scmInfo', 'serverTitle'),
  ...about('key', 'emailAddress', 'displayName', 'timeZone', 'locale', 'expand'),
  versionNumbers: like([9]),
  buildNumber: like(9),
  avatarUrls: like({}),
  groups: like({}),
  applicationRoles: like({}),
}

/** Provider states by what callers are. */
const stateNames: { readonly [standing in CallerState]?: string } = {
  enter: 'a user who must enter the PIN',
  authenticated: 'a user who must enter the PIN',
  bypass: 'a user who may bypass the PIN',
  onboarding: 'a user in onboarding',
  blocked: 'a blocked user',
  expired: 'a session that has expired',
}

const words: { readonly [standing in CallerState]: string } = {
  'signed-out': 'without a session',
  enter: 'of a user who must enter the PIN',
  authenticated: 'in an authenticated session',
  bypass: 'of a user who may bypass the PIN',
  onboarding: 'of a user in onboarding',
  blocked: 'of a blocked user',
  expired: 'in a session that has expired',
}

/** What is asked: the part of an interaction that depends on the operation. */
interface Asked {
  readonly what: string
  readonly headers?: { readonly [name: string]: Text }
  readonly body?: Json
  /** The user is asked about without being in a session: a login. */
  readonly about?: CallerState
}

/** The exchange, told of alice instead of whoever it was. */
export function retell(exchange: TracedExchange<Settings>): Interaction | Untold {
  const { operation, request, reply, settings } = exchange
  if (operation === undefined && reply.status !== 405) return { untold: 'no operation has that path' }
  if (request.method === 'OPTIONS') return { untold: 'it is a question about methods, which no operation answers' }
  const facts = factsOf(exchange)
  const asked = ask(exchange)
  if ('untold' in asked) return asked
  const anonymous = operation === undefined || operation === 'login' || (operation === 'info' && reply.status === 200)
  const standing = asked.about ?? (anonymous ? 'signed-out' : facts.standing)
  const revised = ['SL-08', 'SL-12', 'SL-13'].includes(reply.clause)
  const { active, revision } = settings
  const told = operation === 'info' || operation === 'user' || operation === 'auth'
  const who = anonymous ? (asked.about === undefined ? '' : words[asked.about]) : whose(facts)
  const off = told && !active ? 'while the plug-in is inactive' : ''
  const old = revised && revision === 'legacy' ? 'in the legacy revision' : ''
  return {
    title: [asked.what, who, off, old].filter((part) => part !== '').join(' '),
    states: [
      ...(revised ? [{ name: 'the revision', params: { revision } }] : []),
      ...userStates(standing, reply.clause),
      ...(told && !active ? [{ name: 'the plug-in is inactive', params: {} }] : []),
      ...(told && active ? [{ name: 'the plug-in is active', params: {} }] : []),
    ],
    request: {
      method: request.method,
      path: request.path,
      query: {},
      headers: { ...(anonymous ? {} : credentials(facts)), ...asked.headers },
      ...(asked.body === undefined ? {} : { body: asked.body }),
    },
    response: response(exchange),
  }
}

function userStates(standing: CallerState, clause: string): Interaction['states'] {
  const name = stateNames[standing]
  if (name === undefined) return []
  const more = {
    ...(clause === 'SL-14' ? { failures: 2 } : {}),
    ...(standing === 'authenticated' ? { authenticated: true } : {}),
  }
  return [{ name, params: { username, pin: rightPin, ...more } }]
}

/** By what the caller is known. */
function credentials({ cookie, basic }: Facts): { readonly [name: string]: Text } {
  const session = given(
    `${sessionCookie}=\${session}`,
    `${sessionCookie}=${exampleSession}`,
    `^${sessionCookie}=[^;]+$`,
  )
  return {
    ...(cookie === 'known' ? { Cookie: session } : {}),
    ...(cookie === 'unknown' ? { Cookie: `${sessionCookie}=${'0'.repeat(32)}` } : {}),
    // Base64 of what a provider state gives back cannot be put in.
    ...(basic === 'none'
      ? {}
      : { Authorization: `Basic ${btoa(`${username}:${basic === 'right' ? username : 'wrong'}`)}` }),
  }
}

function whose({ cookie, basic, standing }: Facts): string {
  const session = cookie === 'unknown' ? 'in an unknown session' : words[standing]
  return basic === 'none' ? session : `${session} with ${basic} Basic credentials`
}

function ask(exchange: TracedExchange<Settings>): Asked | Untold {
  const { operation, request, reply } = exchange
  if (reply.clause === 'SL-U20') return { untold: 'no provider state makes a CAPTCHA due' }
  switch (operation) {
    case 'info':
      return { what: 'the info' }
    case 'user':
      return { what: 'the state' }
    case 'auth':
      return sendPin(exchange)
    case 'login':
      return logIn(exchange)
    case 'session':
      return { what: 'whose the session is' }
    case 'logout':
      return { what: 'a logout' }
    case 'serverInfo':
      return { what: 'what Jira this is' }
    case 'myself':
      return { what: 'who the user is' }
    default:
      return { what: `a ${request.method} of ${request.path}, which has other methods` }
  }
}

function sendPin({ request, reply }: TracedExchange<Settings>): Asked | Untold {
  const sent = bodyText(request.body)
  if (sent === undefined) return { untold: 'a body that is no text cannot be written down' }
  const type = headerValue(request.headers, 'content-type')
  const check = headerValue(request.headers, 'x-atlassian-token')
  const headers: { readonly [name: string]: Text } = {
    ...(type === undefined ? {} : { 'Content-Type': type }),
    ...(check === undefined ? {} : { 'X-Atlassian-Token': check }),
  }
  const inType = mediaType(type) === 'text/plain' ? '' : ` as ${mediaType(type) || 'nothing in particular'}`
  if (sent === '') return { what: `no PIN${inType}`, headers, body: '' }
  if (inType === '' && !/^[0-9]+$/.test(sent)) {
    return { what: 'a PIN that is not made of digits', headers, body: `${rightPin} ` }
  }
  if (reply.clause === 'SL-14') return { what: 'the wrong PIN that blocks,', headers, body: wrongPin }
  if (reply.clause === 'SL-11') return { what: 'a wrong PIN', headers, body: wrongPin }
  // A PIN that nobody looked at may as well have been right.
  // Not a bare number: some verifiers take apart what is JSON, and know objects only.
  const body = mediaType(type) === 'application/json' ? { pin: rightPin } : rightPin
  return { what: `the right PIN${inType}`, headers, body }
}

function logIn(exchange: TracedExchange<Settings>): Asked | Untold {
  const { request, reply, before } = exchange
  const type = headerValue(request.headers, 'content-type')
  const headers: { readonly [name: string]: Text } = type === undefined ? {} : { 'Content-Type': type }
  const as = mediaType(type) || 'nothing in particular'
  if (reply.status === 415) return { what: `a login as ${as}`, headers, body: 'username=alice&password=wrong' }
  if (reply.status === 400) return { what: 'a login that is malformed', headers, body: { username } }
  const sent = bodyText(request.body)
  const claimed: unknown = sent === undefined ? undefined : JSON.parse(sent)
  const user = isJsonObject(claimed) ? users.get(before, String(claimed['username'])) : undefined
  if (user === undefined) {
    return { what: 'a login of nobody known', headers, body: { username: 'nobody', password: 'nobody' } }
  }
  const isRight = reply.status === 200
  const password = isRight ? given('${password}', username) : 'wrong'
  return {
    what: `a login with ${isRight ? 'the right' : 'a wrong'} password`,
    headers,
    body: { username: given('${username}', username), password },
    about: standingOfUser(user, exchange.now),
  }
}

function response({ reply, request, operation }: TracedExchange<Settings>): Interaction['response'] {
  const { status } = reply
  // What nobody describes may have any body.
  if (operation === undefined) return { status, headers: allow(reply.headers) }
  const isJson = mediaType(headerValue(reply.headers, 'content-type')) === 'application/json'
  // No Set-Cookie: Pact compares such lines by their place, and hosts set other cookies as well.
  const headers = isJson ? { 'Content-Type': jsonType } : {}
  if (reply.body === undefined || request.method === 'HEAD') return { status, headers, body: '' }
  // A page of the host may say what it likes.
  if (!isJson) return { status, headers }
  return { status, headers, body: loosen(JSON.parse(String(reply.body)), template) }
}

/** Pact matches the methods of the list one by one. */
function allow(headers: readonly string[]): { readonly [name: string]: Text } {
  const methods = (headerValue(headers, 'allow') ?? '').split(', ')
  return { Allow: formed(`^(${[...methods, 'OPTIONS'].join('|')})$`, methods[0] ?? '') }
}
