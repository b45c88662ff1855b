import { getResponse } from 'msw'
import { handlers } from '../../src/msw.ts'
import { receive, toInit, type Host } from './host.ts'

/** MSW's handlers asked directly, without interception. */
export const mswResponseHost: Host = {
  name: 'MSW getResponse',
  open: async (world) => ({
    send: (request) =>
      receive(
        ask(
          handlers(world, { cookies: false, origin: 'http://jira.example' }),
          new Request(`http://jira.example${request.path}`, toInit(request)),
        ),
      ),
    close: async () => undefined,
  }),
}

async function ask(all: ReturnType<typeof handlers>, request: Request): Promise<Response> {
  const response = await getResponse(all, request)
  if (response === undefined) throw new Error(`no handler for ${request.url}`)
  // Interception turns such a response into a rejected fetch; asked directly, nobody does.
  if (response.type === 'error') throw new TypeError('Failed to fetch')
  return response
}
