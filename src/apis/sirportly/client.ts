import { checkBaseUrl } from '../../core/base-url.ts'
import { checkOptions, type OptionNames } from '../../core/check-options.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { sendRequest, type Fetch, type ClientAnswer } from '../../core/client-request.ts'
import { fromIso } from '../../core/instant.ts'
import { isJsonObject, own, type Json, type JsonObject } from '../../core/json.ts'
import { authenticatePath } from './paths.ts'

/** Which Sirportly a client talks to, and as which application. */
export interface SirportlyClientOptions {
  /** Up to `/api`: `https://help.example`. */
  readonly baseUrl: string
  /** The application's token, for X-Auth-Application (SP-02). */
  readonly application: string
  /** Sends the requests (the global fetch). */
  readonly fetch?: Fetch
}

/** What somebody signs in with (SP-04). */
export interface SirportlyCredentials {
  readonly username: string
  readonly password: string
  /** For users with a second factor. */
  readonly twoFactorCode?: string
  /** Permalink of an account; left out for all of them. */
  readonly account?: string
}

/** A user of one account, with the token to go on with (SP-07). */
export interface SirportlyUser {
  readonly id: number
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
  readonly timeZone: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly activated: boolean
  readonly inviteCode: string | null
  readonly permissions: {
    readonly admin: boolean
    readonly reporting: boolean
    readonly tickets: boolean
    readonly api: boolean
  }
  readonly account: {
    readonly name: string
    readonly permalink: string
    readonly domain: string
    readonly domainWithProtocol: string
    readonly enabled: boolean
  }
  readonly apiToken: { readonly token: string; readonly secret: string }
}

/** Why nobody is let in. It holds nothing of what was sent, although the server echoes credentials (SP-09). */
export type SirportlyRefusal =
  | {
      readonly outcome:
        | 'api-access-disabled'
        | 'invalid-credentials'
        | 'two-factor-required'
        | 'invalid-code'
        | 'locked'
        | 'account-not-found'
        | 'invalid-application'
    }
  | { readonly outcome: 'not-permitted-from-address'; /** As the server sees it. */ readonly address: string }
  | {
      readonly outcome: 'invalid-parameters'
      /** What is wrong, by the parameter's name on the wire. */
      readonly errors: { readonly [parameter: string]: readonly string[] }
    }

/** The user of the account that was asked for, or why there is none. */
export type SirportlyUserAnswer = { readonly outcome: 'authenticated'; readonly user: SirportlyUser } | SirportlyRefusal

/** The users of all accounts; there may be none, where nobody has API access (SP-X1). */
export type SirportlyUsersAnswer =
  | { readonly outcome: 'authenticated'; readonly users: readonly SirportlyUser[] }
  | SirportlyRefusal

const statuses = new Map<
  Json | undefined,
  Exclude<SirportlyRefusal['outcome'], 'not-permitted-from-address' | 'invalid-parameters'>
>([
  ['APIAccessDisabled', 'api-access-disabled'],
  ['InvalidCredentials', 'invalid-credentials'],
  ['TwoFactorRequired', 'two-factor-required'],
  ['InvalidTwoFactorCode', 'invalid-code'],
  ['TwoFactorLocked', 'locked'],
])

const taker = 'createSirportlyClient(options)'

const optionNames: OptionNames<SirportlyClientOptions> = { baseUrl: true, application: true, fetch: true }

/**
 * Signs people in to one Sirportly. What the server decides is told by the `outcome`, whatever HTTP status it has
 * (SP-U1, SP-U2); answers that no clause allows throw an AnswerUnexpectedError.
 */
export class SirportlyClient {
  readonly #fetch: Fetch
  readonly #url: string
  readonly #application: string

  constructor(options: SirportlyClientOptions & Required<Pick<SirportlyClientOptions, 'fetch'>>) {
    checkOptions(taker, options, optionNames)
    this.#fetch = options.fetch
    this.#url = checkBaseUrl(taker, options.baseUrl, 'https://help.example') + authenticatePath
    if (typeof options.application !== 'string')
      throw new UnderstudyError('ERR_USAGE', `${taker} needs an application: the token that Sirportly gave the app.`)
    this.#application = options.application
  }

  /**
   * Tells who has these credentials: in one account, or in all of them. Throws a TypeError, and sends nothing, for a
   * blank account, which servers take for none.
   */
  authenticate(credentials: SirportlyCredentials & { readonly account: string }): Promise<SirportlyUserAnswer>
  authenticate(credentials: SirportlyCredentials & { readonly account?: undefined }): Promise<SirportlyUsersAnswer>
  authenticate(credentials: SirportlyCredentials): Promise<SirportlyUserAnswer | SirportlyUsersAnswer>
  async authenticate(credentials: SirportlyCredentials): Promise<SirportlyUserAnswer | SirportlyUsersAnswer> {
    const { username, password, twoFactorCode, account } = credentials
    if (account === '')
      throw new TypeError('An account has a permalink; leave it out for all accounts. Nothing was sent.')
    const answer = await sendRequest(this.#fetch, {
      method: 'POST',
      url: this.#url,
      headers: { 'x-auth-application': this.#application, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        username,
        password,
        ...(twoFactorCode === undefined ? {} : { two_factor_code: twoFactorCode }),
        ...(account === undefined ? {} : { account }),
      }).toString(),
      credentials: 'omit',
      expected: [200, 403, 404, 422],
    })
    const body = await answer.json()
    if (own(body, 'status') !== 'Authenticated') return toRefusal(body, answer)
    const told = account === undefined ? own(body, 'users') : [own(body, 'user') ?? null]
    const users = Array.isArray(told) ? told.map(toUser) : [undefined]
    const all = users.filter((user) => user !== undefined)
    if (all.length < users.length) throw answer.unexpected(account === undefined ? 'users (SP-07)' : 'a user (SP-07)')
    return { outcome: 'authenticated', ...(account === undefined ? { users: all } : { user: all[0] as SirportlyUser }) }
  }
}

function toRefusal(body: JsonObject, answer: ClientAnswer): SirportlyRefusal {
  const outcome = statuses.get(own(body, 'status'))
  if (outcome !== undefined) return { outcome }
  const error = own(body, 'error')
  const ip = own(body, 'ip')
  if (error === 'AccountNotFound') return { outcome: 'account-not-found' }
  if (error === 'InvalidApplication') return { outcome: 'invalid-application' }
  if (error === 'NotPermittedFromIPAddress' && typeof ip === 'string') {
    return { outcome: 'not-permitted-from-address', address: ip }
  }
  const errors = own(body, 'errors')
  if (answer.status === 422 && isErrors(errors)) return { outcome: 'invalid-parameters', errors }
  throw answer.unexpected('a status or an error that is documented (SP-05 to SP-14)')
}

function isErrors(value: Json | undefined): value is { readonly [parameter: string]: readonly string[] } {
  if (!isJsonObject(value)) return false
  return Object.values(value).every((texts) => Array.isArray(texts) && texts.every((text) => typeof text === 'string'))
}

/** A user as the wire has it (SP-07), invite_code apart, which may be null. */
const wireUser = {
  id: 'number',
  username: 'string',
  first_name: 'string',
  last_name: 'string',
  email_address: 'string',
  time_zone: 'string',
  created_at: 'string',
  'activated?': 'boolean',
  permissions: { admin: 'boolean', reporting: 'boolean', tickets: 'boolean', api: 'boolean' },
  account: {
    name: 'string',
    permalink: 'string',
    domain: 'string',
    domain_with_protocol: 'string',
    enabled: 'boolean',
  },
  api_token: { token: 'string', secret: 'string' },
} as const

interface Kinds {
  readonly string: string
  readonly number: number
  readonly boolean: boolean
}
type Shape = keyof Kinds | { readonly [name: string]: Shape }
type Shaped<Given> = Given extends keyof Kinds ? Kinds[Given] : { readonly [Name in keyof Given]: Shaped<Given[Name]> }

function hasShape<Given extends Shape>(value: Json | undefined, shape: Given): value is Shaped<Given> & Json {
  if (typeof shape === 'string') return typeof value === shape
  return isJsonObject(value) && Object.entries(shape).every(([name, inner]) => hasShape(own(value, name), inner))
}

/** Undefined for what is no user. */
function toUser(given: Json): SirportlyUser | undefined {
  const inviteCode = isJsonObject(given) ? own(given, 'invite_code') : undefined
  if (!hasShape(given, wireUser)) return undefined
  const createdAt = fromIso(given.created_at)
  if (createdAt === undefined || (inviteCode !== null && typeof inviteCode !== 'string')) return undefined
  const { admin, reporting, tickets, api } = given.permissions
  const { name, permalink, domain, domain_with_protocol: domainWithProtocol, enabled } = given.account
  return {
    id: given.id,
    username: given.username,
    firstName: given.first_name,
    lastName: given.last_name,
    emailAddress: given.email_address,
    timeZone: given.time_zone,
    createdAt,
    activated: given['activated?'],
    inviteCode,
    permissions: { admin, reporting, tickets, api },
    account: { name, permalink, domain, domainWithProtocol, enabled },
    apiToken: { token: given.api_token.token, secret: given.api_token.secret },
  }
}
