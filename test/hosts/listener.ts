import { listen } from '../../src/node.ts'
import { receive, toInit, type Host } from './host.ts'

/** Over a socket. */
export const listenerHost: Host = {
  name: 'listener',
  open: async (world) => {
    const server = await listen(world)
    return {
      send: (request) => receive(fetch(server.url + request.path, toInit(request))),
      close: () => server.close(),
    }
  },
}
