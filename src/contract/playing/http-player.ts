import { setTimeout as realSleep } from 'node:timers/promises'
import { cookiePairs } from '../../core/cookie.ts'
import { CookieJar } from '../../core/cookie-jar.ts'
import { formatDuration } from '../../core/duration.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { takesCodesOnce, totpCounter, untilNextCode } from '../../core/second-factor.ts'
import { totpCode } from '../../world/totp.ts'
import { CodeBook } from './code-book.ts'
import type { Answered } from '../comparing/answered.ts'
import { HttpClient } from './http-client.ts'
import { passFirstFactor, withBasic } from './first-factor.ts'
import { PatientClient } from './patient-client.ts'
import {
  noAnswer,
  NotReachedError,
  type Call,
  type Expectation,
  type SessionCredentials,
  type Player,
} from './player.ts'
import { canArrange } from './readiness.ts'
import { ServerClock } from './server-clock.ts'
import { runShellCommand } from './shell-command.ts'
import { StateHook } from './state-hook.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { everyAccount } from '../target/target.ts'
import { UnavailableError } from './unavailable.ts'

/** What the player of a real server may do beside asking. */
export interface HttpPlayerOptions {
  /** Waits in real time where the target's clock cannot be moved. */
  readonly allowWait: boolean
  /** The longest wait, in milliseconds; for servers that want to be left alone two minutes, if nothing is said. */
  readonly maxWait?: number
  /** Told of waits that take longer than a moment, and for how long. */
  readonly onWait?: (time: string) => void
  /** Waits so long, in milliseconds; rejects where the signal is given. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  /** Codes that were given out before. */
  readonly codes?: CodeBook
  /** Stops asking and waiting. States are put back all the same. */
  readonly signal?: AbortSignal
}

/** A real server as a player: over HTTP, by what its target file allows. */
export class HttpPlayer implements Player {
  /** How often the server said that these are too many requests (429). */
  limited = 0
  readonly #loaded: LoadedTarget
  readonly #options: HttpPlayerOptions
  readonly #client: HttpClient
  readonly #patient: PatientClient
  readonly #states: StateHook
  readonly #clock: ServerClock
  readonly #codes: CodeBook
  /** Clients that send from an address of their own, by it. */
  readonly #clients = new Map<string, HttpClient>()
  /** The look at the server's clock, until something may have moved it: who plays beside waits for the same. */
  #look: Promise<void> | undefined
  #wasReached = false
  /** Whether it has given any answer of its own, and one to the simplest request. */
  #hasAnswered = false
  #rootAnswers = false
  readonly #turnedAway = new Map<string, NotReachedError>()

  constructor(loaded: LoadedTarget, options: HttpPlayerOptions) {
    this.#loaded = loaded
    this.#options = options
    const { target, proxies } = loaded
    this.#client = new HttpClient({ ...target, proxies })
    this.#patient = this.#patientWith(this.#client)
    this.#codes = options.codes ?? new CodeBook()
    this.#states = new StateHook(target, this.#client)
    const isMovable = target.clock.url !== undefined || canArrange(loaded)
    this.#clock = new ServerClock(loaded.api.kit.time, isMovable, Date.now)
  }

  get baseUrl(): string {
    return this.#loaded.target.baseUrl
  }

  /** Whether it can be put into states. */
  get arranges(): boolean {
    return canArrange(this.#loaded)
  }

  /** How often something is tried again. */
  get retries(): number {
    return this.#loaded.target.retries
  }

  /** The server's time, as far as is known, in milliseconds. */
  now(): number {
    return this.#clock.now()
  }

  async send({ method, path, headers, body, from }: Call, expectation: Expectation = {}): Promise<Answered> {
    if (this.#options.signal?.aborted === true) throw new NotReachedError(interrupted)
    const { target } = this.#loaded
    const own = Object.entries(target.headers).flat()
    const url = target.baseUrl + path
    const request = { method, url, headers: [...own, ...headers], body, ...expectation }
    const answered = await this.#clientAt(from).send(request)
    this.#hasAnswered = true
    this.#clock.hear(path, answered)
    return { ...answered, at: this.now() }
  }

  /**
   * Asks for anything at all, to see whether somebody answers. Throws an {@link UnavailableError} where nobody does, or
   * where only a gateway does although the server has answered this before, or has never answered anything.
   */
  async reach(): Promise<void> {
    const isFirst = !this.#wasReached
    this.#wasReached = true
    try {
      await this.send({ method: 'GET', path: '/', headers: [], body: undefined })
      this.#rootAnswers = true
    } catch (error) {
      const isGateway = error instanceof UnavailableError && error.status !== undefined
      // Not every gateway has a way to the root: what it says there is nothing to go by, unless it once was otherwise.
      if (!isGateway || this.#rootAnswers || (!isFirst && !this.#hasAnswered)) throw error
    }
  }

  /** Why it is not to be had: one answer that did not come may be the server's way of failing; two are an end. */
  async whyDown(): Promise<string | undefined> {
    try {
      await this.reach()
      return undefined
    } catch (error) {
      return noAnswer(error).message
    }
  }

  /** Looks at the server's clock, if it is not known or may have been moved. */
  settle(): Promise<void> {
    return (this.#look ??= this.#lookAtClock())
  }

  async #lookAtClock(): Promise<void> {
    const path = this.#loaded.api.kit.time?.path
    try {
      await (path === undefined ? this.reach() : this.send({ method: 'GET', path, headers: [], body: undefined }))
    } catch (error) {
      this.trustClock()
      // Whoever cannot be asked for the time may answer everything else.
      if (path === undefined || !(error instanceof UnavailableError)) throw error
    }
  }

  /** The clock need not be looked at: what comes first asks for the time. */
  trustClock(): void {
    this.#look = Promise.resolve()
  }

  /** Why an account is not tried again: it was turned away, and hosts lock accounts for wrong passwords, too. */
  turnedAway(username: string): NotReachedError | undefined {
    return this.#turnedAway.get(username)
  }

  /** Passes the first factor. */
  async open(account: Account): Promise<SessionCredentials> {
    const turnedAway = this.#turnedAway.get(account.username)
    if (turnedAway !== undefined) throw turnedAway
    try {
      return await this.#open(account)
    } catch (error) {
      if (error instanceof NotReachedError) this.#turnedAway.set(account.username, error)
      throw error
    }
  }

  async #open({ username, password = username, ...account }: Account): Promise<SessionCredentials> {
    const { session, timeout } = this.#loaded.target
    const given = session.values[username] ?? session.value
    if ((session.kind === 'cookie' || session.kind === 'header') && given === undefined)
      throw new NotReachedError(`the target has no ${session.kind} for ${username}`)
    switch (session.kind) {
      case 'jira':
        return passFirstFactor(this.#loaded.api.kit, { username, password, ...account }, this.#loaded.settings, this)
      case 'basic':
        return withBasic({ username, password, ...account })
      case 'cookie':
        return { cookies: this.#cookies(given ?? ''), headers: [] }
      case 'header':
        return { cookies: [], headers: (given ?? '').split(/:(.*)/s, 2).map((part) => part.trim()) }
      case 'command': {
        const line = await runShellCommand(session.command ?? '', { username, timeout })
        if (!line.includes('=')) throw new NotReachedError(`the command printed no cookie for ${username}`)
        return { cookies: this.#cookies(line), headers: [] }
      }
    }
  }

  /** Cookies that somebody else was given. */
  #cookies(line: string): SessionCredentials['cookies'] {
    const jar = new CookieJar(() => this.now())
    for (const [name, value] of cookiePairs(line)) jar.put(name, value, this.baseUrl)
    return jar.all
  }

  async code({ username, pin = '', totp }: Account): Promise<string> {
    const { target } = this.#loaded
    const [, account] = everyAccount(target).find(([, each]) => each.username === username) ?? []
    if (account?.code !== undefined) return runShellCommand(account.code, { username, timeout: target.timeout })
    if (totp === undefined) return pin
    return String(totpCode({ kind: 'totp', secret: totp.secret, counter: totpCounter(this.now()) }))
  }

  freshCode(account: Account): Promise<string> {
    return this.#codes.next(account.username, {
      show: () => this.code(account),
      wait: () => this.wait(untilNextCode(this.now())),
      once: account.pin === undefined && takesCodesOnce(this.#loaded.settings),
    })
  }

  async wait(ms: number): Promise<void> {
    const { clock } = this.#loaded.target
    const { allowWait, maxWait = Infinity, onWait, signal } = this.#options
    if (signal?.aborted === true) throw new NotReachedError(interrupted)
    const time = formatDuration(Math.ceil(ms / 1000) * 1000)
    if (clock.url !== undefined) {
      await this.#states.move(clock.url, ms)
      this.#clock.moved(ms)
    } else if (allowWait && ms > maxWait) {
      throw new NotReachedError(`it would take ${time}, and --max-wait is ${formatDuration(maxWait)}`)
    } else if (allowWait) {
      if (ms >= 1000) onWait?.(time)
      await this.#sleep(ms)
    } else {
      throw new NotReachedError(
        `it would take ${time}, and neither --allow-wait was given nor a clock that can be moved`,
      )
    }
  }

  async #sleep(ms: number): Promise<void> {
    const { signal, sleep = (time, until) => realSleep(time, undefined, until && { signal: until }) } = this.#options
    await sleep(ms, signal).catch(() => {
      throw new NotReachedError(interrupted)
    })
  }

  arrange(state: string, params: JsonObject): Promise<JsonObject> {
    this.#unsettle()
    return this.#states.arrange(state, params)
  }

  async release(states: readonly string[]): Promise<void> {
    this.#unsettle()
    for (const state of states) await this.#states.release(state)
  }

  /** How far the server's clock is ahead of ours, in milliseconds. */
  get driftMs(): number {
    return this.#clock.driftMs
  }

  #clientAt(from: string | undefined): PatientClient {
    if (from === undefined) return this.#patient
    const { target, proxies } = this.#loaded
    // Addresses of this machine can be chosen only where IPv4 is spoken, and nobody else stands between.
    if (!/^127\.\d+\.\d+\.\d+$/.test(new URL(target.baseUrl).hostname))
      throw new NotReachedError('it is sent from two addresses of this machine, and the server is on another')
    const client = this.#clients.get(from) ?? new HttpClient({ ...target, proxies, localAddress: from })
    this.#clients.set(from, client)
    return this.#patientWith(client)
  }

  #patientWith(client: HttpClient): PatientClient {
    const { maxWait = 120_000, onWait } = this.#options
    return new PatientClient(client, this.#loaded.target, {
      sleep: (ms) => this.#sleep(ms),
      now: Date.now,
      random: Math.random,
      maxWait,
      onLimit: () => this.limited++,
      ...(onWait === undefined ? {} : { onWait }),
    })
  }

  #unsettle(): void {
    this.#look = undefined
    this.#clock.unsettle()
  }

  close(): void {
    this.#client.close()
    for (const client of this.#clients.values()) client.close()
  }
}

/** Why nothing is asked any more after an interruption. */
export const interrupted = 'the run was interrupted'
