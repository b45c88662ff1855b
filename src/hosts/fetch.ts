import { checkOptions, type OptionNames } from '../core/check-options.ts'
import { encodeUtf8 } from '../core/utf8.ts'
import { headerPairs } from '../core/http.ts'
import { control, type ControlReply } from '../control/control.ts'
import { controlPath } from '../control/control-path.ts'
import { requireWorld } from '../world/require-world.ts'
import type { Playable } from '../world/world-source.ts'
import { CookieStore } from './jar.ts'
import { refuseInProduction } from './production.ts'
import { fromWebRequest, throwIfAborted, toWebResponse } from './web.ts'

/** How an in-process fetch behaves. */
export interface FetchOptions {
  /** The address that requests seem to come from (127.0.0.1). */
  readonly address?: string
  /** Keeps cookies between calls as a browser does (true). A request with its own Cookie header is left alone. */
  readonly cookies?: boolean
  /** Works under `NODE_ENV=production` too, where everything else refuses with ERR_PRODUCTION (false). */
  readonly production?: boolean
}

const optionNames: OptionNames<FetchOptions> = { address: true, cookies: true, production: true }

/**
 * A `fetch` that a world answers, without a port or a server; for tests, React Native, Hono, Bun, Deno. The control
 * API answers too, below `/__understudy`. Any origin will do. Throws ERR_USAGE for options that there are not.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { createFetch } from 'auth-understudy/fetch'
 *
 * const fetch = createFetch(await createWorld())
 * const info = await fetch('https://jira.example/jira/rest/securelogin-admin/1.0/api/info')
 * console.log(info.headers.get('x-understudy-clause')) // SL-03
 * ```
 * @since 0.1.0
 */
export function createFetch(world: Playable, options: FetchOptions = {}): typeof fetch {
  const { address = '127.0.0.1', cookies = true, production = false } = options
  requireWorld(world, 'createFetch(world)')
  checkOptions('createFetch(world)', options, optionNames)
  refuseInProduction('createFetch(world)', production)
  const jar = cookies ? new CookieStore() : undefined
  return async (input, init) => {
    const request = new Request(input instanceof URL ? input.href : input, init)
    throwIfAborted(request.signal)
    const asked = await fromWebRequest(request, address, jar?.cookieFor(request))
    if (asked.path.startsWith(controlPath)) return toControlResponse(await control(asked, world))
    const answer = await world.worlds.play(asked, world)
    jar?.store(request, answer.headers)
    const response = await toWebResponse(answer, request.signal)
    if (response.type === 'error') throw new TypeError('fetch failed', { cause: new Error('the connection was reset') })
    return response
  }
}

function toControlResponse(reply: ControlReply): Response {
  const { status, headers, body, stream } = reply
  return new Response(stream === undefined ? ((body ?? null) as BodyInit | null) : toEventStream(stream), {
    status,
    headers: headerPairs(headers),
  })
}

function toEventStream(stream: NonNullable<ControlReply['stream']>): ReadableStream<Uint8Array> {
  let stop: () => void = () => undefined
  return new ReadableStream({
    start(controller) {
      stop = stream((event, data) => {
        controller.enqueue(encodeUtf8(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      })
    },
    cancel: () => stop(),
  })
}
