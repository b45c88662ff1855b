import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkOptions, type OptionNames } from '../core/check-options.ts'
import { UnderstudyError } from '../core/errors.ts'
import { noBody, type HttpRequest } from '../core/http.ts'
import { problem } from '../core/problem.ts'
import { quoted } from '../core/quoted.ts'
import type { Answer } from '../world/play.ts'
import { requireWorld } from '../world/require-world.ts'
import type { Playable } from '../world/world-source.ts'
import type { OwnAnswers } from './beside.ts'
import type { Certificate } from './certificate.ts'
import { OneUsePasses } from './one-use-passes.ts'
import type { Gate } from './control-gate.ts'
import { Cors } from './cors.ts'
import { hasBody, collectBody, toHttpRequest } from './incoming.ts'
import { defaultLimits, limitConnections, serverOptions, type Limits } from './limits.ts'
import { isLoopback } from '../core/loopback.ts'
import { LightRequest } from './light-request.ts'
import { LightResponse } from './light-response.ts'
import type { OwnHandler } from './own-handlers.ts'
import { deliver, send, sendEvents, sendInstead } from './outgoing.ts'
import { closePort, openPort, urlOf, type Endless } from './port.ts'

/** Where a listener listens, what it accepts, and from whom. */
export interface ListenOptions {
  /** 0 for any free port (0). */
  readonly port?: number
  /** 127.0.0.1 unless told otherwise: nobody else on the network can reach it. */
  readonly host?: string
  readonly limits?: Partial<Limits>
  /** What the control API asks for. Beyond loopback one is made up if left out: {@link Listener.adminToken}. */
  readonly adminToken?: string
  /** Names beside `localhost` by which the control API may be called without a token. */
  readonly allowedHosts?: readonly string[]
  /** Origins whose pages may call the mocked APIs, with cookies: `http://localhost:5173`. */
  readonly cors?: readonly string[]
  /** Request handlers of MSW, 2 or 3, that are asked before the APIs. What they do not answer goes on. */
  readonly handlers?: readonly OwnHandler[]
  /** The real server, such as `http://localhost:8080`, to which everything goes that no API takes, web sockets too. */
  readonly fallback?: string
  /** HTTPS, with this certificate, or with one of its own making. */
  readonly tls?: true | Certificate
  /** Told about errors that are this package's own fault. */
  readonly onError?: (error: unknown) => void
  /** Told, in words, when a limit was reached. */
  readonly onLimit?: (what: string) => void
}

/** A server that plays a world until it is closed. */
export interface Listener {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /** What the control API asks for, if it asks for anything. */
  readonly adminToken: string | undefined
  /** The certificate of an HTTPS server, as PEM. */
  readonly certificate: string | undefined
  /** Takes no more requests, finishes what was begun (for as long as the limits say), then closes every connection. */
  close(): Promise<void>
}

/** What every request of a listener meets. */
export interface ListenerContext {
  readonly world: Playable
  readonly gate: Gate
  readonly limits: Limits
  readonly cors: Cors | undefined
  readonly onError: ListenOptions['onError']
  /** Event streams, which never end by themselves. */
  readonly streams: Set<Endless>
}

const optionNames: OptionNames<ListenOptions> = {
  port: true,
  host: true,
  limits: true,
  adminToken: true,
  allowedHosts: true,
  cors: true,
  handlers: true,
  fallback: true,
  tls: true,
  onError: true,
  onLimit: true,
}

const controlPrefix = '/__understudy'

/**
 * Plays a world over HTTP. Throws ERR_PORT_IN_USE, and ERR_USAGE for options that cannot be.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { listen } from 'auth-understudy/node'
 *
 * const listener = await listen(await createWorld())
 * const info = await fetch(`${listener.url}/jira/rest/securelogin-admin/1.0/api/info`)
 * console.log(info.status) // 200
 * await listener.close()
 * ```
 * @since 0.1.0
 */
export async function listen(world: Playable, options: ListenOptions = {}): Promise<Listener> {
  const { port = 0, host = '127.0.0.1', onLimit = () => undefined } = options
  requireWorld(world, 'listen(world)')
  checkOptions('listen(world)', options, optionNames)
  // Node takes a text for the path of a pipe.
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UnderstudyError('ERR_USAGE', `port is a whole number from 0 to 65535, not ${quoted(port)}.`)
  const context = createContext(world, createGate(host, options), options)
  const { gate, limits, streams } = context
  const { server, certificate } = await create(context, host, options)
  limitConnections(server, limits, onLimit)
  await openPort(server, port, host)
  return {
    url: urlOf(server, certificate === undefined ? 'http' : 'https'),
    port: (server.address() as AddressInfo).port,
    adminToken: gate.token,
    certificate,
    close: () => closePort(server, streams, limits.drainMs),
  }
}

/** What the options of a listener come to. Throws ERR_USAGE for those that cannot be. */
export function createContext(
  world: Playable,
  gate: Gate,
  { cors = [], onError, limits }: Pick<ListenOptions, 'cors' | 'onError' | 'limits'>,
): ListenerContext {
  return {
    world,
    gate,
    limits: { ...defaultLimits, ...limits },
    cors: cors.length === 0 ? undefined : new Cors(cors),
    onError,
    streams: new Set(),
  }
}

/** Who may use the control API of a listener at an address. Throws ERR_USAGE for a token that cannot be sent. */
export function createGate(
  host: string,
  { adminToken, allowedHosts = [] }: Pick<ListenOptions, 'adminToken' | 'allowedHosts'>,
): Gate {
  if (adminToken !== undefined && !/^[\x21-\x7e]{8,}$/.test(adminToken)) {
    const message = 'The admin token has to be at least 8 characters, of those that a header can carry: no spaces.'
    throw new UnderstudyError('ERR_USAGE', message)
  }
  const passes = isLoopback(host) ? undefined : new OneUsePasses()
  return { token: tokenFor(host, adminToken), hosts: allowedHosts.map((name) => name.toLowerCase()), passes }
}

/** What the control API asks for: beyond loopback one that nobody guesses, where none is given. */
export function tokenFor(host: string, given: string | undefined): string | undefined {
  if (given !== undefined || isLoopback(host)) return given
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url')
}

async function create(
  context: ListenerContext,
  host: string,
  options: ListenOptions,
): Promise<{ server: Server; certificate: string | undefined }> {
  const { tls, allowedHosts = [] } = options
  const { listener, adorn, light } = await listenerBeside(context, host, options)
  const serves = { ...serverOptions(context.limits), ...light }
  if (tls === undefined) return { server: adorn(createServer(serves, listener)), certificate: undefined }
  const { createCertificate, createSecureServer } = await import('./secure-server.ts')
  const names = [...new Set(['localhost', '127.0.0.1', '::1', host, ...allowedHosts])]
  const certificate = tls === true ? createCertificate(names, Date.now()) : tls
  return { server: adorn(createSecureServer(certificate, serves, listener)), certificate: certificate.cert }
}

/** What a server is made of. */
interface ServerParts {
  readonly listener: RequestListener
  readonly adorn: (server: Server) => Server
  /** What its requests and answers are made of, where nobody else reads or writes them. */
  readonly light?: { readonly IncomingMessage: typeof LightRequest; readonly ServerResponse: typeof LightResponse }
}

/** The listener, with those beside the APIs where there are some; who has none loads and asks nothing for it. */
async function listenerBeside(
  context: ListenerContext,
  host: string,
  { handlers, fallback, allowedHosts = [] }: ListenOptions,
): Promise<ServerParts> {
  if (handlers === undefined && fallback === undefined) {
    const light = { IncomingMessage: LightRequest, ServerResponse: LightResponse }
    return { listener: listenerOf(context), adorn: (server) => server, light }
  }
  const { standBeside } = await import('./stand-beside.ts')
  const { gate, limits, ...rest } = context
  const own = ownAnswers(context)
  const known = { ...rest, own, host, allowedHosts, adminToken: gate.token, bodyBytes: limits.bodyBytes }
  return standBeside({ ...known, handlers, fallback })
}

/** What a listener answers by itself, for those who have others answer as well. */
export function ownAnswers(context: ListenerContext): OwnAnswers {
  const { cors } = context
  return {
    whole: listenerOf(context),
    read: (asked, response) => take(context, asked, response),
    isPreflight: (asked) => cors?.preflight(asked) !== undefined,
    headersFor: (asked) => cors?.headersFor(asked) ?? [],
    fail: (error, response) => fail(response, error, context.onError),
  }
}

function listenerOf(context: ListenerContext): RequestListener {
  return (request, response: ServerResponse & { sendDate: boolean }) => {
    // The world tells the date, by its own clock.
    // oxlint-disable-next-line no-param-reassign
    response.sendDate = false
    if (hasBody(request)) {
      collectBody(request, context.limits.bodyBytes, (body, tooLarge) =>
        take(context, toHttpRequest(request, body, tooLarge), response),
      )
    } else take(context, toHttpRequest(request, noBody, false), response)
  }
}

/** Answers, whatever happens. */
function take(context: ListenerContext, asked: HttpRequest, response: ServerResponse): void {
  try {
    answer(context, asked, response)?.catch((error: unknown) => fail(response, error, context.onError))
  } catch (error) {
    fail(response, error, context.onError)
  }
}

function fail(response: ServerResponse, error: unknown, onError: ListenOptions['onError']): void {
  onError?.(error)
  if (response.headersSent) response.destroy()
  else
    sendInstead(
      response,
      problem(500, 'Bug in auth-understudy', 'The mock server failed; nothing was changed. Please report it.'),
    )
}

/** Answers at once where the world does; the promise is for the rest. */
function answer(context: ListenerContext, asked: HttpRequest, response: ServerResponse): Promise<void> | undefined {
  if (asked.path.startsWith(controlPrefix)) return answerControl(context, asked, response)
  const preflight = context.cors?.preflight(asked)
  if (preflight !== undefined) {
    send(response, preflight)
    return undefined
  }
  const played = context.world.worlds.play(asked, context.world)
  if (played instanceof Promise) return played.then((late) => finish(context, asked, response, late))
  finish(context, asked, response, played)
  return undefined
}

function finish(
  { cors, onError }: ListenerContext,
  asked: HttpRequest,
  response: ServerResponse,
  played: Answer,
): void {
  if (cors !== undefined) played.headers.push(...cors.headersFor(asked))
  deliver(response, played, (error) => fail(response, error, onError))
}

async function answerControl(context: ListenerContext, asked: HttpRequest, response: ServerResponse): Promise<void> {
  const { consoleFile } = await import('./console-files.ts')
  // Pages hold no secret; what they ask for goes through the gate.
  const file = await consoleFile(asked.method, asked.path, controlPrefix)
  if (file !== undefined) {
    send(response, asked.method === 'HEAD' ? { ...file, body: undefined } : file)
    return
  }
  const [{ refuseControlCall, sealed }, { control }, { readSource }] = await Promise.all([
    import('./control-gate.ts'),
    import('../control/control.ts'),
    import('../hosts/source-reader.ts'),
  ])
  const refusal = refuseControlCall(asked, context.gate)
  if (refusal !== undefined) {
    send(response, sealed(refusal))
    return
  }
  const reply = sealed(await control(asked, context.world, readSource, context.gate.passes))
  if (reply.stream === undefined) {
    send(response, reply)
    return
  }
  context.streams.add(response)
  response.once('close', () => context.streams.delete(response))
  const { backlogBytes, backlogsBytes } = context.limits
  sendEvents(response, reply, reply.stream, () => Math.min(backlogBytes, backlogsBytes / context.streams.size))
}
