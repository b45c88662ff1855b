import { readFileSync } from 'node:fs'
import { Agent as HttpAgent, request as openHttp, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as openHttps } from 'node:https'
import { formatDuration } from '../core/duration.ts'
import { UnderstudyError } from '../core/errors.ts'
import { headerPairs, type HeaderList } from '../core/http.ts'
import { deepest, isNestedDeeply } from '../core/nesting.ts'
import type { Answered } from './difference.ts'
import type { Target } from './target.ts'

/** What came back, without a word on when. */
export type Response = Omit<Answered, 'at'>

/** How a server is reached. */
export type Way = Pick<Target, 'tls' | 'timeout'> & { readonly localAddress?: string }

/** Requests over HTTP and HTTPS, exactly as they are given: no redirect is followed, no header added but the host. */
export class HttpClient {
  readonly #timeout: number
  readonly #localAddress: string | undefined
  readonly #http = new HttpAgent({ keepAlive: true })
  readonly #https: HttpsAgent

  constructor({ tls, timeout, localAddress }: Way) {
    this.#timeout = timeout
    this.#localAddress = localAddress
    const ca = tls.ca === undefined ? {} : { ca: readFileSync(tls.ca) }
    this.#https = new HttpsAgent({ keepAlive: true, rejectUnauthorized: !tls.insecure, ...ca })
  }

  /** Throws ERR_TARGET_UNREACHABLE, with address and cause, where no whole answer comes. */
  send(method: string, url: string, headers: HeaderList, body: string | undefined): Promise<Response> {
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const length = bytes === undefined ? [] : ['content-length', String(bytes.length)]
    const isSecure = url.startsWith('https:')
    return new Promise((resolve, reject) => {
      const options = {
        method,
        headers: ['host', new URL(url).host, ...headers, ...length],
        agent: isSecure ? this.#https : this.#http,
        ...(this.#localAddress === undefined ? {} : { localAddress: this.#localAddress }),
      }
      const request = (isSecure ? openHttps : openHttp)(url, options, (response) => collect(response, resolve, fail))
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${formatDuration(this.#timeout)}`)),
        this.#timeout,
      )
      const fail = (error: NodeJS.ErrnoException): void =>
        reject(
          new UnderstudyError('ERR_TARGET_UNREACHABLE', `${new URL(url).origin} cannot be reached: ${causeOf(error)}.`),
        )
      request.on('error', fail)
      request.on('close', () => clearTimeout(timer))
      request.end(bytes)
    })
  }

  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }
}

function collect(
  response: IncomingMessage,
  done: (answered: Response) => void,
  fail: (error: NodeJS.ErrnoException) => void,
): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    chunks.push(chunk)
    if (size > largest) response.destroy(new Error(`its answer has more than ${largest} bytes`))
  })
  response.on('error', fail)
  response.on('end', () => {
    const headers = headerPairs(response.rawHeaders).flat()
    const body = Buffer.concat(chunks).toString()
    // Whoever compares it walks through it.
    if (isNestedDeeply(body)) fail(new Error(`its answer is nested more than ${deepest} levels deep`))
    else done({ status: response.statusCode ?? 0, headers, body })
  })
}

/** No answer of the APIs comes near it. */
const largest = 10_000_000

/** What OpenSSL calls certificates that nobody vouches for. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function causeOf({ code = 'no cause given', message }: NodeJS.ErrnoException): string {
  const cause = message === '' ? code : message
  if (!untrusted.has(code)) return cause
  return `${cause} (name the file with the certificate to trust as tls: ca; tls: insecure trusts any)`
}
