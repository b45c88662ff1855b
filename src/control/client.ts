import type { Fetch } from '../core/client-request.ts'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, parseJson } from '../core/json.ts'
import { worldHeader } from '../core/world-header.ts'
import { unreachable, readRefusal, stranger } from './control-error.ts'
import { controlPath } from './control-path.ts'
import { readEvents } from './read-events.ts'
import type { ControlEvent } from './request-routes.ts'
import type { EventStream } from './route.ts'
import type { ControlTable } from './routes.ts'

/** The names of the routes that answer JSON: `PUT /users/{api}/{username}`. */
export type ControlRequest = {
  [Name in keyof ControlTable]: ControlTable[Name]['answer'] extends EventStream ? never : Name
}[keyof ControlTable]

/** What a route is asked with: `params` of its path, `query`, `body`. */
export type ControlAsked<Name extends ControlRequest> = ControlTable[Name]['asked']

/** What a route answers. */
export type ControlAnswer<Name extends ControlRequest> = ControlTable[Name]['answer']

// What need not be given may be left out.
type Given<Asked> = Partial<Asked> extends Asked ? [asked?: Asked] : [asked: Asked]

/** Which server, and who asks. */
export interface ControlClientOptions {
  /** Of the server, such as `http://127.0.0.1:4010`. */
  readonly url: string
  /** The world that is meant; main if left out. */
  readonly world?: string | undefined
  /** The admin token, where the server wants one. */
  readonly adminToken?: string | undefined
  /** Sends the requests. */
  readonly fetch: Fetch
}

interface Sent {
  readonly params?: { readonly [name: string]: string }
  readonly query?: { readonly [name: string]: string | number | undefined }
  readonly body?: object
}

/** A client of the control API of a running server. Whatever fails throws a `ControlError`. */
export class ControlClient {
  // Read at each call, so that getters may change them.
  readonly #options: ControlClientOptions

  /** Throws ERR_USAGE where no server is named. */
  constructor(options: ControlClientOptions) {
    if (typeof options.url !== 'string')
      throw new UnderstudyError(
        'ERR_USAGE',
        'createControlClient(options) needs a url: where the server is, as `listen` and `understudy serve` tell it.',
      )
    this.#options = options
  }

  /**
   * Calls a route by its name, and gives back what it answers:
   * `await client.request('PUT /users/{username}', { params: { username: 'bob' }, body: { state: 'blocked' } })`.
   * Throws a `ControlError`.
   */
  request<Name extends ControlRequest>(name: Name, ...asked: Given<ControlAsked<Name>>): Promise<ControlAnswer<Name>>
  async request(name: string, asked: Sent = {}): Promise<unknown> {
    const response = await this.#ask(name, asked)
    const text = await response.text()
    const data = parseJson(text)
    if (isJsonObject(data)) return data
    throw stranger(this.#url, response.status, text)
  }

  /** What happens in the world from now on, until `signal` aborts. Resolves once the server tells of it. */
  async events(signal?: AbortSignal): Promise<AsyncIterable<ControlEvent>> {
    const { body } = await this.#ask('GET /events', {}, signal)
    return readEvents(body)
  }

  async #ask(name: string, { params = {}, query = {}, body }: Sent, signal?: AbortSignal): Promise<Response> {
    const { world, adminToken } = this.#options
    const [method = '', path = ''] = name.split(' ')
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? ''))
    const response = await this.#send(this.#url + controlPath + filled + queryOf(query), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(world === undefined ? {} : { [worldHeader]: world }),
        ...(adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.ok) return response
    throw readRefusal(this.#url, response.status, await response.text())
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#options.fetch(url, init)
    } catch (error) {
      // Whoever gave the function may have words of their own.
      if (init.signal?.aborted === true || error instanceof UnderstudyError) throw error
      throw unreachable(this.#url, error)
    }
  }

  get #url(): string {
    return this.#options.url.replace(/\/+$/, '')
  }
}

function queryOf(query: Required<Sent>['query']): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
