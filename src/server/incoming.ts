import type { IncomingMessage } from 'node:http'
import { headerValue, noBody, splitTarget, type HttpRequest } from '../core/http.ts'
import { remembered } from '../core/remembered.ts'
import { LightRequest } from './light-request.ts'

/** A request from a socket as the world reads it. */
export function toHttpRequest(request: IncomingMessage, body: Uint8Array, tooLarge: boolean): HttpRequest {
  const target = request.url ?? '/'
  // A proxy's absolute form (`GET http://host/path`) carries the origin as well.
  const { path, query } = splitTarget(target.startsWith('/') ? target : target.replace(/^[a-z]+:\/\/[^/]*/i, ''))
  // Members one by one: spreads cost more than what they copy.
  const read: Writable<HttpRequest> = {
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.rawHeaders,
    body,
    address: request.socket.remoteAddress ?? '',
  }
  const origin = originOf(request)
  if (origin !== undefined) read.origin = origin
  if (tooLarge) read.tooLarge = true
  return read
}

type Writable<Type> = { -readonly [Member in keyof Type]: Type[Member] }

/** What was asked, as the client calls it. A name that is none is left out: it would be repeated in answers. */
function originOf({ rawHeaders, socket }: IncomingMessage): string | undefined {
  const host = headerValue(rawHeaders, 'host')
  if (host === undefined) return undefined
  return ('encrypted' in socket ? secureOrigin : plainOrigin)(host)
}

const plainOrigin = originBehind('http://')
const secureOrigin = originBehind('https://')

function originBehind(scheme: string): (host: string) => string | undefined {
  // The same few names are asked for again and again.
  const origin = remembered((host) => (/^[\w.:[\]-]+$/.test(host) ? scheme + host : ''))
  return (host) => origin(host) || undefined
}

/** Whether a body follows. Asked of the raw headers: to take them apart would cost more than most requests do. */
export function hasBody({ rawHeaders }: IncomingMessage): boolean {
  return (
    headerValue(rawHeaders, 'content-length') !== undefined ||
    headerValue(rawHeaders, 'transfer-encoding') !== undefined
  )
}

/** Collects the body up to a limit. What comes after it is read and thrown away, so that the answer still arrives. */
export function collectBody(
  request: IncomingMessage,
  limit: number,
  done: (body: Uint8Array, tooLarge: boolean) => void,
): void {
  if (request instanceof LightRequest) {
    request.collect(limit, done)
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

/** Reads a body up to a limit; of a longer one, nothing is lost: its beginning is put back, and the rest waits. */
export function beginBody(request: IncomingMessage, limit: number): Promise<{ body: Uint8Array; isWhole: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = (isWhole: boolean): void => {
      request.off('data', take).off('end', finish).off('error', reject)
      resolve({ body: Buffer.concat(chunks), isWhole })
    }
    const take = (chunk: Buffer): void => {
      chunks.push(chunk)
      size += chunk.length
      if (size <= limit) return
      request.pause()
      settle(false)
      request.unshift(Buffer.concat(chunks))
    }
    const finish = (): void => settle(true)
    request.on('data', take).on('end', finish).on('error', reject)
  })
}
