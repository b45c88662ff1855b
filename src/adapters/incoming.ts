import type { IncomingMessage } from 'node:http'
import type { HttpRequest } from '../core/http.ts'

export const noBody: Uint8Array = new Uint8Array(0)

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

/** Whether a body follows. Asked of the raw headers: to take them apart would cost more than most requests do. */
export function hasBody({ rawHeaders }: IncomingMessage): boolean {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length !== 14 && name.length !== 17) continue
    const lower = name.toLowerCase()
    if (lower === 'content-length' || lower === 'transfer-encoding') return true
  }
  return false
}

/** Collects the body up to a limit. What comes after it is read and thrown away, so that the answer still arrives. */
export function readBody(
  request: IncomingMessage,
  limit: number,
  done: (body: Uint8Array, tooLarge: boolean) => void,
): void {
  let chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks = []
  })
  request.on('end', () => {
    if (size > limit) done(noBody, true)
    // Copied, small ones into a common piece of memory: the journal would hold on to what the socket read into.
    else done(chunks.length === 1 ? Buffer.from(chunks[0] as Buffer) : Buffer.concat(chunks), false)
  })
}
