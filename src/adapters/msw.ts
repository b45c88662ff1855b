import { http, type HttpHandler } from 'msw'
import type { World } from '../world/world.ts'
import { CookieJar } from './jar.ts'
import { refuseInProduction } from './production.ts'
import { fromWebRequest, toWebResponse } from './web.ts'

/** How the handlers behave. */
export interface HandlersOptions {
  /** Only requests to this origin, such as `https://jira.example`; to any if left out. */
  readonly origin?: string
  /** The address that requests seem to come from (127.0.0.1). */
  readonly address?: string
  /** Keeps cookies between requests as a browser does (true). A request with its own Cookie header is left alone. */
  readonly cookies?: boolean
  /** Works under `NODE_ENV=production` too, where everything else refuses with ERR_PRODUCTION (false). */
  readonly production?: boolean
}

/**
 * MSW handlers that a world answers: one for each API, which routes inside, because MSW asks its handlers in turn.
 * For `setupServer(...handlers(world))` and `setupWorker(...handlers(world))`, MSW 2 and 3. Handlers put in front with
 * `server.use` win.
 */
export function handlers(world: World, options: HandlersOptions = {}): HttpHandler[] {
  const { origin, address = '127.0.0.1', cookies = true, production = false } = options
  refuseInProduction('handlers(world)', production)
  const jar = cookies ? new CookieJar() : undefined
  const start = origin === undefined ? '^[a-z]+://[^/]+' : `^${origin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
  return world.worlds.apis.map((api) =>
    http.all(new RegExp(`${start}(?:/[^?]*)?${api.claims.source}`, api.claims.flags), async ({ request }) => {
      const asked = await fromWebRequest(request, address, jar?.cookieFor(request))
      const answer = await world.worlds.play(asked, world)
      jar?.store(request, answer.headers)
      // Nobody waits any more for a request that was given up, and MSW would report a rejection as a failing handler.
      return toWebResponse(answer, request.signal).catch(() => Response.error())
    }),
  )
}
