import { headerValue } from '../../core/http.ts'
import type { Interaction, Text } from '../../core/interaction.ts'
import type { Reply } from '../../core/step.ts'
import type { TracedExchange, Untold } from '../../core/tracing.ts'
import { sidQuery, type InteractionDraft } from './interaction-draft.ts'
import { cookieOf, sessionStates, sidOf, userState, sessionWords, username } from './cast.ts'
import { factsOf, type Facts } from './facts.ts'
import { logIn } from './retell-login.ts'
import { handlePassword } from './retell-passwords.ts'
import { response } from './retell-response.ts'
import { askSso } from './retell-sso.ts'
import type { Settings } from './settings.ts'
import { users } from './state.ts'
import { newestVersion } from './version.ts'

/** Clauses of what the open-source server refuses before any operation, by headers and bodies that no client sends. */
const ofFramework = ['GC-O24', 'GC-O25', 'GC-O26', 'GC-O28']

/** The exchange, told of node instead of whoever it was. */
export function retell(exchange: TracedExchange<Settings>): Interaction | Untold {
  const { operation, request, reply } = exchange
  if (request.method === 'OPTIONS') return { untold: 'it is a question about methods, which no operation answers' }
  if (operation === undefined && reply.status !== 405) return { untold: 'no operation has that path' }
  if (ofFramework.includes(reply.clause))
    return { untold: 'the framework of the server refuses it, whatever the state' }
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

/** Which server is played, as nearly every answer depends on it, and whether logins are kept out. */
function surroundings({ operation, settings }: TracedExchange<Settings>): Interaction['states'] {
  const { dialect, version } = settings
  const isLogin = operation === 'login' || operation === 'loginwithrsa' || operation === 'ssologin'
  const under = settings.maintenance ? 'the CMS is under maintenance' : 'the CMS is not under maintenance'
  const params = { dialect, ...(dialect === 'observed' && version !== newestVersion ? { version } : {}) }
  return [{ name: 'the dialect of the CMS', params }, ...(isLogin ? [{ name: under, params: {} }] : [])]
}

/** What is unusual about the server. */
function besides({ operation, reply, settings }: TracedExchange<Settings>): string {
  const isOther = settings.dialect === 'observed'
  const maintained = settings.maintenance && operation?.includes('login') === true
  return [
    isOther ? ' of the open-source server' : '',
    isOther && settings.version !== newestVersion ? ` ${settings.version}` : '',
    maintained ? ' while there is maintenance' : '',
    hasMessage(reply) ? ', beside a message' : '',
  ].join('')
}

/** Beside the one message of an error that the framework tells. */
function hasMessage({ body, status }: Reply): boolean {
  return status < 400 && /"messages" ?: ?\[ ?\{/.test(String(body ?? ''))
}

/** Settings that show in the answer. */
function peculiarities(
  { reply, settings }: TracedExchange<Settings>,
  states: Interaction['states'],
): Interaction['states'] {
  const body = String(reply.body ?? '')
  const message = { message: 'Noon', type: 'WARNING', sender: username, id: 7 }
  const hasUser = states.some(({ params }) => params['username'] === username)
  const isSecure = (headerValue(reply.headers, 'set-cookie') ?? '').includes('; Secure')
  return [
    ...(hasMessage(reply) && !hasUser ? [userState(undefined, settings)] : []),
    ...(hasMessage(reply) ? [{ name: 'a message of the CMS', params: message }] : []),
    ...(settings.exposePasswords && settings.dialect === 'documented' && /"(?:user|sender)":/.test(body)
      ? [{ name: 'users of the CMS with their passwords', params: {} }]
      : []),
    ...(isSecure ? [{ name: 'the CMS sets cookies for HTTPS only', params: {} }] : []),
  ]
}

function ask(exchange: TracedExchange<Settings>, facts: Facts): InteractionDraft | Untold {
  const { operation, request, before, settings } = exchange
  const user = users.get(before, facts.session?.username)
  const states = sessionStates(facts, user, settings)
  const headers = cookieOf(facts)
  switch (operation) {
    case 'validate':
      return { what: `the validity of a token ${sessionWords(facts)}`, states, path: pathOf(exchange, facts) }
    case 'logout': {
      const all = new URLSearchParams(request.query).get('allSessions')
      const allSessions = all?.toLowerCase() === 'true'
      const what = `a logout${allSessions ? ' of all sessions' : ''} ${sessionWords(facts)}`
      const query = all === null ? {} : { allSessions: String(allSessions) }
      return { what, states, path: pathOf(exchange, facts), query, headers }
    }
    case 'me': {
      const withGroups = /(^|&)groups=true(&|$)/i.test(request.query)
      const query = { ...sidQuery(facts), ...(withGroups ? { groups: 'true' } : {}) }
      return { what: `the own user${withGroups ? ' with groups' : ''} ${sessionWords(facts)}`, states, query, headers }
    }
    case 'ssologin':
      return askSso(exchange, facts)
    case 'globalprefix':
      return {
        what: 'the global prefix',
        states: [{ name: 'the global prefix of the CMS', params: { prefix: 'A547' } }],
      }
    case 'login':
    case 'loginwithrsa':
      return logIn(exchange, facts)
    case 'hashpassword':
    case 'matchpassword':
      return handlePassword(exchange, facts, states)
    default: {
      // Where a token may stand, it must not.
      const path = request.path.replace(/(\/auth\/(?:validate|logout)\/)[^/]+\/?$/, '$11')
      return { what: `a ${request.method} of ${path}, which has other methods`, states: [], path }
    }
  }
}

function pathOf({ request }: TracedExchange<Settings>, facts: Facts): Text {
  const [, start = '', end = ''] = /^(.*\/)[^/]+?((?:\.json|\.xml)?\/?)$/.exec(request.path) ?? []
  return sidOf(facts, start, end)
}
