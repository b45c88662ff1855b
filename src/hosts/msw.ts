import { http, type HttpHandler } from 'msw'
import { checkOptions, type OptionNames } from '../core/check-options.ts'
import { checkOrigin } from '../core/origin.ts'
import { requireWorld } from '../world/require-world.ts'
import type { World } from '../world/world.ts'
import { CookieStore } from './jar.ts'
import { announce } from './page/mocking.ts'
import { PageKeeper } from './page/keeper.ts'
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
  /**
   * Keeps the world and its cookies in the page's origin, over reloads and in step with other tabs, until the page's
   * code asks for another scenario (false). A name tells several apps of one origin apart.
   */
  readonly keep?: boolean | string
  /** Works under `NODE_ENV=production` too, where everything else refuses with ERR_PRODUCTION (false). */
  readonly production?: boolean
  /** Which APIs to answer for, by their ids; those that the world plays now if left out. */
  readonly apis?: readonly string[]
}

const optionNames: OptionNames<HandlersOptions> = {
  origin: true,
  address: true,
  cookies: true,
  keep: true,
  production: true,
  apis: true,
}

/**
 * MSW handlers that a world answers: one for each API, which routes inside, because MSW asks its handlers in turn.
 * For `setupServer(...handlers(world))` and `setupWorker(...handlers(world))`, MSW 2 and 3. Handlers put in front with
 * `server.use` win. Throws ERR_USAGE for options that there are not, and an origin that is none.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { handlers } from 'auth-understudy/msw'
 * import { setupServer } from 'msw/node'
 *
 * const world = await createWorld()
 * const server = setupServer(...handlers(world))
 * server.listen()
 * const info = await fetch('https://jira.example/jira/rest/securelogin-admin/1.0/api/info')
 * console.log(info.status, world.requests.length) // 200 1
 * server.close()
 * ```
 * @since 0.1.0
 */
export function handlers(world: World, options: HandlersOptions = {}): HttpHandler[] {
  const { cookies = true, keep = false, production = false } = options
  requireWorld(world, 'handlers(world)')
  checkOptions('handlers(world)', options, optionNames)
  if (options.origin !== undefined) checkOrigin(options.origin)
  refuseInProduction('handlers(world)', production)
  const jar = cookies ? new CookieStore() : undefined
  const keeper = keep === false ? undefined : new PageKeeper(world, jar, keep === true ? 'world' : keep)
  announce(world)
  return handlersWith(world, options, jar, keeper)
}

/** Where the cookies of requests come from, and where those of answers go. */
export type CookieSource = Pick<CookieStore, 'cookieFor' | 'store'>

/** The handlers for cookies that come from elsewhere. */
export function handlersWith(
  world: World,
  { origin, address = '127.0.0.1', apis }: HandlersOptions,
  cookies: CookieSource | undefined,
  keeper?: PageKeeper,
): HttpHandler[] {
  const start = origin === undefined ? '^[a-z]+://[^/]+' : `^${origin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
  // Asked for one by one, so that a misspelt id is told.
  const chosen = apis?.map((id) => world.api(id).id)
  return world.playing.flatMap((api) => {
    if (chosen?.includes(api.id) === false) return []
    const { claims, ownPaths } = api
    // At an origin that is the mocked server's, what only looks meant for it is told what was meant.
    const path = ownPaths === undefined || origin !== undefined ? `(?:/[^?]*)?${claims.source}` : ownPaths.source
    const handler = http.all(new RegExp(start + path, claims.flags), async ({ request }) => {
      // Another scenario has chosen others: whoever stands behind is asked.
      if (!world.playing.includes(api)) return undefined
      // Another tab may have signed in meanwhile.
      await keeper?.catchUp()
      const asked = await fromWebRequest(request, address, cookies?.cookieFor(request))
      const answer = await world.worlds.play(asked, world)
      cookies?.store(request, answer.headers)
      // Whoever gets the answer may reload the page at once.
      await keeper?.written()
      // Nobody waits any more for a request that was given up, and MSW would report a rejection as a failing handler.
      return toWebResponse(answer, request.signal).catch(() => Response.error())
    })
    return [handler]
  })
}
