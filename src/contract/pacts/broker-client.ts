import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, objectIn, own, type JsonObject } from '../../core/json.ts'
import type { Environment } from '../target/environment.ts'
import { HttpClient } from '../playing/http-client.ts'
import { proxiesFor } from '../target/proxies.ts'

/** Somebody's Pact broker over HTTP, with the credentials of the environment. */
export class BrokerClient {
  readonly #client: HttpClient
  readonly #origin: string
  readonly #authorization: readonly string[]

  /**
   * `url` is any address of the broker, which alone is told the credentials: PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and
   * PACT_BROKER_PASSWORD, or those in the address itself.
   */
  constructor(url: string, env: Environment) {
    const { origin, username, password } = new URL(url)
    this.#origin = origin
    this.#authorization = authorizationOf(env, username, password)
    this.#client = new HttpClient({ timeout: 30_000, tls: { insecure: false }, proxies: proxiesFor({}, env, []) })
  }

  get(url: string): Promise<Document> {
    return this.send('GET', url)
  }

  /**
   * Throws ERR_TARGET_UNREACHABLE where nobody answers, ERR_USAGE where the answer is a refusal; `sentences` say what some
   * statuses mean.
   */
  async send(
    method: string,
    url: string,
    data?: JsonObject,
    sentences: { readonly [status: number]: string } = {},
  ): Promise<Document> {
    const { origin } = new URL(url)
    const headers = [
      'accept',
      'application/hal+json, application/json',
      ...(origin === this.#origin ? this.#authorization : []),
      ...(data === undefined ? [] : ['content-type', 'application/json']),
    ]
    const plain = withoutUser(url)
    const sent = await this.#client
      .send(method, plain, headers, data === undefined ? undefined : JSON.stringify(data))
      .catch((error: Error) => {
        throw error instanceof UnderstudyError ? error : new UnderstudyError('ERR_TARGET_UNREACHABLE', error.message)
      })
    if (sent.status >= 200 && sent.status < 300) return { url: plain, text: sent.body, data: objectIn(sent.body) }
    const sentence = sentences[sent.status]
    if (sentence !== undefined) throw new UnderstudyError('ERR_USAGE', sentence)
    throw refusal(method, plain, sent.status, sent.body, this.#authorization.length > 0)
  }

  close(): void {
    this.#client.close()
  }
}

/** What a broker has answered, and where. */
export interface Document {
  readonly url: string
  readonly text: string
  readonly data: JsonObject
}

/** Where a link of a document leads, its template filled in; undefined where there is none. */
export function linkOf(
  { url, data }: Pick<Document, 'url' | 'data'>,
  name: string,
  values: { readonly [name: string]: string } = {},
): string | undefined {
  const links = data['_links']
  const link = isJsonObject(links) ? own(links, name) : undefined
  const href = isJsonObject(link) ? link['href'] : undefined
  if (typeof href !== 'string') return undefined
  const filled = href.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(values[key] ?? ''))
  return new URL(filled, url).href
}

function authorizationOf(env: Environment, username: string, password: string): readonly string[] {
  const token = env['PACT_BROKER_TOKEN'] ?? ''
  if (token !== '') return ['authorization', `Bearer ${token}`]
  const name = decodeURIComponent(username) || (env['PACT_BROKER_USERNAME'] ?? '')
  const word = decodeURIComponent(password) || (env['PACT_BROKER_PASSWORD'] ?? '')
  if (name === '') return []
  return ['authorization', `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}`]
}

function refusal(method: string, url: string, status: number, body: string, hasCredentials: boolean): UnderstudyError {
  const what = `${method} ${url} answered ${status}`
  if (status === 401 || status === 403)
    return new UnderstudyError(
      'ERR_USAGE',
      hasCredentials
        ? `${what}: the broker does not take the credentials in PACT_BROKER_TOKEN or PACT_BROKER_USERNAME.`
        : `${what}: the broker wants credentials, and none are in PACT_BROKER_TOKEN or PACT_BROKER_USERNAME.`,
    )
  if (status >= 500) return new UnderstudyError('ERR_TARGET_UNREACHABLE', `${what}.`)
  const said = body.trim() === '' ? '' : `: ${body.trim().slice(0, 300)}`
  return new UnderstudyError('ERR_USAGE', `${what}${said}`)
}

function withoutUser(url: string): string {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.href
}
