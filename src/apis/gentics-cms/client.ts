import { checkBaseUrl } from '../../core/base-url.ts'
import { checkOptions, type OptionNames } from '../../core/check-options.ts'
import { CookieJar } from '../../core/cookie-jar.ts'
import { cookieLines, sendRequest, type Fetch, type ClientAnswer } from '../../core/client-request.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import { isMissing, textOrEmpty, userOf, type GenticsUser } from './client-user.ts'
import { authPath, mePath, responseCodes, secretCookie, type ResponseCode } from './wire.ts'

/** Which CMS a client talks to, and how. */
export interface GenticsClientOptions {
  /** Up to and including the context path, without `/rest`: `https://cms.example`. */
  readonly baseUrl: string
  /** Fetch's credentials mode, by which a browser sends its secret cookie (include). */
  readonly credentials?: RequestCredentials
  /** Sends the requests (the global fetch). */
  readonly fetch?: Fetch
  /** The app's own clock in milliseconds since 1970, by which cookies end (Date.now). */
  readonly now?: () => number
}

/** What the CMS says to people beside its answer (GC-11). */
export interface GenticsMessage {
  readonly type: string
  readonly message: string
  /** Milliseconds since 1970, where it is told. */
  readonly timestamp?: number
}

/** What is wrong, where an answer is not OK (GC-12). */
export interface GenticsRefusal {
  readonly code: Exclude<ResponseCode, 'OK'>
  /** Words of the server, for people. */
  readonly message: string
  readonly messages: readonly GenticsMessage[]
}

/** An answer that is OK, with what it gives. */
export type GenticsGranted<Given> = { readonly code: 'OK'; readonly messages: readonly GenticsMessage[] } & Given

/** A login by RSA signature, as another system signed it. */
export interface GenticsRsaCredentials {
  readonly username: string
  readonly salt: string
  /** Seconds since 1970. */
  readonly expirationTimestamp: number
  /** In Base64. */
  readonly rsaSignature: string
}

/** What SSO answers: the session that it opened, or why there is none (GC-02, GC-18). */
export type GenticsSsoAnswer =
  | { readonly code: 'OK'; readonly sid: string }
  | { readonly code: 'NOTFOUND' | 'FAILURE' | 'MAINTENANCEMODE' }

type Method = 'GET' | 'POST'

const taker = 'createGenticsClient(options)'

const optionNames: OptionNames<GenticsClientOptions> = { baseUrl: true, credentials: true, fetch: true, now: true }

/**
 * Talks to one CMS in one session. In Node, where fetch keeps no cookies, it keeps the secret itself. What the CMS
 * decides is told by the `code` of a result; answers that no clause allows throw an AnswerUnexpectedError.
 */
export class GenticsClient {
  readonly #fetch: Fetch
  readonly #baseUrl: string
  readonly #credentials: RequestCredentials
  #sid: string | undefined
  /** Empty in browsers, which keep cookies themselves. */
  readonly #cookies: CookieJar

  constructor(options: GenticsClientOptions & Required<Pick<GenticsClientOptions, 'fetch' | 'now'>>) {
    checkOptions(taker, options, optionNames)
    this.#fetch = options.fetch
    this.#cookies = new CookieJar(options.now)
    this.#baseUrl = checkBaseUrl(taker, options.baseUrl, 'https://cms.example')
    this.#credentials = options.credentials ?? 'include'
  }

  /** The number of the session; useless to others without the secret. */
  get sid(): string | undefined {
    return this.#sid
  }

  /** Opens a session, or goes on with the one that is open (GC-03, GC-17, GC-18). */
  login(login: string, password: string): Promise<GenticsGranted<{ sid: string; user: GenticsUser }> | GenticsRefusal> {
    return this.#open(`${authPath}/login`, { login, password })
  }

  /** Opens a session by a signature (GC-04). The open-source server has no such thing, and the error says 404. */
  loginWithRsa(
    credentials: GenticsRsaCredentials,
  ): Promise<GenticsGranted<{ sid: string; user: GenticsUser }> | GenticsRefusal> {
    return this.#open(`${authPath}/loginwithrsa`, { ...credentials })
  }

  /** Opens a session by what the SSO system adds to the request, or by a bearer token (GC-02, GC-24). */
  async ssoLogin(bearerToken?: string): Promise<GenticsSsoAnswer> {
    const headers = bearerToken === undefined ? {} : { authorization: `Bearer ${bearerToken}` }
    const answer = await this.#send('GET', `${authPath}/ssologin${this.#query()}`, { headers })
    const text = (await answer.text()).trim()
    if (text === 'NOTFOUND' || text === 'FAILURE' || text === 'MAINTENANCEMODE') return { code: text }
    if (!/^[1-9]\d*$/.test(text)) throw answer.unexpected('a sid, NOTFOUND, FAILURE or MAINTENANCEMODE')
    this.#sid = text
    return { code: 'OK', sid: text }
  }

  /** Goes on in a session that was opened elsewhere. The secret is for Node; browsers send their cookie. */
  useSession(sid: string, secret?: string): void {
    this.#sid = sid
    this.#cookies.delete(secretCookie)
    if (secret !== undefined) this.#cookies.put(secretCookie, secret, this.#baseUrl)
  }

  /**
   * Whose the session of a token is (GC-01, GC-19): sid and secret in one. Without a token it asks for the client's own
   * session, which takes a secret that it knows; browsers hide theirs.
   */
  async validate(token: string = this.#ownToken()): Promise<GenticsGranted<{ user: GenticsUser }> | GenticsRefusal> {
    const path = `${authPath}/validate/`
    const answer = await this.#send('GET', path + encodeURIComponent(token), { shownPath: `${path}…` })
    return read(answer, await answer.json(), (body) => ({ user: userOf(body['user'], answer) }))
  }

  /** Ends the session, or all that share its secret (GC-05, GC-20). */
  async logout(options: { readonly allSessions?: boolean } = {}): Promise<GenticsGranted<object> | GenticsRefusal> {
    const { allSessions = false } = options
    const answer = await this.#send('POST', `${authPath}/logout/${this.#sid ?? '0'}?allSessions=${allSessions}`)
    const result = read(answer, await answer.json(), () => ({}))
    if (result.code === 'OK') {
      this.#sid = undefined
      if (allSessions) this.#cookies.delete(secretCookie)
    }
    return result
  }

  /** The hash of a password, for callers in a session or from an address on the list (GC-06, GC-21). */
  async hashPassword(
    password: string,
    userId: number,
  ): Promise<GenticsGranted<{ hash: string; user: GenticsUser | undefined }> | GenticsRefusal> {
    const answer = await this.#send('POST', `${authPath}/hashpassword?sid=${this.#sid ?? '0'}`, {
      body: { password, userId },
    })
    return read(answer, await answer.json(), ({ hash, user }) => {
      if (typeof hash !== 'string') throw answer.unexpected('a hash')
      return { hash, user: isMissing(user) ? undefined : userOf(user, answer) }
    })
  }

  /** Whether a password has a hash; FAILURE where it has not, or where the caller may not ask (GC-07, GC-21). */
  async matchPassword(password: string, hash: string): Promise<GenticsGranted<object> | GenticsRefusal> {
    const answer = await this.#send('POST', `${authPath}/matchpassword?sid=${this.#sid ?? '0'}`, {
      body: { password, hash },
    })
    return read(answer, await answer.json(), () => ({}))
  }

  /** The global prefix (GC-08, GC-22). */
  async globalPrefix(): Promise<GenticsGranted<{ prefix: string }> | GenticsRefusal> {
    const answer = await this.#send('GET', `${authPath}/globalprefix`)
    return read(answer, await answer.json(), (_body, message) => ({ prefix: message }))
  }

  /**
   * The session's user; AUTHREQUIRED where there is no live session (GC-S1, GC-S2, GC-O20, GC-O21). `groups` asks for the
   * groups, which the open-source server leaves out otherwise.
   */
  async me(
    options: { readonly groups?: boolean } = {},
  ): Promise<GenticsGranted<{ user: GenticsUser }> | { readonly code: 'AUTHREQUIRED' }> {
    const query = new URLSearchParams({
      ...(this.#sid === undefined ? {} : { sid: this.#sid }),
      ...(options.groups === true ? { groups: 'true' } : {}),
    }).toString()
    const path = query === '' ? mePath : `${mePath}?${query}`
    const answer = await this.#send('GET', path, { expected: [200, 401] })
    if (answer.status === 401) return { code: 'AUTHREQUIRED' }
    const result = read(answer, await answer.json(), (body) => ({ user: userOf(body['user'], answer) }))
    if (result.code !== 'OK') throw answer.unexpected('the code OK')
    return result
  }

  async #open(
    path: string,
    body: JsonObject,
  ): Promise<GenticsGranted<{ sid: string; user: GenticsUser }> | GenticsRefusal> {
    const answer = await this.#send('POST', `${path}?sid=${this.#sid ?? '0'}`, { body })
    return read(answer, await answer.json(), ({ sid, user }) => {
      // GC-17 says a text; a number says the same.
      if (!/^[1-9]\d*$/.test(String(sid))) throw answer.unexpected('a sid')
      const given = { sid: String(sid), user: userOf(user, answer) }
      this.#sid = given.sid
      return given
    })
  }

  #query(): string {
    return this.#sid === undefined ? '' : `?sid=${this.#sid}`
  }

  #ownToken(): string {
    const secret = this.#cookies.value(secretCookie)
    if (this.#sid !== undefined && secret !== undefined) return this.#sid + secret
    throw new TypeError('Say which token to validate: this client knows no session with its secret.')
  }

  async #send(
    method: Method,
    path: string,
    more: {
      readonly headers?: { readonly [name: string]: string }
      readonly body?: JsonObject
      readonly shownPath?: string
      readonly expected?: readonly number[]
    } = {},
  ): Promise<ClientAnswer> {
    const { headers = {}, body, shownPath = path, expected = method === 'POST' ? [200, 201] : [200] } = more
    const url = this.#baseUrl + path
    const cookie = this.#cookies.lineFor(url)
    const received = await sendRequest(this.#fetch, {
      method,
      url,
      shownUrl: this.#baseUrl + shownPath,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      credentials: this.#credentials,
      expected,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    this.#cookies.take(cookieLines(received.headers), url)
    return received
  }
}

/** The result that an answer stands for. */
function read<Given extends object>(
  answer: ClientAnswer,
  body: JsonObject,
  give: (body: JsonObject, message: string) => Given,
): GenticsGranted<Given> | GenticsRefusal {
  const info = body['responseInfo']
  const { responseCode, responseMessage } = isJsonObject(info) ? info : {}
  const code = responseCodes.find((known) => known === responseCode)
  if (code === undefined) throw answer.unexpected(`a responseInfo with one of ${responseCodes.join(', ')}`)
  const message = typeof responseMessage === 'string' ? responseMessage : ''
  const messages = messagesOf(body['messages'])
  return code === 'OK' ? { code, ...give(body, message), messages } : { code, message, messages }
}

function messagesOf(value: Json | undefined): GenticsMessage[] {
  return (Array.isArray(value) ? value : []).filter(isJsonObject).map(({ type, message, timestamp }) => ({
    type: textOrEmpty(type),
    message: textOrEmpty(message),
    ...(typeof timestamp === 'number' ? { timestamp } : {}),
  }))
}
