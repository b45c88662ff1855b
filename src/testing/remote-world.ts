import { ControlClient, type ControlAnswer } from '../control/client.ts'
import { tellTranscript } from '../control/tell-why.ts'
import type * as registry from '../apis/registry.ts'
import type { ShownUser } from '../control/views.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { worldHeader } from '../core/world-header.ts'
import type { NameAsWritten, OperationName, Scenario, StateName } from '../scenario/written-scenario.ts'
import { machineWait } from '../hosts/wait.ts'
import type { RequestFilter } from '../world/request-filter.ts'
import type { WrittenFault } from '../world/written-fault.ts'
import type { ClockView } from '../world/world-clock.ts'
import type { FaultView } from '../world/world-faults.ts'
import type { LintView, RequestView, WhyView } from '../world/views.ts'
import { notAsked, readTimeout, usualTimeout } from '../world/world-journal.ts'

/** A user as the control API shows it: username, state, what one signs in with, and more by API. */
export type RemoteUser = ShownUser

/** As many as a server tells at once. */
const mostRequests = 100_000
const pollMs = 30

/** A world of a server that runs elsewhere, by its control API. Each call throws what the server refuses. */
export class RemoteWorld {
  readonly name: string
  /** Of the server, such as `http://127.0.0.1:4010`. */
  readonly url: string
  /** The control API for this world: whatever has no method of its own here. */
  readonly control: ControlClient
  readonly #server: ControlClient
  /** The request that `next` told of last. */
  #told: string | undefined

  constructor(url: string, name: string, adminToken?: string) {
    this.url = url.replace(/\/+$/, '')
    this.name = name
    const options = {
      url: this.url,
      adminToken: adminToken === '' ? undefined : adminToken,
      fetch: (to: string, init: RequestInit) => globalThis.fetch(to, init),
    }
    this.control = new ControlClient({ ...options, world: name })
    this.#server = new ControlClient(options)
  }

  /** What a request of one's own sends to reach this world. */
  get headers(): { readonly [name: string]: string } {
    return { [worldHeader]: this.name }
  }

  /** Users of an API: `await world.users('secure-login')`. */
  async users(api?: string): Promise<readonly RemoteUser[]> {
    return (await this.control.request('GET /users', { query: { api } })).users
  }

  /** One user, with the code that an authenticator app would show now. */
  user(api: string, username: string): Promise<RemoteUser & { readonly code: string }> {
    return this.control.request('GET /users/{api}/{username}', { params: { api, username } })
  }

  /** Forces a state: `await world.setUser('secure-login', 'alice', { state: 'blocked', for: '30m' })`. */
  setUser(api: string, username: string, change: JsonObject): Promise<RemoteUser> {
    return this.control.request('PUT /users/{api}/{username}', { params: { api, username }, body: change })
  }

  /** Changes settings of an API: `await world.set('secure-login', { blockAfter: 5 })`. */
  async set(api: string, settings: JsonObject): Promise<JsonObject> {
    return (await this.control.request('PATCH /apis/{api}', { params: { api }, body: settings })).settings
  }

  clock(): Promise<ClockView> {
    return this.control.request('GET /clock')
  }

  /** Lets time pass in no time: `await world.advance('31m')`. */
  advance(by: string | number): Promise<ClockView> {
    return this.control.request('POST /clock/advance', { body: { by } })
  }

  /** Puts a fault in force: `await world.fault({ on: 'secure-login.auth', reply: { status: 503 }, times: 2 })`. */
  fault(fault: WrittenFault<OperationName<typeof registry>>): Promise<FaultView> {
    return this.control.request('POST /faults', { body: fault })
  }

  /** The latest requests, oldest first, secrets masked. */
  async requests(limit = 1000): Promise<readonly RequestView[]> {
    return (await this.control.request('GET /requests', { query: { limit } })).requests
  }

  /** Those for an operation that fit: `await world.asked('secure-login.auth', { outcome: 'refused' })`. */
  async asked(
    operation: OperationName<typeof registry>,
    filter: RequestFilter<StateName<typeof registry>> = {},
  ): Promise<readonly RequestView[]> {
    return (await this.#requests(operation, filter)).requests
  }

  /** All requests that are kept, and how many there were. */
  journal(): Promise<ControlAnswer<'GET /requests'>> {
    return this.#requests('*', {})
  }

  #requests(operation: string, filter: RequestFilter): Promise<ControlAnswer<'GET /requests'>> {
    return this.control.request('GET /requests', { query: { limit: mostRequests, operation, ...filter } })
  }

  /**
   * The next request that fits, after the last that `next` told of, whether it has come or is yet to come. Rejects with
   * ERR_NOT_ASKED, and what was asked instead, when the time is over (5s).
   */
  async next(
    operation: OperationName<typeof registry>,
    {
      timeout = usualTimeout,
      ...filter
    }: RequestFilter<StateName<typeof registry>> & { readonly timeout?: string | number } = {},
  ): Promise<RequestView> {
    const ms = readTimeout(timeout)
    const since = filter.since ?? this.#told
    const started = performance.now()
    for (;;) {
      const [found] = await this.asked(operation, { ...filter, ...(since === undefined ? {} : { since }) })
      if (found !== undefined) {
        this.#told = found.id
        return found
      }
      if (performance.now() - started >= ms) throw notAsked(operation, timeout, await this.requests())
      await new Promise((resolve) => machineWait(pollMs, () => resolve(undefined)))
    }
  }

  /** What the app did against the rules of the APIs, each with its clause and what to mend. */
  async lints(): Promise<readonly LintView[]> {
    return (await this.control.request('GET /lints')).lints
  }

  /** Why a request was answered as it was. */
  why(id: string): Promise<WhyView> {
    return this.control.request('GET /requests/{id}/why', { params: { id } })
  }

  /** The latest requests in words, each with why it was answered so. */
  async transcript(limit = 50): Promise<string> {
    const { total, requests } = await this.control.request('GET /requests', { query: { limit } })
    const whys: WhyView[] = []
    for (const { id } of requests) whys.push(await this.why(id))
    return tellTranscript(whys, total)
  }

  /** Plays another scenario from its start. */
  async play<const Name extends string>(scenario: NameAsWritten<Name> | Scenario): Promise<void> {
    await this.control.request('POST /scenario', { body: { scenario } })
    this.#told = undefined
  }

  /** Starts the scenario again. */
  async reset(): Promise<void> {
    await this.control.request('POST /reset')
    this.#told = undefined
  }

  /** Has the server forget this world. */
  async drop(): Promise<void> {
    // Asked for in another world, or asking would make it anew.
    await this.#server.request('DELETE /worlds/{name}', { params: { name: this.name } }).catch((error: unknown) => {
      if (!(error instanceof UnderstudyError) || error.code !== 'ERR_WORLD_UNKNOWN') throw error
    })
  }
}
