import { readFileSync } from 'node:fs'
import { Agent as HttpAgent, request as openHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as openHttps } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { UnderstudyError } from '../core/errors.ts'
import { headerPairs, headerValue } from '../core/http.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import type { Account } from '../core/kit.ts'
import { totpCounter } from '../core/second-factor.ts'
import { totpCode } from '../world/totp.ts'
import type { Answered } from './difference.ts'
import { login } from './login.ts'
import { NotReachedError, type Call, type Opened, type Player } from './player.ts'
import { runCommand } from './shell-command.ts'
import type { LoadedTarget } from './target.ts'

/** What the player of a real server may do beside asking. */
export interface HttpPlayerOptions {
  /** Waits in real time where the target's clock cannot be moved. */
  readonly allowWait: boolean
  /** Told what takes longer than a moment. */
  readonly onWait?: (what: string) => void
}

/** A real server as a player: over HTTP, by what its target file allows. */
export class HttpPlayer implements Player {
  readonly #loaded: LoadedTarget
  readonly #options: HttpPlayerOptions
  readonly #agent: HttpAgent
  /** How far the server's clock is ahead of ours, by its last Date header; without what it was moved by. */
  #driftMs = 0
  /** How far its clock was moved on by us; whoever has a device with codes has moved its clock as well. */
  #movedMs = 0
  #isClockKnown = false
  readonly #turnedAway = new Map<string, NotReachedError>()

  constructor(loaded: LoadedTarget, options: HttpPlayerOptions) {
    this.#loaded = loaded
    this.#options = options
    const { tls, baseUrl } = loaded.target
    this.#agent = baseUrl.startsWith('https:')
      ? new HttpsAgent({
          keepAlive: true,
          rejectUnauthorized: !tls.insecure,
          ...(tls.ca === undefined ? {} : { ca: readFileSync(tls.ca) }),
        })
      : new HttpAgent({ keepAlive: true })
  }

  /** The server's time, as far as is known, in milliseconds. */
  now(): number {
    return Date.now() + this.#driftMs + this.#movedMs
  }

  async send({ method, path, headers, body }: Call): Promise<Answered> {
    const { target } = this.#loaded
    const own = Object.entries(target.headers).flat()
    const answered = await this.#exchange(method, target.baseUrl + path, [...own, ...headers], body)
    const date = Date.parse(headerValue(answered.headers, 'date') ?? '')
    // A Date header is cut to the second; what is closer than that is no drift.
    // Once its clock was moved, a Date header may tell of another one.
    if (!Number.isNaN(date) && this.#movedMs === 0 && Math.abs(date - this.now()) > 1500)
      this.#driftMs = date - Date.now()
    return { ...answered, at: this.now() }
  }

  /** Asks for anything at all, to see whether somebody answers. Throws ERR_TARGET_UNREACHABLE. */
  async reach(): Promise<void> {
    await this.send({ method: 'GET', path: '/', headers: [], body: undefined })
    this.#isClockKnown = true
  }

  /** Looks at the server's clock again if it may have been moved. */
  async settle(): Promise<void> {
    if (!this.#isClockKnown) await this.reach()
  }

  /** Passes the first factor. Who was turned away once is not tried again: hosts lock accounts for wrong passwords, too. */
  async open(account: Account): Promise<Opened> {
    const turnedAway = this.#turnedAway.get(account.username)
    if (turnedAway !== undefined) throw turnedAway
    try {
      return await this.#open(account)
    } catch (error) {
      if (error instanceof NotReachedError) this.#turnedAway.set(account.username, error)
      throw error
    }
  }

  async #open(account: Account): Promise<Opened> {
    const { session } = this.#loaded.target
    const given = session.values[account.username] ?? session.value
    switch (session.kind) {
      case 'jira':
        return login(this.#loaded.api.kit, account, (call) => this.send(call))
      case 'basic':
        return {
          cookies: [],
          headers: ['authorization', `Basic ${btoa(`${account.username}:${account.password ?? account.username}`)}`],
        }
      case 'cookie':
      case 'header':
        if (given === undefined) throw new NotReachedError(`the target has no ${session.kind} for ${account.username}`)
        return session.kind === 'cookie'
          ? { cookies: [toPair(given, '=')], headers: [] }
          : { cookies: [], headers: toPair(given, ':') }
      case 'command': {
        if (session.command === undefined) throw new NotReachedError('the target names no command that opens sessions')
        const line = await runCommand(session.command, '', { UNDERSTUDY_USERNAME: account.username })
        return { cookies: line.split(';').map((pair) => toPair(pair, '=')), headers: [] }
      }
    }
  }

  async code(account: Account): Promise<string> {
    const { accounts } = this.#loaded.target
    const command = Object.values(accounts).find(({ username }) => username === account.username)?.code
    if (command !== undefined) return runCommand(command, '', { UNDERSTUDY_USERNAME: account.username })
    if (account.totp === undefined) return account.pin ?? ''
    return String(
      totpCode({ kind: 'totp', secret: account.totp.secret, counter: totpCounter(Date.now() + this.#movedMs) }),
    )
  }

  async wait(ms: number): Promise<void> {
    const { clock } = this.#loaded.target
    if (clock.url !== undefined) {
      await this.#post(clock.url, { by: ms })
      this.#movedMs += ms
    } else if (this.#options.allowWait) {
      this.#options.onWait?.(`waiting ${Math.ceil(ms / 1000)} s for the server's clock`)
      await sleep(ms)
    } else {
      throw new NotReachedError(
        `it would take ${Math.ceil(ms / 1000)} s, and neither --allow-wait was given nor a clock that can be moved`,
      )
    }
  }

  arrange(state: string, params: JsonObject): Promise<JsonObject> {
    return this.#change({ state, action: 'setup', params })
  }

  async release(states: readonly string[]): Promise<void> {
    for (const state of states) {
      try {
        await this.#change({ state, action: 'teardown', params: {} })
      } catch (error) {
        // Whoever arranges states need not know how to undo them.
        if (!(error instanceof NotReachedError)) throw error
      }
    }
  }

  async #change(change: JsonObject): Promise<JsonObject> {
    const { states } = this.#loaded.target
    this.#isClockKnown = false
    if (states.url !== undefined) return this.#post(states.url, change)
    if (states.command !== undefined) return parse(await runCommand(states.command, JSON.stringify(change), {}))
    if (states.module !== undefined) {
      const { default: arrange } = (await import(pathToFileURL(states.module).href)) as {
        default: (change: JsonObject) => Promise<JsonObject | undefined>
      }
      return (await arrange(change)) ?? {}
    }
    throw new NotReachedError(
      `the target has no way to arrange "${String(change['state'])}" (states: url, command or module)`,
    )
  }

  close(): void {
    this.#agent.destroy()
  }

  async #post(url: string, body: JsonObject): Promise<JsonObject> {
    const answered = await this.#exchange('POST', url, ['content-type', 'application/json'], JSON.stringify(body))
    if ([400, 404, 422, 501].includes(answered.status))
      throw new NotReachedError(`${url} answered ${answered.status}: ${answered.body.slice(0, 200)}`)
    if (answered.status >= 300)
      throw new UnderstudyError(
        'ERR_TARGET_UNREACHABLE',
        `${url} answered ${answered.status}: ${answered.body.slice(0, 200)}`,
      )
    return parse(answered.body)
  }

  #exchange(
    method: string,
    url: string,
    headers: readonly string[],
    body: string | undefined,
  ): Promise<Omit<Answered, 'at'>> {
    const { timeout } = this.#loaded.target
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const length = bytes === undefined ? [] : ['content-length', String(bytes.length)]
    const options: RequestOptions = {
      method,
      headers: ['host', new URL(url).host, ...headers, ...length],
      agent: this.#agent,
      timeout,
    }
    return new Promise((resolve, reject) => {
      const fail = (cause: string): void =>
        reject(new UnderstudyError('ERR_TARGET_UNREACHABLE', `${new URL(url).origin} cannot be reached: ${cause}.`))
      const open = url.startsWith('https:') ? openHttps : openHttp
      const request = open(url, options, (response) => collect(response, resolve, fail))
      request.on('timeout', () => request.destroy(new Error(`no answer within ${timeout} ms`)))
      request.on('error', (error: NodeJS.ErrnoException) => fail(error.message || (error.code ?? 'no cause given')))
      request.end(bytes)
    })
  }
}

function collect(
  response: IncomingMessage,
  done: (answered: Omit<Answered, 'at'>) => void,
  fail: (cause: string) => void,
): void {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('error', (error) => fail(error.message))
  response.on('end', () => {
    const headers = headerPairs(response.rawHeaders).flat()
    done({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() })
  })
}

function toPair(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function parse(text: string): JsonObject {
  try {
    const data: unknown = JSON.parse(text)
    return isJsonObject(data) ? data : {}
  } catch {
    return {}
  }
}
