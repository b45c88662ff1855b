import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { createProxyServer, type ProxyServer } from 'httpxy'
import { headerValue, headerValues, type HeaderList, type HttpReply, type HttpRequest } from '../core/http.ts'
import { problem } from '../core/problem.ts'
import { codeOf, messageOf } from '../core/thrown.ts'
import { isKnownHere, schemeOf } from './known-here.ts'
import { fromBehind, toBehind, type Passage } from './passed-headers.ts'
import { send } from './outgoing.ts'

/** What a request needs to be passed on. */
export interface FallbackOptions {
  readonly url: URL
  readonly host: string
  readonly allowedHosts: readonly string[]
  readonly adminToken: string | undefined
  /** Told what came of a request, for the journal. */
  readonly note: (asked: HttpRequest, status: number, because: string) => void
  /** Added to answers instead of what the server behind says of CORS; undefined where it is left to that. */
  readonly cors: ((asked: HttpRequest) => HeaderList) | undefined
}

/** The server behind may be silent for so long before its answer begins. */
const patienceMs = 120_000

/** The server that stands behind a listener. Which one it is nothing in a request decides. */
export class Fallback {
  readonly #options: FallbackOptions
  readonly #target: { protocol: string; host: string; hostname: string; port: string }
  /** Marks what has been here, so that a server that is its own fallback does not ask itself for ever. */
  readonly #mark = `understudy-${crypto.randomUUID().slice(0, 8)}`

  constructor(options: FallbackOptions) {
    this.#options = options
    const { protocol, hostname, port } = options.url
    this.#target = { protocol, host: hostname, hostname: hostname.replace(/^\[|\]$/g, ''), port }
  }

  /** Passes a request on and its answer back, both as they come; `body` is what of it was read already. */
  pass(request: IncomingMessage, response: ServerResponse, asked: HttpRequest, body?: Uint8Array): void {
    const refusal = this.#refusal(request, asked)
    if (refusal !== undefined) {
      request.resume()
      send(response, refusal)
      return
    }
    const passage = this.#passage(request, asked)
    const proxy = this.#proxy((error) => this.#tellTrouble(asked, error, (reply) => end(response, reply)))
    proxy.on('proxyRes', (answer) => {
      answer.socket.setTimeout(0)
      this.#note(asked, answer.statusCode)
      const headers = this.#answerHeaders(answer.rawHeaders, passage, asked)
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, [...headers])
      // A page waits for the beginning of a stream of events.
      response.flushHeaders()
      answer.pipe(response)
    })
    hand(request, asked, framed(toBehind(asked.headers, passage), asked, body), this.#mark)
    const buffer = body === undefined ? {} : { buffer: Readable.from(body.length === 0 ? [] : [body]) }
    void proxy.web(request, response, { ...this.#sending(), selfHandleResponse: true, ...buffer })
  }

  /** Passes a request for a web socket on, and connects both. */
  connect(request: IncomingMessage, socket: Socket, head: Buffer, asked: HttpRequest): void {
    const refusal = this.#refusal(request, asked)
    if (refusal !== undefined) {
      socket.end(asText(refusal))
      return
    }
    let isOpen = false
    const passage = this.#passage(request, asked)
    const proxy = this.#proxy((error) => {
      if (isOpen) socket.destroy()
      else this.#tellTrouble(asked, error, (reply) => void socket.end(asText(reply)))
    })
    proxy.on('proxyReqWs', (sent: ClientRequest) => {
      // The library tells a client of a server that goes, but not the server of a client.
      socket.once('close', () => sent.destroy())
      sent.once('upgrade', (answer) => {
        isOpen = true
        this.#note(asked, 101)
        socket.once('close', () => answer.socket.destroy())
        rewriteCookies(answer, passage)
      })
      sent.once('response', (answer) => {
        this.#note(asked, answer.statusCode)
        rewriteCookies(answer, passage)
      })
    })
    const headers = [...toBehind(asked.headers, passage), ['connection', 'Upgrade'], ['upgrade', 'websocket']]
    hand(request, asked, headers as [string, string][], this.#mark)
    void proxy.ws(request, socket, { ...this.#sending(), upgradeTimeout: patienceMs }, head)
  }

  #proxy(onError: (error: Error) => void): ProxyServer {
    const proxy = createProxyServer()
    proxy.on('error', onError)
    return proxy
  }

  #sending(): object {
    const { url } = this.#options
    // Connections are not kept: one that the other side was about to close would cost a request.
    return { target: this.#target, headers: { host: url.host }, agent: false, proxyTimeout: patienceMs }
  }

  #passage(request: IncomingMessage, { headers }: HttpRequest): Passage {
    const { url, adminToken } = this.#options
    const here = `${schemeOf(request)}://${headerValue(headers, 'host') ?? ''}`
    return { behind: url.origin, here, adminToken }
  }

  #answerHeaders(raw: HeaderList, passage: Passage, asked: HttpRequest): HeaderList {
    const headers = fromBehind(raw, passage)
    const { cors } = this.#options
    if (cors === undefined) return headers
    const others = headers.flatMap((name, index) => {
      if (index % 2 === 1 || name.toLowerCase().startsWith('access-control-')) return []
      return [name, headers[index + 1] as string]
    })
    return [...others, ...cors(asked)]
  }

  /** Names that a stranger could have bound to this machine are asked for nothing behind it. */
  #refusal(request: IncomingMessage, { headers }: HttpRequest): HttpReply | undefined {
    const { host, allowedHosts, url } = this.#options
    const names = headerValues(headers, 'host')
    if (names.length > 1 || !isKnownHere(names[0] ?? '', [host, ...allowedHosts])) {
      const name = (names[0] ?? '').replace(/:\d*$/, '')
      const detail = `Requests to ${JSON.stringify(name)} are not passed on. Call this server localhost, or start it with --allowed-host ${name || '<name>'}.`
      return problem(403, 'Unknown host', detail, { code: 'ERR_HOST_REFUSED' })
    }
    if (!(request.headers.via ?? '').includes(this.#mark)) return undefined
    return problem(508, 'Loop detected', `The fallback ${url.origin} leads back to this server: name another one.`)
  }

  #note(asked: HttpRequest, status = 0): void {
    this.#options.note(asked, status, `no API takes it: passed on to ${this.#options.url.origin}`)
  }

  #tellTrouble(asked: HttpRequest, error: Error, reply: (told: HttpReply) => void): void {
    const { url, note } = this.#options
    const why = troubles[codeOf(error) ?? ''] ?? (messageOf(error) || 'no reason is known')
    const detail = `No API takes ${asked.method} ${asked.path}, and the fallback ${url.origin} could not be asked: ${why}.`
    note(asked, 502, detail)
    reply(problem(502, 'Fallback unavailable', detail))
  }
}

const troubles: { readonly [code: string]: string } = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'there is no such host (ENOTFOUND)',
  EAI_AGAIN: 'its name could not be looked up (EAI_AGAIN)',
  ECONNRESET: 'it closed the connection, or was silent for too long (ECONNRESET)',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is its own; name it in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate has an unknown issuer; name that in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate has an unknown issuer; name that in NODE_EXTRA_CA_CERTS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
}

/** A request as it is to be sent: the path that was read, not the target as it came. */
function hand(request: IncomingMessage, asked: HttpRequest, headers: readonly [string, string][], mark: string): void {
  const lines: IncomingMessage['headers'] = { __proto__: null } as never
  for (const [name, value] of headers) {
    const before = lines[name]
    lines[name] = before === undefined ? value : [before, value].flat()
  }
  lines.via = [lines.via, `1.1 ${mark}`].filter((part) => part !== undefined).join(', ')
  Object.assign(request, { headers: lines, url: asked.path + (asked.query === '' ? '' : `?${asked.query}`) })
}

/** Headers that say where the body ends: as it came, or its length where all of it has been read. */
function framed(
  headers: readonly [string, string][],
  asked: HttpRequest,
  body: Uint8Array | undefined,
): [string, string][] {
  if (body !== undefined) {
    const others = headers.filter(([name]) => name !== 'content-length')
    const isBare = body.length === 0 && (asked.method === 'GET' || asked.method === 'HEAD')
    return isBare ? others : [...others, ['content-length', String(body.length)]]
  }
  const isChunked = headerValue(asked.headers, 'transfer-encoding') !== undefined
  return isChunked ? [...headers, ['transfer-encoding', 'chunked']] : [...headers]
}

function rewriteCookies(answer: IncomingMessage, passage: Passage): void {
  const lines = answer.headers['set-cookie']
  if (lines === undefined) return
  const kept = fromBehind(
    lines.flatMap((line) => ['set-cookie', line]),
    passage,
  )
  Object.assign(answer.headers, { 'set-cookie': headerValues(kept, 'set-cookie') })
}

function end(response: ServerResponse, reply: HttpReply): void {
  if (response.headersSent) response.destroy()
  else send(response, reply)
}

/** A reply as a socket sends it that no HTTP server writes to any more. */
function asText({ status, headers, body = '' }: HttpReply): string {
  const text = String(body)
  const lines = [`HTTP/1.1 ${status} Refused`]
  for (let index = 0; index + 1 < headers.length; index += 2) lines.push(`${headers[index]}: ${headers[index + 1]}`)
  lines.push(`content-length: ${Buffer.byteLength(text)}`, 'connection: close', '', text)
  return lines.join('\r\n')
}
