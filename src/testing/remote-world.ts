import { tellTranscript } from '../control/tell-why.ts'
import { UnderstudyError, type ErrorCode } from '../core/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { ClockView } from '../world/world-clock.ts'
import type { FaultView } from '../world/world-faults.ts'
import type { RequestView, WhyView } from '../world/views.ts'
import { worldHeader } from '../world/worlds.ts'

/** A user as the control API shows it: username, state, what one signs in with, and more by API. */
export type RemoteUser = JsonObject & { readonly username: string; readonly state: string }

/** A world of a server that runs elsewhere, by its control API. Each call throws what the server refuses. */
export class RemoteWorld {
  readonly name: string
  /** Of the server, such as `http://127.0.0.1:4010`. */
  readonly url: string
  readonly #adminToken: string | undefined

  constructor(url: string, name: string, adminToken?: string) {
    this.url = url.replace(/\/+$/, '')
    this.name = name
    this.#adminToken = adminToken === '' ? undefined : adminToken
  }

  /** What a request of one's own sends to reach this world. */
  get headers(): { readonly [name: string]: string } {
    return { [worldHeader]: this.name }
  }

  /** Users of an API: `await world.users('secure-login')`. */
  async users(api?: string): Promise<readonly RemoteUser[]> {
    const query = api === undefined ? '' : `?api=${encodeURIComponent(api)}`
    return (await this.call('GET', `/users${query}`))['users'] as unknown as readonly RemoteUser[]
  }

  /** One user, with the code that an authenticator app would show now. */
  user(api: string, username: string): Promise<RemoteUser & { readonly code: string }> {
    return this.#call('GET', userPath(api, username))
  }

  /** Forces a state: `await world.setUser('secure-login', 'alice', { state: 'blocked', for: '30m' })`. */
  setUser(api: string, username: string, change: JsonObject): Promise<RemoteUser> {
    return this.#call('PUT', userPath(api, username), change)
  }

  /** Changes settings of an API: `await world.set('secure-login', { blockAfter: 5 })`. */
  async set(api: string, settings: JsonObject): Promise<JsonObject> {
    return (await this.call('PATCH', `/apis/${encodeURIComponent(api)}`, settings))['settings'] as JsonObject
  }

  clock(): Promise<ClockView> {
    return this.#call('GET', '/clock')
  }

  /** Lets time pass in no time: `await world.advance('31m')`. */
  advance(by: string | number): Promise<ClockView> {
    return this.#call('POST', '/clock/advance', { by })
  }

  /** Puts a fault in force: `await world.fault({ on: 'secure-login.auth', reply: { status: 503 }, times: 2 })`. */
  fault(fault: JsonObject): Promise<FaultView> {
    return this.#call('POST', '/faults', fault)
  }

  /** The latest requests, oldest first, secrets masked. */
  async requests(limit = 1000): Promise<readonly RequestView[]> {
    return (await this.call('GET', `/requests?limit=${limit}`))['requests'] as unknown as readonly RequestView[]
  }

  /** Why a request was answered as it was. */
  why(id: string): Promise<WhyView> {
    return this.#call('GET', `/requests/${encodeURIComponent(id)}/why`)
  }

  /** The latest requests in words, each with why it was answered so. */
  async transcript(limit = 50): Promise<string> {
    const { total, requests } = await this.call('GET', `/requests?limit=${limit}`)
    const whys: WhyView[] = []
    for (const { id } of requests as unknown as readonly RequestView[]) whys.push(await this.why(id))
    return tellTranscript(whys, Number(total))
  }

  /** Plays another scenario from its start. */
  async play(scenario: string | Scenario): Promise<void> {
    await this.call('POST', '/scenario', { scenario: scenario as Json })
  }

  /** Starts the scenario again. */
  async reset(): Promise<void> {
    await this.call('POST', '/reset')
  }

  /** Has the server forget this world. */
  async drop(): Promise<void> {
    // Asked for in another world, or asking would make it anew.
    await send(this.url, 'DELETE', `/worlds/${this.name}`, this.#credentials).catch((error: unknown) => {
      if (!(error instanceof UnderstudyError) || error.code !== 'ERR_WORLD_UNKNOWN') throw error
    })
  }

  /** Any call of the control API, by its path below `/__understudy`. */
  call(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    return send(this.url, method, path, { ...this.headers, ...this.#credentials }, body)
  }

  get #credentials(): { readonly [name: string]: string } {
    return this.#adminToken === undefined ? {} : { authorization: `Bearer ${this.#adminToken}` }
  }

  async #call<Result>(method: string, path: string, body?: JsonObject): Promise<Result> {
    return (await this.call(method, path, body)) as Result
  }
}

function userPath(api: string, username: string): string {
  return `/users/${encodeURIComponent(api)}/${encodeURIComponent(username)}`
}

async function send(
  url: string,
  method: string,
  path: string,
  headers: { readonly [name: string]: string },
  body?: JsonObject,
): Promise<JsonObject> {
  const response = await fetch(`${url}/__understudy${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new UnderstudyError('ERR_SERVER_UNREACHABLE', `No server answers at ${url}: ${cause}.`)
  })
  const data: unknown = await response.json().catch(() => undefined)
  if (response.ok && isJsonObject(data)) return data
  if (isJsonObject(data) && typeof data['detail'] === 'string' && typeof data['code'] === 'string')
    throw new UnderstudyError(data['code'] as ErrorCode, data['detail'].split('\n'))
  throw new UnderstudyError(
    'ERR_SERVER_UNREACHABLE',
    `${url} is no understudy server: ${method} /__understudy${path} was answered with ${response.status}.`,
  )
}
