import { headerValue, mediaType } from '../../core/http.ts'
import { type Interaction, type Text } from '../../core/interaction.ts'
import type { Json } from '../../core/json.ts'
import type { Reply } from '../../core/step.ts'
import type { Exchange, Untold } from '../../core/tracing.ts'
import { factsOf, type Facts } from './facts.ts'
import { cookieOf, sessionCookie, sessionStates, sidOf, userState, whose } from './cast.ts'
import { bodyOf, readSent, userIn } from './retell-body.ts'
import { response } from './retell-response.ts'
import { askSso } from './retell-sso.ts'
import type { Settings } from './settings.ts'
import { readUser } from './state.ts'
import { inAddressRange } from '../../core/address-range.ts'
import { readInteger } from './token.ts'

/** What an interaction consists of, apart from method, answer and surroundings. */
export interface Asked {
  readonly what: string
  readonly states: Interaction['states']
  readonly path?: Text
  readonly query?: Interaction['request']['query']
  readonly headers?: Interaction['request']['headers']
  readonly body?: Json
}

/** The exchange, told of node instead of whoever it was. */
export function retell(exchange: Exchange<Settings>): Interaction | Untold {
  const { operation, request, reply } = exchange
  if (request.method === 'OPTIONS') return { untold: 'it is a question about methods, which no operation answers' }
  if (operation === undefined && reply.status !== 405) return { untold: 'no operation has that path' }
  const asked = ask(exchange, factsOf(exchange))
  if ('untold' in asked) return asked
  return {
    title: asked.what + besides(exchange),
    states: [...surroundings(exchange), ...asked.states, ...peculiarities(exchange, asked.states)],
    request: {
      method: request.method,
      path: asked.path ?? request.path,
      query: asked.query ?? {},
      headers: { ...asked.headers },
      ...(asked.body === undefined ? {} : { body: asked.body }),
    },
    response: response(exchange),
  }
}

/** Which server is played, where answers depend on it. */
function surroundings({ operation, request, settings }: Exchange<Settings>): Interaction['states'] {
  const isLogin = operation === 'login' || operation === 'loginwithrsa' || operation === 'ssologin'
  const under = settings.maintenance ? 'the CMS is under maintenance' : 'the CMS is not under maintenance'
  return [
    ...(operation !== undefined && (isLogin || request.method === 'POST')
      ? [{ name: 'the dialect of the CMS', params: { dialect: settings.dialect } }]
      : []),
    ...(isLogin ? [{ name: under, params: {} }] : []),
  ]
}

/** What is unusual about the server. */
function besides({ operation, request, reply, settings }: Exchange<Settings>): string {
  const isOther = settings.dialect === 'observed' && operation !== undefined && request.method === 'POST'
  const maintained = settings.maintenance && operation?.includes('login') === true
  return [
    isOther ? " of today's server" : '',
    maintained ? ' while there is maintenance' : '',
    hasMessage(reply) ? ', beside a message' : '',
  ].join('')
}

function hasMessage({ body }: Reply): boolean {
  return /"messages":\[\{/.test(String(body ?? ''))
}

/** Settings that show in the answer. */
function peculiarities({ reply, settings }: Exchange<Settings>, states: Interaction['states']): Interaction['states'] {
  const body = String(reply.body ?? '')
  const message = { message: 'Noon', type: 'WARNING', sender: 'node', id: 7 }
  const hasUser = states.some(({ params }) => params['username'] === 'node')
  const isSecure = (headerValue(reply.headers, 'set-cookie') ?? '').endsWith('; Secure')
  return [
    ...(hasMessage(reply) && !hasUser ? [userState(undefined, settings)] : []),
    ...(hasMessage(reply) ? [{ name: 'a message of the CMS', params: message }] : []),
    ...(settings.exposePasswords && /"(?:user|sender)":/.test(body)
      ? [{ name: 'users of the CMS with their passwords', params: {} }]
      : []),
    ...(isSecure ? [{ name: 'the CMS sets cookies for HTTPS only', params: {} }] : []),
  ]
}

function ask(exchange: Exchange<Settings>, facts: Facts): Asked | Untold {
  const { operation, request, before, settings } = exchange
  const user = facts.session === undefined ? undefined : readUser(before, facts.session.username)
  const states = sessionStates(facts, user, settings)
  const headers = cookieOf(facts)
  switch (operation) {
    case 'validate':
      return { what: `the validity of a token ${whose(facts)}`, states, path: pathOf(exchange, facts) }
    case 'logout': {
      const all = new URLSearchParams(request.query).get('allSessions')
      const allSessions = all?.toLowerCase() === 'true'
      const what = `a logout${allSessions ? ' of all sessions' : ''} ${whose(facts)}`
      const query = all === null ? {} : { allSessions: String(allSessions) }
      return { what, states, path: pathOf(exchange, facts), query, headers }
    }
    case 'me':
      return { what: `the own user ${whose(facts)}`, states, query: sidQuery(facts), headers }
    case 'ssologin':
      return askSso(exchange, facts)
    case 'globalprefix':
      return { what: 'the global prefix', states: [{ name: 'the global prefix of the CMS', params: { prefix: 'A547' } }] }
    case 'login':
    case 'loginwithrsa':
      return logIn(exchange, facts)
    case 'hashpassword':
    case 'matchpassword':
      return handlePassword(exchange, facts, states)
    default: {
      // Where a token may stand, it must not.
      const path = request.path.replace(/(\/auth\/(?:validate|logout)\/)[^/]+$/, '$11')
      return { what: `a ${request.method} of ${path}, which has other methods`, states: [], path }
    }
  }
}

function pathOf({ request }: Exchange<Settings>, facts: Facts): Text {
  const end = request.path.endsWith('.json') ? '.json' : ''
  return sidOf(facts, request.path.slice(0, request.path.lastIndexOf('/') + 1), end)
}

/** The sid of a query, if it had one. */
export function sidQuery(facts: Facts): Interaction['request']['query'] {
  return facts.named === undefined ? {} : { sid: sidOf(facts) }
}

function contentType({ request }: Exchange<Settings>): Interaction['request']['headers'] {
  const type = headerValue(request.headers, 'content-type')
  return type === undefined ? {} : { 'Content-Type': type }
}

/** A body that is refused before it is understood. */
function refusedBody(exchange: Exchange<Settings>, what: string): Omit<Asked, 'states'> | undefined {
  const { reply, request } = exchange
  const headers = contentType(exchange)
  if (reply.status === 415) {
    const type = mediaType(headerValue(request.headers, 'content-type')) || 'nothing in particular'
    return { what: `${what} as ${type}`, headers, ...(request.body.length === 0 ? {} : { body: 'login=node' }) }
  }
  return reply.clause === 'GC-U3' ? { what: `${what} that is malformed`, headers, body: [] } : undefined
}

function logIn(exchange: Exchange<Settings>, facts: Facts): Asked | Untold {
  const { operation, reply, settings } = exchange
  const isRsa = operation === 'loginwithrsa'
  const name = isRsa ? 'a login with an RSA signature' : 'a login'
  // An existing session matters where the cookie is its own, or gives a new one its secret.
  const goesOn = facts.ending === undefined && facts.cookieIsRight === true
  const shares = facts.cookieIsAlive && !goesOn
  const isNumber = facts.named === undefined || facts.named === '' || readInteger(facts.named) !== undefined
  const other: Interaction['request']['query'] = facts.named === undefined ? {} : { sid: isNumber ? '0' : 'nonsense' }
  const query = goesOn ? sidQuery(facts) : other
  const refused = refusedBody(exchange, name)
  if (refused !== undefined) return { ...refused, states: [], query: other }
  const sent = readSent(exchange) ?? {}
  const user = userIn(exchange, sent)
  if (isRsa && reply.clause !== 'GC-U2' && reply.clause !== 'GC-X11') {
    return { untold: 'a right signature is a secret, and holds for one user and one time only' }
  }
  const { publicKey } = settings.rsa
  const key = isRsa && publicKey !== undefined ? [{ name: 'an RSA key of the CMS', params: { publicKey } }] : []
  const own = userState(user, settings)
  const states = user === undefined ? [] : [goesOn || shares ? { ...own, name: 'a session of the CMS' } : own]
  const session = user !== undefined && (goesOn || shares) ? sessionCookie : {}
  return {
    what: `${name}${outcome(exchange)}${user !== undefined && goesOn ? ' that goes on with a session' : ''}`,
    states: [...key, ...states],
    query: user === undefined ? other : query,
    headers: { ...contentType(exchange), ...session },
    body: bodyOf(exchange, sent, user),
  }
}

/** What of the credentials is wrong, if anything. */
function outcome(exchange: Exchange<Settings>): string {
  const { reply, operation } = exchange
  const sent = readSent(exchange) ?? {}
  if (reply.clause === 'GC-X11') return ' without all that it takes'
  if (operation === 'loginwithrsa') return reply.clause === 'GC-U2' ? ' that is wrong or has expired' : ''
  const user = userIn(exchange, sent)
  if (user === undefined) return ' of nobody known'
  if (sent['password'] === '') return ' with an empty password'
  if (user.password !== sent['password']) return ' with a wrong password'
  if (reply.clause === 'GC-17') return ' of a user in no group'
  return reply.clause === 'GC-X7' ? ' with a sid that is no number' : ' with the right password'
}

function handlePassword(exchange: Exchange<Settings>, facts: Facts, states: Asked['states']): Asked {
  const { operation, settings, address, reply } = exchange
  const hashes = operation === 'hashpassword'
  const name = hashes ? 'the hash of a password' : 'whether a password has a hash'
  const other: Interaction['request']['query'] = facts.named === undefined ? {} : { sid: '0' }
  const refused = refusedBody(exchange, name)
  if (refused !== undefined) return { ...refused, states: [], query: other }
  const sent = readSent(exchange) ?? {}
  if (reply.clause === 'GC-U6') {
    const body = bodyOf(exchange, sent, undefined)
    return { what: `${name} with a sid that is no number`, states: [], query: { sid: 'nonsense' }, headers: contentType(exchange), body }
  }
  const user = userIn(exchange, sent)
  const isListed = settings.allowFrom.some((range) => inAddressRange(address, range))
  const allowFrom = ['0.0.0.0/0', '::/0']
  const listed = isListed ? [{ name: 'addresses that the CMS lets hash passwords', params: { allowFrom } }] : []
  const result: { readonly [clause: string]: string } = {
    'GC-07': 'whether a password has its hash',
    'GC-X13': 'whether a password has a hash that takes too long',
    'GC-X11': `${name} without all that it takes`,
  }
  const owner = hashes && user !== undefined && states.length === 0 ? [userState(undefined, settings)] : []
  return {
    what: `${result[reply.clause] ?? name} ${isListed ? 'from an address on the list' : whose(facts)}`,
    states: [...listed, ...owner, ...states],
    query: sidQuery(facts),
    headers: { ...contentType(exchange), ...cookieOf(facts) },
    body: bodyOf(exchange, sent, user),
  }
}
