import type { IncomingMessage } from 'node:http'
import type { HttpRequest } from '../core/http.ts'

const noBody = new Uint8Array(0)

/** A request from a socket as the world reads it. */
export function toHttpRequest(request: IncomingMessage, body: Uint8Array, tooLarge: boolean): HttpRequest {
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
export function readBody(
  request: IncomingMessage,
  limit: number,
  done: (body: Uint8Array, tooLarge: boolean) => void,
): void {
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
