import { setupServer } from 'msw/node'
import { handlers } from '../../src/msw.ts'
import { receive, toInit, type Host } from './host.ts'

/** MSW intercepting the process's own fetch; which MSW it is depends on what `msw` resolves to. */
export const mswServerHost: Host = {
  name: 'MSW setupServer',
  open: async (world) => {
    const server = setupServer(...handlers(world, { cookies: false, origin: 'http://jira.example' }))
    server.listen()
    return {
      send: (request) => receive(fetch(`http://jira.example${request.path}`, toInit(request))),
      close: async () => server.close(),
    }
  },
}
