import {
  createServer,
  request as askHttp,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http'
import { finished } from 'node:stream/promises'
import { request as askHttps } from 'node:https'
import { connect, isIP } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { headerValue, noBody, type HeaderList, type HttpRequest } from '../../core/http.ts'
import { toHttpRequest } from '../../server/incoming.ts'
import type { Answer } from '../../world/play.ts'
import { deliver } from '../../server/outgoing.ts'
import { endToEnd } from '../../server/passed-headers.ts'
import { openPort, urlOf } from '../../server/port.ts'
import type { SeenExchange } from '../playing/seen.ts'

/** What a listener in front of a real server needs. */
export interface ShadowServerOptions {
  readonly upstream: URL
  readonly port: number
  /** Whether an exchange is to be kept until it is over. */
  readonly takes: (request: HttpRequest) => boolean
  /** Answers in the place of the real server; undefined for what that is to answer. Left out, it answers everything. */
  readonly answer?: (request: HttpRequest) => Promise<Answer | undefined>
  /** Told of the head of an answer before anybody has it. */
  readonly onHead?: (request: HttpRequest, headers: HeaderList) => void
  /** Told of an exchange after its answer has been sent. */
  readonly onSeen: (seen: SeenExchange) => void
  /** Told that the server cannot be asked. */
  readonly onGone: (why: string) => void
}

/** A listener on loopback that passes everything on. */
export interface ShadowServer {
  readonly url: string
  close(): Promise<void>
}

/** Of a body that is longer no more is kept: it is none of an authentication API. */
const mostKept = 1_000_000

/** Starts to pass requests on. Throws ERR_PORT_IN_USE for a port that is taken. */
export async function listenInFront(options: ShadowServerOptions): Promise<ShadowServer> {
  const server = createServer((request, response) => {
    answerOrPass(request, response, options).catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket, head) => passSocket(request, socket, head, options.upstream))
  await openPort(server, options.port, '127.0.0.1')
  return {
    url: urlOf(server, 'http'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Whether it is the mock's to answer has to be known before anything is sent on. */
async function answerOrPass(
  request: IncomingMessage,
  response: ServerResponse,
  options: ShadowServerOptions,
): Promise<void> {
  const asked = toHttpRequest(request, noBody, false)
  if (options.answer === undefined || !options.takes(asked)) return pass(request, response, options)
  const read = keep(request)
  await finished(request, { writable: false })
  const answer = await options.answer({ ...asked, body: read() })
  if (answer !== undefined) return deliver(response, answer, () => response.destroy())
  return pass(Object.assign(Readable.from([read()]), pick(request)) as IncomingMessage, response, options)
}

function pick({ method, url, headers, rawHeaders, socket, httpVersion }: IncomingMessage): Partial<IncomingMessage> {
  return { method, url, headers, rawHeaders, socket, httpVersion }
}

function pass(request: IncomingMessage, response: ServerResponse, options: ShadowServerOptions): void {
  const { upstream, takes, onSeen, onGone } = options
  const asked = toHttpRequest(request, noBody, false)
  const isWanted = takes(asked)
  const headers = [...passedOn(request.rawHeaders), 'host', upstream.host]
  if (request.headers['transfer-encoding'] !== undefined) headers.push('transfer-encoding', 'chunked')
  const { hostname, port, protocol } = upstream
  const ask = protocol === 'https:' ? askHttps : askHttp
  // Only what the client sent is sent on; Node's types do not know of this member yet.
  const target: RequestOptions & { readonly setDefaultHeaders: false } = {
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    method: asked.method,
    path: request.url ?? '/',
    headers,
    setDefaultHeaders: false,
  }
  const sent = ask(target, (answer) => {
    const got = isWanted ? keep(answer) : undefined
    const cameAt = Date.now()
    if (body !== undefined) options.onHead?.({ ...asked, body: body() }, answer.rawHeaders)
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders))
    response.flushHeaders()
    answer.pipe(response)
    answer.on('error', () => response.destroy())
    response.on('finish', () => {
      if (body === undefined || got === undefined) return
      const seen = (): void => {
        const text = decoded(got(), headerValue(answer.rawHeaders, 'content-encoding'))
        const date = Date.parse(headerValue(answer.rawHeaders, 'date') ?? '')
        const at = Number.isNaN(date) ? cameAt : date
        const told = { status: answer.statusCode ?? 502, headers: answer.rawHeaders, body: text, at }
        onSeen({ request: { ...asked, body: body() }, answer: told, cameAt })
      }
      // Whoever asks next comes first.
      setImmediate(seen)
    })
  })
  const body = isWanted ? keep(request) : undefined
  let isLeft = false
  sent.on('error', (error: NodeJS.ErrnoException) => {
    const why = `${upstream.origin} could not be asked: ${error.code ?? error.message}`
    // A client that goes away ends its request, which says nothing of the server.
    if (isLeft) return
    onGone(why)
    if (response.headersSent) response.destroy()
    else response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end(`${why}.\n`)
  })
  response.on('close', () => {
    if (response.writableFinished) return
    isLeft = true
    sent.destroy()
  })
  request.pipe(sent)
}

/** Web sockets, and whatever else two have agreed on, pass as they come. */
function passSocket(request: IncomingMessage, socket: Duplex, head: Buffer, upstream: URL): void {
  const { hostname, port, protocol } = upstream
  const host = hostname.replace(/^\[|\]$/g, '')
  const isTls = protocol === 'https:'
  const there = isTls
    ? connectTls({ host, port: Number(port || 443), servername: isIP(host) === 0 ? host : '' })
    : connect({ host, port: Number(port || 80) })
  const lines = [`${request.method} ${request.url} HTTP/1.1`, `Host: ${upstream.host}`]
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2)
    if (request.rawHeaders[index]?.toLowerCase() !== 'host')
      lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`)
  there.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  there.write(head)
  for (const [one, other] of [
    [there, socket],
    [socket, there],
  ] as const) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
    one.pipe(other)
  }
}

/** Collects what flows by; read when it is over. */
function keep(stream: IncomingMessage): () => Uint8Array {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= mostKept) chunks.push(chunk)
  })
  return () => Buffer.concat(chunks)
}

function passedOn(raw: readonly string[]): string[] {
  return endToEnd(raw).flatMap(([name, value]) => (name.toLowerCase() === 'host' ? [] : [name, value]))
}

function decoded(bytes: Uint8Array, coding: string | undefined): string {
  const undo = { gzip: gunzipSync, br: brotliDecompressSync, deflate: inflateSync }[coding ?? '']
  try {
    return new TextDecoder().decode(undo === undefined ? bytes : undo(bytes))
  } catch {
    return ''
  }
}
