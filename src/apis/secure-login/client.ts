import { checkBaseUrl } from '../../core/base-url.ts'
import { checkOptions, type OptionNames } from '../../core/check-options.ts'
import { CookieJar } from '../../core/cookie-jar.ts'
import { cookieLines, sendRequest, type Fetch, type ClientAnswer } from '../../core/client-request.ts'
import { fromIso } from '../../core/instant.ts'
import { isJsonObject, type Json } from '../../core/json.ts'
import { apiPath, sessionPath } from './paths.ts'
import { revisionStatuses, type Revision } from './revision.ts'

/** Which server a client talks to, and how. */
export interface SecureLoginClientOptions {
  /** Up to and including the context path: `https://jira.example/jira`. */
  readonly baseUrl: string
  /** The published revision that the server plays; 406 and 410 are read by it (current). */
  readonly revision?: Revision
  /** Fetch's credentials mode, by which a browser sends its session cookie (include). */
  readonly credentials?: RequestCredentials
  /** Sends the requests (the global fetch). */
  readonly fetch?: Fetch
  /** The app's own clock in milliseconds since 1970, to compare with the server's (Date.now). */
  readonly now?: () => number
}

/** What `/info` tells (SL-03 to SL-05). */
export interface ServerInfo {
  /** False: there is no second factor now, so the app proceeds, and asks again from time to time. */
  readonly active: boolean
  /** Milliseconds since 1970 by the server's clock, in whole seconds. */
  readonly serverTime: number
  /** How far the server's clock is ahead of the app's, in milliseconds; good to about a second. */
  readonly driftMs: number
}

/** What `/user` tells (SL-06 to SL-08); `signed-out` where the session has ended or never was (SL-02). */
export type UserState =
  | { readonly state: 'enter' | 'bypass' | 'onboarding' | 'inactive' | 'signed-out' }
  | {
      readonly state: 'blocked'
      /** `brute_force` is the only reason that is documented. */
      readonly reason: string
      /** When the block ends, in milliseconds since 1970 by the server's clock. */
      readonly until: number
    }

/** What `/auth` tells (SL-10 to SL-13). `failed` is a wrong PIN, a block or an ended session: `user()` knows which. */
export type PinAnswer = 'authenticated' | 'failed' | 'onboarding' | 'inactive'

/**
 * What an app has to do next (SL-17): let the user in, ask for the PIN, send the user to onboarding in a desktop
 * browser (SL-15), wait for a block to end, or ask for the first factor again (SL-02).
 */
export type NextStep =
  | { readonly next: 'proceed' | 'enter' | 'onboarding'; readonly driftMs: number }
  | {
      readonly next: 'login'
      /** Left out where an ended session hides the server's time as well. */ readonly driftMs?: number
    }
  | { readonly next: 'wait'; readonly driftMs: number; /** By the server's clock. */ readonly until: number }

const sessionCookie = 'JSESSIONID'

const taker = 'createSecureLoginClient(options)'

const optionNames: OptionNames<SecureLoginClientOptions> = {
  baseUrl: true,
  revision: true,
  credentials: true,
  fetch: true,
  now: true,
}

/**
 * Talks to one Secure Login server in one HTTP session (SL-01). In Node, where fetch keeps no cookies, it keeps the
 * session's itself. Answers that no clause allows throw an AnswerUnexpectedError.
 */
export class SecureLoginClient {
  readonly #fetch: Fetch
  readonly #now: () => number
  readonly #baseUrl: string
  readonly #credentials: RequestCredentials
  readonly #revision: Revision
  /** Empty in browsers, which keep cookies themselves. */
  readonly #cookies: CookieJar

  constructor(options: SecureLoginClientOptions & Required<Pick<SecureLoginClientOptions, 'fetch' | 'now'>>) {
    checkOptions(taker, options, optionNames)
    this.#fetch = options.fetch
    this.#now = options.now
    this.#cookies = new CookieJar(options.now)
    this.#baseUrl = checkBaseUrl(taker, options.baseUrl, 'https://jira.example/jira')
    this.#credentials = options.credentials ?? 'include'
    this.#revision = options.revision ?? 'current'
  }

  /** The first factor: opens a session of Jira (SL-H1, SL-H2). */
  async login(username: string, password: string): Promise<'signed-in' | 'failed'> {
    const body = JSON.stringify({ username, password })
    const { status } = await this.#send('POST', sessionPath, [200, 401], { type: 'application/json', body })
    return status === 200 ? 'signed-in' : 'failed'
  }

  /** Goes on in a session that was opened elsewhere: the value of its JSESSIONID cookie. Not for browsers. */
  useSession(id: string): void {
    this.#cookies.put(sessionCookie, id, this.#baseUrl)
  }

  /** Ends the session (SL-H4); one that has ended already is no error. */
  async logout(): Promise<void> {
    await this.#send('DELETE', sessionPath, [204, 401])
    this.#cookies.delete(sessionCookie)
  }

  /**
   * Whether there is a second factor now, and how far the clocks are apart. Needs no session; the host turns one away
   * that has ended (SL-U16), so it is forgotten. A browser's cookie is not: then this throws.
   */
  async info(): Promise<ServerInfo> {
    return (await this.#askInfo([200])) as ServerInfo
  }

  /** Undefined where the host turns the browser's cookie away. */
  async #askInfo(expected: readonly number[]): Promise<ServerInfo | undefined> {
    const path = `${apiPath}/info`
    let askedAt = this.#now()
    let answer = await this.#send(
      'GET',
      path,
      this.#cookies.lineFor(this.#baseUrl + path) === undefined ? expected : [200, 401],
    )
    if (answer.status === 401 && this.#cookies.value(sessionCookie) !== undefined) {
      this.#cookies.delete(sessionCookie)
      askedAt = this.#now()
      answer = await this.#send('GET', path, expected)
    }
    if (answer.status === 401) return undefined
    const answeredAt = this.#now()
    const { active, server_time: time } = await answer.json()
    const serverTime = instantOf(time)
    if (typeof active !== 'boolean' || serverTime === undefined) throw answer.unexpected('{ active, server_time }')
    return { active, serverTime, driftMs: serverTime - Math.round((askedAt + answeredAt) / 2) }
  }

  /** What the session's user has to do. */
  async user(): Promise<UserState> {
    const { userInactive } = revisionStatuses[this.#revision]
    const answer = await this.#send('GET', `${apiPath}/user`, [200, 401, userInactive])
    if (answer.status === 401) return { state: 'signed-out' }
    if (answer.status === userInactive) return { state: 'inactive' }
    const { state, blocked } = await answer.json()
    if (state === 'enter' || state === 'bypass' || state === 'onboarding') return { state }
    const { reason, until } = isJsonObject(blocked) ? blocked : {}
    const end = instantOf(until)
    if (state === 'blocked' && typeof reason === 'string' && end !== undefined) return { state, reason, until: end }
    throw answer.unexpected('a { state } of the documented ones, with blocked: { reason, until } where it is blocked')
  }

  /**
   * The second factor. Throws a TypeError, and sends nothing, for what is not made of digits (SL-09): servers may count
   * it as a wrong PIN.
   */
  async auth(pin: string): Promise<PinAnswer> {
    if (!/^[0-9]+$/.test(pin)) throw new TypeError('A PIN is made of digits only (SL-09); nothing was sent.')
    const { authOnboarding, authInactive } = revisionStatuses[this.#revision]
    const answers = new Map<number, PinAnswer>([
      [200, 'authenticated'],
      [401, 'failed'],
      [authOnboarding, 'onboarding'],
      [authInactive, 'inactive'],
    ])
    const sent = { type: 'text/plain', body: pin }
    const { status } = await this.#send('POST', `${apiPath}/auth`, [...answers.keys()], sent)
    return answers.get(status) as PinAnswer
  }

  /** The documented flow up to where a person is needed (SL-17): `/info`, and `/user` if the plug-in is active. */
  async begin(): Promise<NextStep> {
    const info = await this.#askInfo([200, 401])
    if (info === undefined) return { next: 'login' }
    const { active, driftMs } = info
    if (!active) return { next: 'proceed', driftMs }
    const user = await this.user()
    switch (user.state) {
      case 'blocked':
        return { next: 'wait', driftMs, until: user.until }
      case 'signed-out':
        return { next: 'login', driftMs }
      // The plug-in may be switched off between the two requests.
      case 'bypass':
      case 'inactive':
        return { next: 'proceed', driftMs }
      default:
        return { next: user.state, driftMs }
    }
  }

  async #send(
    method: string,
    path: string,
    expected: readonly number[],
    sent?: { type: string; body: string },
  ): Promise<ClientAnswer> {
    const url = this.#baseUrl + path
    const cookie = this.#cookies.lineFor(url)
    const received = await sendRequest(this.#fetch, {
      method,
      url,
      headers: {
        ...(sent === undefined ? {} : { 'content-type': sent.type }),
        // A PIN is text, which forms of other sites can send; hosts want to be told that it is none of theirs (SL-U17).
        ...(method === 'GET' ? {} : { 'x-atlassian-token': 'no-check' }),
        ...(cookie === undefined ? {} : { cookie }),
      },
      credentials: this.#credentials,
      expected,
      ...(sent === undefined ? {} : { body: sent.body }),
    })
    this.#cookies.take(cookieLines(received.headers), url)
    return received
  }
}

function instantOf(value: Json | undefined): number | undefined {
  return typeof value === 'string' ? fromIso(value) : undefined
}
