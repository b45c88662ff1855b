import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UnderstudyError } from '../core/errors.ts'
import type { HttpReply, HttpRequest } from '../core/http.ts'
import { problem } from '../core/problem.ts'
import type { ControlReply } from '../control/control.ts'
import type { Answer } from '../world/play.ts'
import type { World } from '../world/world.ts'

/** Where a listener listens, and what it accepts. */
export interface ListenOptions {
  /** 0 for any free port (0). */
  readonly port?: number
  /** 127.0.0.1 unless told otherwise: nobody else on the network can reach it. */
  readonly host?: string
  /** Bytes of a body that are read; larger ones get 413 (1 MiB). */
  readonly bodyLimit?: number
  /** Told about errors that are this package's own fault. */
  readonly onError?: (error: unknown) => void
}

/** A server that plays a world until it is closed. */
export interface Listener {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /** Finishes what was begun, then closes every connection. */
  close(): Promise<void>
}

const controlPrefix = '/__understudy'

/** Plays a world over HTTP. Throws ERR_PORT_IN_USE. */
export async function listen(world: World, options: ListenOptions = {}): Promise<Listener> {
  const { port = 0, host = '127.0.0.1', bodyLimit = 1_048_576, onError } = options
  const server = createServer((request, response: ServerResponse & { sendDate: boolean }) => {
    // The world tells the date, by its own clock.
    // oxlint-disable-next-line no-param-reassign
    response.sendDate = false
    const fail = (error: unknown): void => {
      onError?.(error)
      if (response.headersSent) response.destroy()
      else
        send(
          response,
          problem(500, 'Bug in auth-understudy', 'The mock server failed; nothing was changed. Please report it.'),
        )
    }
    readBody(request, bodyLimit, (body, tooLarge) => {
      try {
        answer(world, toHttpRequest(request, body, tooLarge), request, response)?.catch(fail)
      } catch (error) {
        fail(error)
      }
    })
  })
  await start(server, port, host)
  const address = server.address() as AddressInfo
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${shownHost}:${address.port}`, port: address.port, close: () => stop(server) }
}

/** Answers at once where the world does; the promise is for the rest. */
function answer(
  world: World,
  asked: HttpRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> | undefined {
  if (asked.path.startsWith(controlPrefix)) return answerControl(world, asked, request, response)
  const played = world.worlds.play(asked, world)
  if (played instanceof Promise) return played.then((late) => deliver(response, late))
  deliver(response, played)
  return undefined
}

async function answerControl(
  world: World,
  asked: HttpRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { consoleFile } = await import('./console-files.ts')
  const file = await consoleFile(asked.method, asked.path, controlPrefix)
  if (file !== undefined) {
    send(response, asked.method === 'HEAD' ? { ...file, body: undefined } : file)
    return
  }
  const { control } = await import('../control/control.ts')
  const reply = await control(asked, world)
  if (reply.stream === undefined) send(response, reply)
  else sendEvents(request, response, reply, reply.stream)
}

function sendEvents(
  request: IncomingMessage,
  response: ServerResponse,
  reply: ControlReply,
  stream: NonNullable<ControlReply['stream']>,
): void {
  response.writeHead(reply.status, [...reply.headers])
  response.write(': events follow\n\n')
  const unsubscribe = stream((event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
  request.socket.on('close', unsubscribe)
}

function deliver(response: ServerResponse, played: Answer): void {
  if (played.delayMs > 0) {
    setTimeout(() => deliver(response, { ...played, delayMs: 0 }), played.delayMs)
    return
  }
  if (played.broken === undefined) send(response, played)
  else if (played.broken === 'reset') response.socket?.resetAndDestroy()
  else sendHalf(response, played)
}

function send(response: ServerResponse, { status, headers, body }: HttpReply): void {
  if (body === undefined) {
    // A HEAD's length would be that of the body it leaves out.
    const hasLength = status !== 204 && response.req.method !== 'HEAD'
    response.writeHead(status, hasLength ? [...headers, 'content-length', '0'] : [...headers]).end()
  } else {
    response.writeHead(status, [...headers, 'content-length', String(Buffer.byteLength(body))]).end(body)
  }
}

/** Promises the whole body, sends half of it, and hangs up. */
function sendHalf(response: ServerResponse, { status, headers, body = '' }: HttpReply): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, [...headers, 'content-length', String(Math.max(bytes.length, 1))])
  response.flushHeaders()
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy())
}

const noBody = new Uint8Array(0)

function toHttpRequest(request: IncomingMessage, body: Uint8Array, tooLarge: boolean): HttpRequest {
  const target = request.url ?? '/'
  // A proxy's absolute form (`GET http://host/path`) carries the origin as well.
  const url = target.startsWith('/') ? target : target.replace(/^[a-z]+:\/\/[^/]*/i, '')
  const mark = url.indexOf('?')
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: request.rawHeaders,
    body,
    address: request.socket.remoteAddress ?? '',
    ...(tooLarge ? { tooLarge } : {}),
  }
}

/** Collects the body up to a limit. What comes after it is read and thrown away, so that the answer still arrives. */
function readBody(request: IncomingMessage, limit: number, done: (body: Uint8Array, tooLarge: boolean) => void): void {
  const { headers } = request
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    done(noBody, false)
    return
  }
  let chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks = []
  })
  request.on('end', () => {
    if (size > limit) done(noBody, true)
    else done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), false)
  })
}

function start(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)))
    server.listen(port, host, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new UnderstudyError(
      'ERR_PORT_IN_USE',
      `Port ${port} of ${host} is in use. Choose another, or 0 for any free one.`,
    )
  }
  if (error.code === 'EACCES')
    return new UnderstudyError('ERR_USAGE', `Port ${port} may not be used by this user; choose one above 1023.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UnderstudyError('ERR_USAGE', `${host} is no address of this machine.`)
  }
  return error
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    // Event streams and slow readers never end by themselves.
    setTimeout(() => server.closeAllConnections(), 1000).unref()
  })
}
