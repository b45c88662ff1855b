import type { IncomingMessage, ServerResponse } from 'node:http'
import { pairs } from '../core/pairs.ts'

/** HTTP/2 says these in its own way, and refuses them. */
const notInHttp2: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

/**
 * Lets a request and its answer be read and written as those of HTTP/1, which Node's are not quite; a dev server with HTTPS
 * speaks HTTP/2. The result undoes it, for whoever is next.
 */
export function asHttp1(request: IncomingMessage, response: ServerResponse): () => void {
  if (request.httpVersionMajor < 2) return () => undefined
  const { headers } = request
  const own = pairs(request.rawHeaders).filter(([name]) => !name.startsWith(':'))
  const host = headers[':authority']
  const isOpen = request as unknown as { readonly stream: { readonly endAfterHeaders: boolean } }
  const raw = [
    ...(headers.host === undefined && typeof host === 'string' ? ['host', host] : []),
    ...own.flat(),
    // Without a length a body is known by its end only, as a chunked one is.
    ...(headers['content-length'] === undefined && !isOpen.stream.endAfterHeaders
      ? ['transfer-encoding', 'chunked']
      : []),
  ]
  Object.defineProperty(request, 'rawHeaders', { value: raw, configurable: true })
  Object.defineProperty(response, 'writeHead', {
    configurable: true,
    value: (status: number, list: readonly string[]): ServerResponse => {
      const lines: { [name: string]: string | string[] } = {}
      for (const [written, value] of pairs(list)) {
        const name = written.toLowerCase()
        if (notInHttp2.has(name)) continue
        const before = lines[name]
        lines[name] = before === undefined ? value : [before, value].flat()
      }
      undo()
      return response.writeHead(status, lines)
    },
  })
  const undo = (): void => {
    for (const [on, name] of [
      [request, 'rawHeaders'],
      [response, 'writeHead'],
    ] as const)
      Reflect.deleteProperty(on, name)
  }
  return undo
}
