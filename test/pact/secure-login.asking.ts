import { MatchersV3, type V3ProviderState, type V3Request, type V3Response } from '@pact-foundation/pact'
import type { Revision } from '../../src/apis/secure-login/revision.ts'
import type { SecureLoginClient } from '../../src/client.ts'
import type { Interaction as PactInteraction } from './pact.ts'

/** What interactions are performed with. */
export interface App {
  readonly client: SecureLoginClient
  /** Sends what the client would not, and gives the status. */
  readonly send: (request: V3Request) => Promise<number>
}

/** One request and its answer, as an app depends on it. */
export type Interaction = PactInteraction<App> & {
  /** The revision that the app's client reads answers by, where it matters (current). */
  readonly revision?: Revision
}

/** How an app asks: the request, and what performs it. */
type Asking = Pick<Interaction, 'request' | 'perform'>

export const apiPath = '/jira/rest/securelogin-admin/1.0/api'
export const sessionPath = '/jira/rest/auth/1/session'
export const productPath = '/jira/rest/api/2'

const { fromProviderState, regex } = MatchersV3

/** The session in the examples; a verifier puts in the one that the provider state opened. */
export const exampleSession = '0F1E2D3C4B5A69788796A5B4C3D2E1F0'

/** The header of a request in the session that the provider state opened. */
export const inSession: NonNullable<V3Request['headers']> = {
  Cookie: {
    ...fromProviderState('JSESSIONID=${session}', `JSESSIONID=${exampleSession}`),
    // The matcher that comes with it would let an app send any text at all.
    'pact:matcher:type': 'regex',
    regex: '^JSESSIONID=[^;]+$',
  } as MatchersV3.V3RegexMatcher,
}

export const asksInfo: Asking = {
  request: { method: 'GET', path: `${apiPath}/info` },
  perform: ({ client }) => client.info(),
}

export const asksUser: Asking = {
  request: { method: 'GET', path: `${apiPath}/user`, headers: inSession },
  perform: ({ client }) => client.user(),
}

/** A PIN is text, and says that it is no form of another site (SL-U17). */
export const inPlainText = { 'Content-Type': 'text/plain', 'X-Atlassian-Token': 'no-check' }

/**
 * A form in parts. One in a line (`a=1&b=2`) pact-js's own verifier cannot send: its proxy makes JSON of it, of another length
 * than the request says, and any server answers 400 (pact-js, `src/dsl/verifier/proxy/parseBody.ts`, 16.5 to 17.1).
 */
export const inAForm = { 'Content-Type': 'multipart/form-data; boundary=part' }

export function asForm(members: { readonly [name: string]: string }): string {
  const part = ([name, value]: [string, string]): string =>
    `--part\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  return `${Object.entries(members).map(part).join('')}--part--\r\n`
}

export function sendsPin(pin: string): Asking {
  const headers = { ...inSession, ...inPlainText }
  return {
    request: { method: 'POST', path: `${apiPath}/auth`, headers, body: pin },
    perform: ({ client }) => client.auth(pin),
  }
}

/** A request that the client would not send; the app looks at its status only. */
export function asks(
  method: string,
  path: string,
  headers: NonNullable<V3Request['headers']> = {},
  body?: unknown,
): Asking {
  const request: V3Request = { method, path, headers, ...(body === undefined ? {} : { body }) }
  return { request, perform: ({ send }) => send(request) }
}

/** An answer without a body. */
export function empty(status: number): V3Response {
  return { status, body: '' }
}

/** An answer in JSON; without a body, any JSON will do. */
export function json(status: number, body?: unknown): V3Response {
  const headers = { 'Content-Type': regex('^[Aa]pplication/[Jj][Ss][Oo][Nn](;.*)?$', 'application/json') }
  return { status, headers, ...(body === undefined ? {} : { body }) }
}

/** An instant as the wire has it: ISO-8601 in GMT, however that is spelled. */
export function instant(example: string): MatchersV3.V3RegexMatcher {
  return regex('^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]00:?00)$', example)
}

/** That instant and no other, to the second, however it is spelled. */
export function thatInstant(example: string): MatchersV3.V3RegexMatcher {
  return regex(`^${example.replace('Z', '')}(\\.\\d{1,9})?(Z|[+-]00:?00)$`, example)
}

type Params = NonNullable<V3ProviderState['parameters']>

function given(description: string, parameters?: Params): V3ProviderState {
  return { description, ...(parameters === undefined ? {} : { parameters }) }
}

const alice = { username: 'alice', pin: '910817' }

export const mustEnter = (params: Params = {}): V3ProviderState =>
  given('a user who must enter the PIN', { ...alice, ...params })
export const mayBypass = (params: Params = {}): V3ProviderState =>
  given('a user who may bypass the PIN', { ...alice, ...params })
export const inOnboarding: V3ProviderState = given('a user in onboarding', alice)
export const blocked = (params: Params = {}): V3ProviderState => given('a blocked user', { ...alice, ...params })
export const expired: V3ProviderState = given('a session that has expired', alice)
export const active: V3ProviderState = given('the plug-in is active')
export const inactive: V3ProviderState = given('the plug-in is inactive')
export const current: V3ProviderState = given('the revision', { revision: 'current' })
export const legacy: V3ProviderState = given('the revision', { revision: 'legacy' })
export const clockAt = (at: string): V3ProviderState => given("the server's clock", { at })
