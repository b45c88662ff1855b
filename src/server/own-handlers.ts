import type { getResponse } from 'msw'
import { UnderstudyError } from '../core/errors.ts'
import { headerPairs, type HttpRequest } from '../core/http.ts'
import { whereNotInstalled } from '../core/not-installed.ts'

/** A request handler of MSW 2 or 3, as `http.get(…)` gives it. */
export interface OwnHandler {
  readonly info: object
  run(args: never): Promise<unknown>
  test(args: never): Promise<boolean>
}

/** A team's own handlers, ready to be asked. */
export interface AskHandlers {
  /** What they answer; undefined where none does. Rejects with what a handler throws. */
  readonly answer: (request: HttpRequest) => Promise<Response | undefined>
  /** Whether one of them is for a request, whose body is not looked at. */
  readonly areFor: (request: HttpRequest) => Promise<boolean>
}

/**
 * Loads MSW, which keeps what handlers mean. They find a request under the origin it was sent to and, as many are written for
 * the real server, under those of `alsoAt`. Throws ERR_USAGE for what is no request handler, and where MSW is not installed.
 */
export async function askOwnHandlers(handlers: readonly OwnHandler[], alsoAt: readonly string[]): Promise<AskHandlers> {
  checkHandlers(handlers)
  const msw: { getResponse: typeof getResponse } = await import('msw').catch(withoutMsw)
  const list = [...handlers] as unknown as Parameters<typeof getResponse>[0]
  const spellings = (asked: HttpRequest): readonly string[] =>
    unspeakable.has(asked.method) || !asked.path.startsWith('/') ? [] : [asked.origin ?? 'http://localhost', ...alsoAt]
  return {
    answer: async (asked) => {
      for (const baseUrl of spellings(asked)) {
        const response = await msw.getResponse(list, toRequest(asked, baseUrl), { baseUrl })
        if (response !== undefined) return isPassedThrough(response) ? undefined : response
      }
      return undefined
    },
    areFor: async (asked) => {
      for (const baseUrl of spellings(asked))
        for (const handler of list)
          if (await handler.test({ request: toRequest(asked, baseUrl), resolutionContext: { baseUrl } })) return true
      return false
    },
  }
}

/** Methods that no fetch-style request can have, and so no handler is for. */
const unspeakable: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

/** Throws ERR_USAGE for what is no list of MSW's request handlers. */
export function checkHandlers(handlers: unknown): asserts handlers is readonly OwnHandler[] {
  if (!Array.isArray(handlers))
    throw new UnderstudyError('ERR_USAGE', `Handlers are an array, not ${kindOf(handlers)}.`)
  const wrong = handlers.findIndex((handler: unknown) => !isHandler(handler))
  if (wrong < 0) return
  const what = kindOf(handlers[wrong])
  throw new UnderstudyError(
    'ERR_USAGE',
    `handlers[${wrong}] is ${what}, and no request handler of MSW: write http.get('/tickets', …).`,
  )
}

function isHandler(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'info' in value && 'run' in value && 'test' in value
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array (spread it with ...)'
  if (value instanceof Promise) return 'a promise (await it)'
  if (typeof value === 'object' && value !== null && 'callFrame' in value) return 'a handler of web sockets'
  return value === null || value === undefined ? String(value) : `of the type ${typeof value}`
}

const withoutMsw = whereNotInstalled(
  'msw',
  'ERR_USAGE',
  'Handlers want MSW, which is not installed: npm install --save-dev msw.',
)

function toRequest({ method, path, query, headers, body }: HttpRequest, origin: string): Request {
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  return new Request(origin + path + (query === '' ? '' : `?${query}`), {
    method,
    headers: headerPairs(headers).filter(([name]) => !name.startsWith(':')),
    // A copy, which nobody shares.
    ...(hasBody ? { body: new Uint8Array(body) } : {}),
  })
}

/** What `passthrough()` returns: MSW 2 exports nothing that tells. */
function isPassedThrough({ headers }: Response): boolean {
  return headers.get('x-msw-intention') === 'passthrough'
}
