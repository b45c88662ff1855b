import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkOptions, type OptionNames } from '../core/check-options.ts'
import { refuseInProduction } from '../hosts/production.ts'
import { requireWorld } from '../world/require-world.ts'
import type { Playable } from '../world/world-source.ts'
import { Beside, isControl } from './beside.ts'
import { asHttp1 } from './http2.ts'
import { noBody } from '../core/http.ts'
import { toHttpRequest } from './incoming.ts'
import { createContext, createGate, ownAnswers, type ListenOptions } from './node.ts'
import { bodyThatWasRead } from './read-body.ts'

/** How a world behaves within a server of somebody else. */
export interface RequestListenerOptions extends Pick<
  ListenOptions,
  'adminToken' | 'allowedHosts' | 'cors' | 'limits' | 'onError'
> {
  /** Works under `NODE_ENV=production` too, where it refuses otherwise with ERR_PRODUCTION (false). */
  readonly production?: boolean
}

const optionNames: OptionNames<RequestListenerOptions> = {
  adminToken: true,
  allowedHosts: true,
  cors: true,
  limits: true,
  onError: true,
  production: true,
}

/** Called with what no API takes, or with what is wrong with the server around. */
export type Next = (error?: Error) => void

/** Answers a request of Node's, or leaves it to `next`. */
export type UnderstudyListener = (request: IncomingMessage, response: ServerResponse, next?: Next) => void

/**
 * A world as a request listener for Node's servers and, as it calls `next` with what no API takes, as a middleware for
 * Express, Connect, Vite and others. Without `next` it answers that as well, with 404. The control API and the console are
 * below `/__understudy`; without `adminToken` the control API answers callers of this machine only. Throws ERR_PRODUCTION
 * under `NODE_ENV=production`.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import type { AddressInfo } from 'node:net'
 * import { createWorld } from 'auth-understudy'
 * import { createRequestListener } from 'auth-understudy/node'
 *
 * const mock = createRequestListener(await createWorld())
 * const server = createServer((request, response) => mock(request, response, () => response.end('the app')))
 * server.listen(0)
 * const { port } = server.address() as AddressInfo
 * const app = await fetch(`http://localhost:${port}/`)
 * console.log(await app.text()) // the app
 * server.close()
 * ```
 * @since 0.1.0
 */
export function createRequestListener(world: Playable, options: RequestListenerOptions = {}): UnderstudyListener {
  refuseInProduction('createRequestListener(world)', options.production === true)
  requireWorld(world, 'createRequestListener(world)')
  checkOptions('createRequestListener(world)', options, optionNames)
  const gate = { ...createGate('localhost', options), isLocalOnly: true }
  const context = createContext(world, gate, options)
  const own = ownAnswers(context)
  const { limits, onError } = context
  const beside = new Beside({ world, ask: undefined, behind: undefined, bodyBytes: limits.bodyBytes, onError }, own)
  return (request, response, after) => {
    const undo = asHttp1(request, response)
    const next: Next | undefined =
      after &&
      ((error) => {
        undo()
        if (error === undefined) after()
        else after(error)
      })
    const read = bodyThatWasRead(request)
    if (read === undefined) {
      beside.listener(request, response, next && (() => next()))
      return
    }
    // Somebody before has read the body, which comes only once.
    const asked = toHttpRequest(request, noBody, false)
    const answer = async (): Promise<void> => {
      if (next !== undefined && !isControl(asked.path) && !(await beside.takes(asked))) next()
      else own.read({ ...asked, body: read() }, response)
    }
    answer().catch(next ?? ((error: unknown) => own.fail(error, response)))
  }
}
