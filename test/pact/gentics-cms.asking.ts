import { MatchersV3, type V3ProviderState, type V3Request, type V3Response } from '@pact-foundation/pact'
import type { GenticsClient } from '../../src/client.ts'
import type { Interaction as PactInteraction } from './pact.ts'

/** What interactions are performed with. */
export interface App {
  readonly client: GenticsClient
  /** Sends what the client would not, and gives the status. */
  readonly send: (request: V3Request) => Promise<number>
}

/** One request and its answer, as an app depends on it. */
export type Interaction = PactInteraction<App> & {
  /** The app asks without the session of the examples. */
  readonly anonymous?: true
}

/** How an app asks: the request, and what performs it. */
type Asking = Pick<Interaction, 'request' | 'perform'>

type Headers = NonNullable<V3Request['headers']>
type Matched = MatchersV3.V3RegexMatcher

export const authPath = '/rest/auth'
export const mePath = '/rest/user/me'

const { eachLike, fromProviderState, integer, like, regex } = MatchersV3

/** The session in the examples; a verifier puts in the one that the provider state opened. */
export const exampleSid = '7'
export const exampleSecret = 'a1B2c3D4e5F6g7H'

/** Any sid. */
export const aSid: Matched = regex('^[1-9]\\d*$', exampleSid)

/** The hash of "secret". */
export const hashExample = '$2a$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u'

/** A value of the provider state. The matcher that comes with it would let an app send any text at all. */
function given(expression: string, example: string, pattern: string): Matched {
  const value = { ...fromProviderState(expression, example), 'pact:matcher:type': 'regex', regex: pattern }
  return value
}

const sidPattern = '[1-9]\\d*'
const secretPattern = '[0-9A-Za-z]{15}'

/** The header of a request in the session that the provider state opened. */
export const inSession: Headers = {
  Cookie: given(
    'GCN_SESSION_SECRET=${secret}',
    `GCN_SESSION_SECRET=${exampleSecret}`,
    `^GCN_SESSION_SECRET=${secretPattern}$`,
  ),
}
export const inJson: Headers = { 'Content-Type': 'application/json' }

/** The sid of that session, in a query. */
export const ownSid: { readonly sid: Matched } = { sid: given('${sid}', exampleSid, `^${sidPattern}$`) }

/** A path that ends in the sid of that session. */
export function sidPath(path: string, expression = '${sid}'): Matched {
  return given(path + expression, path + exampleSid, `^${path}${sidPattern}$`)
}

/** A path that ends in its token. */
export function tokenPath(path: string, suffix = ''): Matched {
  const example = `${path}${exampleSid}${exampleSecret}${suffix}`
  return given(
    `${path}\${token}${suffix}`,
    example,
    `^${path}${sidPattern}${secretPattern}${suffix.replace('.', '\\.')}$`,
  )
}

/** Right credentials: values that the provider state gives back. */
export const credentials = {
  login: fromProviderState('${username}', 'node'),
  password: fromProviderState('${password}', 'node'),
}

export function logsIn(body: { readonly [name: string]: unknown } = credentials, password = 'node'): Asking {
  return {
    request: { method: 'POST', path: `${authPath}/login`, query: { sid: '0' }, headers: inJson, body },
    perform: ({ client }) => client.login('node', password),
  }
}

export function validates(): Asking {
  return {
    request: { method: 'GET', path: tokenPath(`${authPath}/validate/`), headers: inSession },
    perform: ({ client }) => client.validate(),
  }
}

export function logsOut(allSessions = false): Asking {
  return {
    request: {
      method: 'POST',
      path: sidPath(`${authPath}/logout/`),
      query: { allSessions: String(allSessions) },
      headers: inSession,
    },
    perform: ({ client }) => client.logout({ allSessions }),
  }
}

export const asksSso: Asking = {
  request: { method: 'GET', path: `${authPath}/ssologin`, query: ownSid, headers: inSession },
  perform: ({ client }) => client.ssoLogin(),
}

export const asksMe: Asking = {
  request: { method: 'GET', path: mePath, query: ownSid, headers: inSession },
  perform: ({ client }) => client.me(),
}

/** A request that the client would not send; the app looks at its status only. */
export function asks(
  method: string,
  path: string | Matched,
  more: { readonly headers?: Headers; readonly query?: V3Request['query']; readonly body?: unknown } = {},
): Asking {
  const { headers = {}, query, body } = more
  const request = {
    method,
    path,
    headers,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
  }
  return { request, perform: ({ send }) => send(request) }
}

const typeJson = { 'Content-Type': regex('^application/json(;.*)?$', 'application/json') }

/** An answer in JSON. */
export function json(status: number, body?: object): V3Response {
  return { status, headers: typeJson, ...(body === undefined ? {} : { body }) }
}

/** An answer in JSON that says so by its code; what else it has stands before. */
export function says(status: number, code: string, first: object = {}): V3Response {
  return json(status, {
    ...first,
    messages: [],
    responseInfo: { responseCode: code, responseMessage: like('Words for people.') },
  })
}

/** An answer of the open-source server that says so by its code; what else it has stands behind. */
export function tells(code: string, last: object = {}, first: object = {}): V3Response {
  const responseInfo = { responseCode: code, responseMessage: like('Words for people.') }
  return json(200, { ...first, responseInfo, inBackground: false, ...last })
}

/** The user of the provider states, as the open-source server tells one. */
export const aUserOfFour: object = {
  id: integer(12345),
  firstName: like('Nora'),
  lastName: like('Node'),
  email: like('node@cms.example'),
}

/** The same as the client tells it. */
export const theUserOfFour: object = {
  id: 12345,
  firstName: 'Nora',
  lastName: 'Node',
  description: '',
  email: 'node@cms.example',
}

/** The same with the secret as a cookie. */
export function withCookie(
  response: V3Response,
  line = '^GCN_SESSION_SECRET=[0-9A-Za-z]{15}; Path=/; HttpOnly(;.*)?$',
): V3Response {
  const example = `GCN_SESSION_SECRET=${exampleSecret}; Path=/; HttpOnly`
  return {
    ...response,
    headers: {
      ...response.headers,
      'Set-Cookie': regex(line, line.includes('Secure') ? `${example}; Secure` : example),
    },
  }
}

export function text(body: string): V3Response {
  return { status: 200, headers: { 'Content-Type': regex('^text/plain(;.*)?$', 'text/plain') }, body }
}

/** The user of the provider states, as answers tell one. */
export const aUser: object = {
  id: integer(12345),
  firstName: like('Nora'),
  lastName: like('Node'),
  description: like(''),
  email: like('node@cms.example'),
  groups: eachLike({ id: integer(2), name: like('Editors'), description: like(''), children: like([]) }),
  login: 'node',
}

/** The same as the client tells it. */
export const theUser: object = {
  id: 12345,
  firstName: 'Nora',
  lastName: 'Node',
  description: '',
  email: 'node@cms.example',
  groups: [{ id: 2, name: 'Editors', description: '', children: [] }],
  login: 'node',
}

export const refusal = (code: string): object => ({ code, message: 'Words for people.', messages: [] })

type Params = NonNullable<V3ProviderState['parameters']>

function state(description: string, parameters?: Params): V3ProviderState {
  return { description, ...(parameters === undefined ? {} : { parameters }) }
}

const node = { username: 'node', password: 'node' }

export const documented: V3ProviderState = state('the dialect of the CMS', { dialect: 'documented' })
export const observed: V3ProviderState = state('the dialect of the CMS', { dialect: 'observed' })
export const unlisted: V3ProviderState = state('addresses that the CMS lets hash passwords', { allowFrom: [] })
export const user = (params: Params = {}): V3ProviderState => state('a user of the CMS', { ...node, ...params })
export const session = (params: Params = {}): V3ProviderState => state('a session of the CMS', { ...node, ...params })
export const sharing: V3ProviderState = state('two sessions of the CMS that share a secret', node)
export const ended = (by: string): V3ProviderState => state('a session of the CMS that has ended', { ...node, by })
export const maintenance: V3ProviderState = state('the CMS is under maintenance')
export const noMaintenance: V3ProviderState = state('the CMS is not under maintenance')
export const prefix: V3ProviderState = state('the global prefix of the CMS', { prefix: 'A547' })
export const sso = (params: Params = {}): V3ProviderState =>
  state('an SSO system of the CMS', { token: 'example-sso-token', username: 'node', header: 'x-sso-user', ...params })
export const rsaKey = (publicKey: string): V3ProviderState => state('an RSA key of the CMS', { publicKey })
export const allowed: V3ProviderState = state('addresses that the CMS lets hash passwords', {
  allowFrom: ['0.0.0.0/0', '::/0'],
})
export const exposed: V3ProviderState = state('users of the CMS with their passwords')
export const secureCookies: V3ProviderState = state('the CMS sets cookies for HTTPS only')
export const message: V3ProviderState = state('a message of the CMS', {
  message: 'Noon',
  type: 'WARNING',
  sender: 'node',
  id: 7,
})
export const clockAt = (at: string): V3ProviderState => state('the clock of the CMS', { at })
