import type { HttpRequest } from '../../src/core/http.ts'

/** What of a request is not the plainest. */
export interface RequestParts {
  readonly query?: string
  /** Names and values in turn. */
  readonly headers?: readonly string[]
  readonly body?: string | Uint8Array
  readonly address?: string
  readonly tooLarge?: boolean
}

/** A request as a host hands it to a world. */
export function request(method: string, path: string, parts: RequestParts = {}): HttpRequest {
  const { query = '', headers = [], body = '', address = '127.0.0.1', tooLarge } = parts
  return {
    method,
    path,
    query,
    headers,
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    address,
    ...(tooLarge === undefined ? {} : { tooLarge }),
  }
}
