import type { IncomingMessage } from 'node:http'
import { UnderstudyError } from '../core/errors.ts'
import { headerValue, mediaType } from '../core/http.ts'
import { noBody } from '../core/http.ts'
import { hasBody } from './incoming.ts'

/** A request as frameworks hand it on, with what they made of its body. */
type Parsed = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown }

/**
 * The body of a request that somebody before has read, as it can be told from what they made of it; undefined where nobody
 * has. Throws ERR_USAGE, when asked, where it cannot be told.
 */
export function bodyThatWasRead(request: IncomingMessage): (() => Uint8Array) | undefined {
  // A request without a body has been read to its end as soon as anybody looks.
  if (!request.readableDidRead) return undefined
  return () => written(request)
}

function written(request: Parsed): Uint8Array {
  const { body, rawBody, rawHeaders, method, url } = request
  for (const bytes of [rawBody, body]) {
    if (bytes instanceof Uint8Array) return bytes
    if (typeof bytes === 'string') return Buffer.from(bytes)
  }
  if (!hasBody(request)) return noBody
  const type = mediaType(headerValue(rawHeaders, 'content-type'))
  if (body !== undefined && (type === 'application/json' || type.endsWith('+json')))
    return Buffer.from(JSON.stringify(body))
  if (type === 'application/x-www-form-urlencoded' && isFlat(body))
    return Buffer.from(String(new URLSearchParams(body)))
  const what = type === '' ? 'without a content type' : `of the type ${type}`
  throw new UnderstudyError(
    'ERR_USAGE',
    `The body ${what} of ${method} ${url} was read before auth-understudy saw it, and cannot be told from what was made of it: ` +
      'put the mock before the middleware that reads bodies.',
  )
}

function isFlat(body: unknown): body is Record<string, string> {
  return typeof body === 'object' && body !== null && Object.values(body).every((value) => typeof value === 'string')
}
