import { request as open } from 'node:http'
import { listen } from '../../src/node.ts'
import { headerPairs } from '../../src/core/http.ts'
import { withoutTransport, type Host, type Received, type Sent } from './host.ts'

/** Over a socket, by Node's own client: fetch could not send a GET with a body. */
export const listenerHost: Host = {
  name: 'listener',
  open: async (world) => {
    const server = await listen(world)
    return { send: (sent) => exchange(server.url, sent), close: () => server.close() }
  },
}

function exchange(url: string, { method, path, headers = {}, body }: Sent): Promise<Received> {
  return new Promise((resolve) => {
    // As fetch does: the path in ASCII, and a type for a text that has none.
    const type = typeof body === 'string' && body !== '' ? { 'content-type': 'text/plain;charset=UTF-8' } : {}
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const length = bytes === undefined ? {} : { 'content-length': bytes.length }
    const request = open(new URL(path, url), { method, headers: { ...type, ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = []
      const received = (failed?: 'cut off'): Received => ({
        status: response.statusCode ?? 0,
        headers: withoutTransport(headerPairs(response.rawHeaders)),
        body: failed === undefined ? Buffer.concat(chunks).toString() : '',
        ...(failed === undefined ? {} : { failed }),
      })
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(received()))
      response.on('error', () => resolve(received('cut off')))
    })
    request.on('error', () => resolve({ status: 0, headers: [], body: '', failed: 'reset' }))
    request.end(bytes)
  })
}
