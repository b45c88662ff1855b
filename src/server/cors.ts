import { headerValue, type HeaderList, type HttpReply, type HttpRequest } from '../core/http.ts'
import { checkOrigin } from '../core/origin.ts'

/** Lets pages of some origins read what the mocked APIs answer, with cookies. The control API has no part in it. */
export class Cors {
  readonly #origins: ReadonlySet<string>

  /** Throws ERR_USAGE for what is no origin. */
  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins.map(checkOrigin))
  }

  /** The answer to a browser that asks first, or undefined where it does not. */
  preflight(request: HttpRequest): HttpReply | undefined {
    if (request.method !== 'OPTIONS') return undefined
    const method = headerValue(request.headers, 'access-control-request-method')
    if (method === undefined) return undefined
    const allowed = this.headersFor(request)
    if (!allowed.includes('access-control-allow-origin')) return undefined
    const names = headerValue(request.headers, 'access-control-request-headers')
    const isPrivate = headerValue(request.headers, 'access-control-request-private-network') === 'true'
    const headers = [
      ...allowed,
      // What was asked for, because with credentials `*` would mean a header of that name.
      ...(isToken(method) ? ['access-control-allow-methods', method] : []),
      ...(names !== undefined && names.split(',').every((name) => isToken(name.trim()))
        ? ['access-control-allow-headers', names]
        : []),
      ...(isPrivate ? ['access-control-allow-private-network', 'true'] : []),
      'access-control-max-age',
      '600',
    ]
    return { status: 204, headers, body: undefined }
  }

  /** What an answer carries beside its own headers. */
  headersFor(request: HttpRequest): HeaderList {
    const origin = headerValue(request.headers, 'origin')
    if (origin === undefined || !this.#origins.has(origin)) return ['vary', 'origin']
    return [
      'vary',
      'origin',
      'access-control-allow-origin',
      origin,
      'access-control-allow-credentials',
      'true',
      'access-control-expose-headers',
      'x-understudy-request, x-understudy-clause',
    ]
  }
}

function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text)
}
