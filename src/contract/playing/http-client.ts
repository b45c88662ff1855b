import { readFileSync } from 'node:fs'
import type { Dispatcher } from 'undici'
import { formatDuration } from '../../core/duration.ts'
import { headerPairs, headerValue, headerValues, type HeaderList } from '../../core/http.ts'
import { deepest, isNestedDeeply } from '../../core/nesting.ts'
import { version } from '../../core/version.ts'
import { decodedBody } from './decoded-body.ts'
import type { Answered } from '../comparing/answered.ts'
import { whyNoAnswer } from './no-answer.ts'
import type { Proxies } from '../target/proxies.ts'
import type { Target } from '../target/target.ts'
import { UnreadableError } from './unreadable.ts'
import { messageOf } from '../../core/thrown.ts'

/** What came back, without a word on when. */
export type Response = Omit<Answered, 'at'>

/** How a server is reached. */
export type Way = Pick<Target, 'tls' | 'timeout'> & {
  readonly proxies: Proxies
  /** The address of this machine that requests are sent from. */
  readonly localAddress?: string
}

/**
 * Requests over HTTP and HTTPS, exactly as they are given: no redirect is followed, and no header added but the host,
 * the length and who asks. Each is sent once.
 */
export class HttpClient {
  readonly #way: Way
  #dispatcher: Promise<Dispatcher> | undefined
  #hasAnswered = false

  constructor(way: Way) {
    this.#way = way
  }

  /**
   * Throws an {@link UnavailableError}, with address and cause, where no whole answer comes; an
   * {@link UnreadableError} where what comes is none; a {@link NotReachedError} where the request cannot be sent.
   */
  async send(method: string, url: string, headers: HeaderList, body: string | undefined): Promise<Response> {
    const { timeout } = this.#way
    const { origin, pathname, search } = new URL(url)
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Error(`no answer within ${formatDuration(timeout)}`)), timeout)
    try {
      this.#dispatcher ??= dispatcherFor(this.#way)
      const dispatcher = await this.#dispatcher
      const answer = await dispatcher.request({
        origin,
        path: pathname + search,
        method,
        headers: withAgent(headers),
        body: body ?? null,
        signal: late.signal,
        responseHeaders: 'raw',
      })
      this.#hasAnswered = true
      const bytes = await collect(answer.body)
      return toResponse(answer.statusCode, rawList(answer.headers), bytes)
    } catch (error) {
      throw whyNoAnswer(error as NodeJS.ErrnoException, origin, this.#hasAnswered || this.#way.tls.cert !== undefined)
    } finally {
      clearTimeout(timer)
    }
  }

  close(): void {
    void this.#dispatcher?.then((dispatcher) => dispatcher.destroy())
  }
}

/** undici is loaded where a server is asked, and nowhere else. */
async function dispatcherFor({ tls, timeout, proxies, localAddress }: Way): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici')
  const file = (path: string | undefined): Buffer | undefined => (path === undefined ? undefined : readFileSync(path))
  const trust = { rejectUnauthorized: !tls.insecure, timeout, ...defined({ ca: file(tls.ca) }) }
  const own = defined({ cert: file(tls.cert), key: file(tls.key), passphrase: tls.passphrase })
  return new EnvHttpProxyAgent({
    httpProxy: proxies.http,
    httpsProxy: proxies.https,
    noProxy: proxies.except,
    // Proxies are asked for a tunnel where they have to be: many refuse one to other ports than 443.
    proxyTunnel: false,
    // Not among those of the connection, which undici sets by itself.
    ...defined({ localAddress }),
    connect: { ...trust, ...own },
    requestTls: { ...trust, ...own },
    proxyTls: trust,
    // Each request has a time of its own, for all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

function defined<Values extends object>(values: Values): { [Name in keyof Values]?: NonNullable<Values[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}

/** Some servers and firewalls turn away who does not say what it is. */
function withAgent(headers: HeaderList): string[] {
  const isSaid = headerValue(headers, 'user-agent') !== undefined
  return [...headers, ...(isSaid ? [] : ['user-agent', `auth-understudy/${version}`])]
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    chunks.push(chunk)
    if (size > largest) throw new UnreadableError(`its answer has more than ${largest} bytes`)
  }
  return Buffer.concat(chunks)
}

function toResponse(status: number, rawHeaders: HeaderList, bytes: Uint8Array): Response {
  const headers = headerPairs(rawHeaders).flat()
  let plain: Uint8Array
  try {
    plain = decodedBody(bytes, headerValues(headers, 'content-encoding'), largest)
  } catch (error) {
    throw new UnreadableError(messageOf(error))
  }
  const body = utf8.decode(plain)
  // Whoever compares it walks through it.
  if (isNestedDeeply(body)) throw new UnreadableError(`its answer is nested more than ${deepest} levels deep`)
  return { status, headers, body, bytes: plain }
}

/** As a browser's `text()` reads a body: a byte order mark is left out. */
const utf8 = new TextDecoder()

/** No answer of the APIs comes near it. */
const largest = 10_000_000

/** Raw headers are a list of texts, which undici's types do not tell. */
function rawList(headers: unknown): HeaderList {
  return Array.isArray(headers) ? headers.map(String) : []
}
