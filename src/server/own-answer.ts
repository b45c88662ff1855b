import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Sends what a handler of MSW's answered, as it comes, with some headers on top. */
export function sendWeb(response: ServerResponse, answer: Response, more: readonly string[]): void {
  if (answer.type === 'error') {
    response.socket?.resetAndDestroy()
    return
  }
  const headers = [...answer.headers].flat()
  response.writeHead(answer.status, answer.statusText || undefined, [...headers, ...more])
  if (answer.body === null) {
    response.end()
    return
  }
  response.flushHeaders()
  // A client that hung up, or a stream of the handler's that broke: either way the connection is over.
  pipeline(Readable.fromWeb(answer.body as never), response).catch(() => response.destroy())
}
