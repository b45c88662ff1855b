import { encodeUtf8 } from '../core/utf8.ts'
import { headerPairs, noBody, splitTarget, type HttpRequest } from '../core/http.ts'
import type { Answer } from '../world/play.ts'

/** A fetch-style request as the world reads it. */
export async function fromWebRequest(request: Request, address: string, cookie?: string): Promise<HttpRequest> {
  const headers: string[] = []
  request.headers.forEach((value, name) => headers.push(name, value))
  if (cookie !== undefined) headers.push('cookie', cookie)
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  return {
    method: request.method.toUpperCase(),
    ...splitTarget(targetOf(request.url)),
    origin: request.url.slice(0, startOfPath(request.url)),
    headers,
    body: hasBody ? await bodyOf(request) : noBody,
    address,
  }
}

/** Where React Native's Request holds a text that it was given. It cannot give its bytes, as no FileReader there can. */
const textHeld = '_bodyText'

async function bodyOf(request: Request & { readonly [textHeld]?: string }): Promise<Uint8Array> {
  if (typeof request[textHeld] === 'string') return encodeUtf8(await request.text())
  return new Uint8Array(await request.arrayBuffer())
}

/** As a signal's own method, which those of React Native do not have; nor do they know of a reason. */
export function throwIfAborted({ aborted, reason }: AbortSignal): void {
  if (aborted) throw (reason ?? abortError()) as Error
}

function abortError(): Error {
  return Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' })
}

/** What a request's URL, which is absolute and normal, names behind the host; to parse it again would take longer than to answer. */
function targetOf(url: string): string {
  const hash = url.indexOf('#')
  return url.slice(startOfPath(url), hash < 0 ? undefined : hash)
}

function startOfPath(url: string): number {
  return url.indexOf('/', url.indexOf('://') + 3)
}

/** Statuses that the Fetch standard allows no body for. */
const bodiless = new Set([204, 205, 304])

/**
 * An answer as a fetch-style response, after its delay. A plain Response, not MSW's own: that one would put cookies
 * into a jar that MSW 2 shares over a whole process.
 */
export async function toWebResponse(answer: Answer, signal?: AbortSignal): Promise<Response> {
  if (answer.delayMs > 0) await wait(answer.delayMs, signal)
  if (answer.broken === 'reset') return Response.error()
  const headers = headerPairs(answer.headers)
  // Hosts that write to a socket then show that something is missing.
  if (answer.broken === 'truncate') headers.push(['content-length', String(Math.max(1, lengthOf(answer.body)))])
  const body = bodiless.has(answer.status) ? null : toBody(answer)
  return new Response(body, { status: answer.status, headers })
}

function toBody({ body, broken }: Answer): BodyInit | null {
  if (broken === 'truncate') return cutOff(body ?? '')
  if (body === undefined) return null
  return typeof body === 'string' ? body : new Uint8Array(body)
}

function lengthOf(body: Answer['body'] = ''): number {
  return typeof body === 'string' ? encodeUtf8(body).length : body.length
}

/** A body that ends in an error half way. */
function cutOff(body: string | Uint8Array): ReadableStream<Uint8Array> {
  const bytes = typeof body === 'string' ? encodeUtf8(body) : body
  let sent = false
  return new ReadableStream({
    pull(controller) {
      const cut = (): void => controller.error(new TypeError('terminated: the connection was cut off'))
      // A moment later, or hosts that write to a socket would lose the first half with it.
      if (sent || bytes.length < 2) setTimeout(cut, 10)
      else controller.enqueue(bytes.slice(0, Math.floor(bytes.length / 2)))
      sent = true
    },
  })
}

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject((signal?.reason ?? abortError()) as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal?.aborted === true) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
