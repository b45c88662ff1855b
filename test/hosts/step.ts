import { headerPairs } from '../../src/core/http.ts'
import { withoutTransport, type Host } from './host.ts'

/** No host at all: the world's own answer, as every host gets it. */
export const stepHost: Host = {
  name: 'step',
  open: async (world) => ({
    send: async ({ method, path, headers = {}, body = '' }) => {
      const [pathname = '', query = ''] = path.split('?')
      const type = typeof body === 'string' && body !== '' ? { 'content-type': 'text/plain;charset=UTF-8' } : {}
      const answer = await world.worlds.play(
        {
          method,
          path: new URL(pathname, 'http://any').pathname,
          origin: 'http://any',
          query,
          // A fetch names the type of a text by itself.
          headers: Object.entries({ ...type, ...headers }).flat(),
          body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
          address: '127.0.0.1',
        },
        world,
      )
      if (answer.broken === 'reset') return { status: 0, headers: [], body: '', failed: 'reset' }
      const headersOf = withoutTransport(headerPairs(answer.headers))
      const got = { status: answer.status, headers: headersOf, body: String(answer.body ?? '') }
      return answer.broken === 'truncate' ? { ...got, body: '', failed: 'cut off' } : got
    },
    close: async () => undefined,
  }),
}
