import { createFetch } from '../../src/fetch.ts'
import { receive, toInit, type Host } from './host.ts'

/** In process, without a port. */
export const fetchHost: Host = {
  name: 'createFetch',
  open: async (world) => {
    const fetch = createFetch(world)
    return {
      send: (request) => receive(fetch(`http://understudy.test${request.path}`, toInit(request))),
      close: async () => undefined,
    }
  },
}
