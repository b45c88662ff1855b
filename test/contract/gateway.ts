import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What comes back from the server behind. */
export interface Passed {
  readonly status: number
  readonly headers: { readonly [name: string]: string | readonly string[] }
  readonly body: Buffer
}

/** What a gateway does to one request: nothing, hang up, answer itself, or change what comes back. */
export type Deed =
  | 'pass'
  | 'reset'
  /** Asks the server, and hangs up instead of passing its answer on. */
  | 'swallow'
  | { readonly status: number; readonly headers?: { readonly [name: string]: string }; readonly body?: string }
  | ((passed: Passed) => Passed)

/** A gateway in front of a server, that does something to some requests. */
export interface Gateway {
  readonly url: string
  /** Requests as they came, oldest first. */
  readonly seen: readonly { readonly line: string; readonly headers: IncomingMessage['headers'] }[]
}

/** Opens a gateway to a server until the test is over. `deed` is asked for each request, counted from 1. */
export async function serveGateway(
  behind: string,
  deed: (count: number, request: IncomingMessage) => Deed,
): Promise<Gateway> {
  const seen: { line: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    const { method = '', url = '/' } = request
    seen.push({ line: `${method} ${url}`, headers: request.headers })
    const wanted = deed(seen.length, request)
    if (wanted === 'reset') request.socket.destroy()
    else if (typeof wanted === 'object') {
      request.resume()
      response.writeHead(wanted.status, wanted.headers).end(wanted.body)
    } else passOn(behind, request, response, wanted)
  })
  return { url: `http://127.0.0.1:${await listen(server)}`, seen }
}

/** Listens on a free port until the test is over. */
export async function listen(server: Server | SecureServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return (server.address() as AddressInfo).port
}

function passOn(behind: string, request: IncomingMessage, response: ServerResponse, wanted: Deed): void {
  const { method, url, headers } = request
  const onward = forward(new URL(behind + url), { method, headers }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => {
      if (wanted === 'swallow') return request.socket.destroy()
      const { 'transfer-encoding': _, 'content-length': __, ...rest } = answer.headers
      const passed = { status: answer.statusCode ?? 0, headers: rest as Passed['headers'], body: Buffer.concat(chunks) }
      const { status, headers: kept, body } = typeof wanted === 'function' ? wanted(passed) : passed
      return response.writeHead(status, kept as { [name: string]: string }).end(body)
    })
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}
