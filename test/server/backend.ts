import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'

/** A real server that stands behind a mock, and what it was asked. */
export interface Backend {
  readonly url: string
  readonly asked: { readonly line: string; readonly headers: IncomingMessage['headers']; body: string }[]
  close(): Promise<void>
}

/** Answers below some paths as real servers do, and otherwise says hello. */
const answers: { readonly [path: string]: (request: IncomingMessage, response: ServerResponse) => void } = {
  '/redirect': (request, response) =>
    response.writeHead(302, { location: `http://${request.headers.host}/there?a=1#b` }).end(),
  '/away': (_, response) => response.writeHead(302, { location: 'https://elsewhere.example/x' }).end(),
  '/cookies': (_, response) =>
    response
      .writeHead(200, {
        'set-cookie': [
          'a=1; Domain=staging.example; Path=/; Secure; HttpOnly; SameSite=None',
          '__Host-b=2; Path=/; Secure',
        ],
        connection: 'x-own',
        'x-own': 'of this hop',
        'x-other': 'end to end',
      })
      .end('ok'),
  '/events': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: 1\n\n')
    setTimeout(() => response.end('data: 2\n\n'), 300)
  },
  '/half': (_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half', () => response.destroy())
  },
  '/rude': (_, response) => response.destroy(),
  '/cors': (_, response) =>
    response.writeHead(200, { 'access-control-allow-origin': 'https://other.example' }).end('ok'),
}

/** Starts one that is closed when the test ends. */
export async function startBackend(more: { [path: string]: RequestListener } = {}): Promise<Backend> {
  const asked: Backend['asked'] = []
  const server = createServer((request, response) => {
    const seen = { line: `${request.method} ${request.url}`, headers: request.headers, body: '' }
    asked.push(seen)
    request.setEncoding('latin1').on('data', (text: string) => {
      seen.body += text
    })
    request.on('end', () => {
      const path = (request.url ?? '').split('?', 1)[0] as string
      const answer = more[path] ?? answers[path]
      if (answer === undefined) response.end(`backend ${request.method} ${request.url}`)
      else answer(request, response)
    })
  })
  const sockets = new WebSocketServer({ server, path: '/live' })
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      if (String(data) === 'hang up') socket.terminate()
      else socket.send(`echo ${String(data)}`)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const close = (): Promise<void> => closeServer(server)
  onTestFinished(close)
  return { url: urlOf(server), asked, close }
}

/** Closes a server and everything that is connected to it. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Where a server on 127.0.0.1 is. */
export function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
