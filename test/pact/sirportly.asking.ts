import { request as open } from 'node:http'
import { MatchersV3, type V3ProviderState, type V3Request, type V3Response } from '@pact-foundation/pact'
import type { SirportlyClient } from '../../src/client.ts'
import type { Interaction as PactInteraction } from './pact.ts'

/** What interactions are performed with. */
export interface App {
  readonly client: SirportlyClient
  /** Sends what the client would not, and gives the status. */
  readonly send: (request: V3Request) => Promise<number>
}

/** One request and its answer, as an app depends on it. */
export type Interaction = PactInteraction<App>

/** How an app asks: the request, and what performs it. */
type Asking = Pick<Interaction, 'request' | 'perform'>

export const path = '/api/v2/authentication/authenticate'

const { fromProviderState, integer, like, regex } = MatchersV3

/** The application in the examples; a verifier puts in one that the provider knows. */
export const exampleApplication = 'help-app'

const application = {
  ...fromProviderState('${application}', exampleApplication),
  // The matcher that comes with it would let an app send a blank one.
  'pact:matcher:type': 'regex',
  regex: '^\\S+$',
} as MatchersV3.V3RegexMatcher

export const asApplication: NonNullable<V3Request['headers']> = { 'X-Auth-Application': application }

/** The header of a form. */
export const form: NonNullable<V3Request['headers']> = {
  ...asApplication,
  'Content-Type': 'application/x-www-form-urlencoded',
}

/** What somebody signs in with, by the names on the wire. */
export type Credentials = Readonly<Record<string, string>>

export function encode(credentials: Credentials): string {
  return new URLSearchParams(credentials).toString()
}

/** A sign-in by the client. */
export function signsIn(credentials: Credentials): Asking {
  const { username = '', password = '', two_factor_code: twoFactorCode, account } = credentials
  const named = {
    username,
    password,
    ...(twoFactorCode === undefined ? {} : { twoFactorCode }),
    ...(account === undefined ? {} : { account }),
  }
  return {
    request: { method: 'POST', path, headers: form, body: encode(credentials) },
    perform: ({ client }) => client.authenticate(named),
  }
}

/** A request that the client would not send; the app looks at its status only. */
export function asks(request: Partial<V3Request>): Asking {
  const whole: V3Request = { method: 'POST', path, headers: asApplication, ...request }
  return { request: whole, perform: ({ send }) => send(whole) }
}

/** Sends the example of a request to a server, by Node's own client: fetch could not send a GET with a body. */
export function sendExample(url: string, example: V3Request): Promise<number> {
  const { method, headers, query, body } = example
  const search = query === undefined ? '' : `?${encode(MatchersV3.reify<Credentials>(query))}`
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.alloc(0)
  const told = { ...MatchersV3.reify<Record<string, string>>(headers), 'content-length': bytes.length }
  return new Promise((resolve, reject) => {
    const asked = open(url + MatchersV3.reify<string>(example.path) + search, { method, headers: told }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    asked.on('error', reject)
    asked.end(bytes)
  })
}

/** An answer in JSON; without a body, any JSON will do. */
export function json(status: number, body?: unknown): V3Response {
  const headers = { 'Content-Type': regex('^[Aa]pplication/(json|JSON) *(;.*)?$', 'application/json') }
  return { status, headers, ...(body === undefined ? {} : { body }) }
}

/** An answer in JSON with these members; what it has more is the server's business. */
export function tells(body: object, status = 200): V3Response {
  return json(status, body)
}

interface Told {
  readonly id: number
  readonly account: string
  readonly activated: boolean
}

const adamAtAtech: Told = { id: 6, account: 'atech', activated: true }

/** A user as the wire has it (SP-07): every member, of the documented kind; who it is, exactly. */
export function wireUser({ id, account, activated }: Told = adamAtAtech): object {
  return {
    id: id === adamAtAtech.id ? integer(id) : id,
    username: 'adam',
    first_name: like('Adam'),
    last_name: like('Anywhere'),
    email_address: regex('^\\S+@\\S+$', 'adam@help.example'),
    time_zone: like('London'),
    created_at: regex(
      '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:?\\d{2})$',
      '2012-01-12T22:09:01+00:00',
    ),
    'activated?': activated,
    invite_code: null,
    permissions: { admin: like(false), reporting: like(true), tickets: like(true), api: like(true) },
    account: {
      name: like('aTech Media'),
      permalink: account,
      domain: regex('^[\\w.-]+$', `${account}.sirportly.example`),
      domain_with_protocol: regex('^https?://[\\w.-]+$', `https://${account}.sirportly.example`),
      enabled: true,
    },
    api_token: { token: like('b76add71'), secret: like('xwn1kykh') },
  }
}

/** A user of one of some accounts, which are told as a pattern. */
export function wireUserOf(accounts: string): object {
  const { account, ...user } = wireUser() as { readonly account: object }
  return {
    ...user,
    id: integer(adamAtAtech.id),
    account: { ...account, permalink: regex(`^(${accounts})$`, 'atech'), name: like('aTech Media') },
  }
}

/** The same user as the app gets it. */
export function appUser({ id, account, activated }: Told = adamAtAtech): object {
  return {
    id,
    username: 'adam',
    firstName: 'Adam',
    lastName: 'Anywhere',
    emailAddress: 'adam@help.example',
    timeZone: 'London',
    createdAt: Date.UTC(2012, 0, 12, 22, 9, 1),
    activated,
    inviteCode: null,
    permissions: { admin: false, reporting: true, tickets: true, api: true },
    account: {
      name: 'aTech Media',
      permalink: account,
      domain: `${account}.sirportly.example`,
      domainWithProtocol: `https://${account}.sirportly.example`,
      enabled: true,
    },
    apiToken: { token: 'b76add71', secret: 'xwn1kykh' },
  }
}

type Params = NonNullable<V3ProviderState['parameters']>

function given(description: string, parameters: Params = {}): V3ProviderState {
  return { description, parameters }
}

export const settings = (params: Params = {}): V3ProviderState => given("Sirportly's settings", params)
export const nobody = (params: Params = {}): V3ProviderState => given('nobody in Sirportly', params)
export const user = (params: Params = {}): V3ProviderState => given('a Sirportly user', params)
export const withoutAccess = (params: Params = {}): V3ProviderState =>
  given('a Sirportly user without API access', params)
export const secured = (params: Params = {}): V3ProviderState => given('a Sirportly user with a second factor', params)
export const locked = (params: Params = {}): V3ProviderState =>
  given('a Sirportly user with a locked second factor', params)
export const unprepared: V3ProviderState = given('a Sirportly user who has to set up a second factor')
export const account = (params: Params): V3ProviderState => given('a Sirportly account', params)
export const noAccount: V3ProviderState = given('no Sirportly account')
