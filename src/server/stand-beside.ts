import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Playable } from '../world/world-source.ts'
import { Beside, isControl, wantsWebSocket, type OwnAnswers } from './beside.ts'
import type { Cors } from './cors.ts'
import { Fallback } from './fallback.ts'
import { fallbackUrl } from './fallback-url.ts'
import { noBody } from '../core/http.ts'
import { toHttpRequest } from './incoming.ts'
import { askOwnHandlers, checkHandlers, type OwnHandler } from './own-handlers.ts'
import type { Endless } from './port.ts'
import { takeUpgrades } from './upgrades.ts'

/** Who is to answer beside the APIs. */
export interface BesideParts {
  readonly world: Playable
  readonly own: OwnAnswers
  readonly adminToken: string | undefined
  readonly cors: Cors | undefined
  readonly bodyBytes: number
  readonly onError: ((error: unknown) => void) | undefined
  /** What the server ends when it closes. */
  readonly streams: Set<Endless>
  readonly host: string
  readonly allowedHosts: readonly string[]
  readonly handlers: readonly OwnHandler[] | undefined
  readonly fallback: string | undefined
}

/** A listener that asks own handlers before the APIs, and a server behind them. Throws ERR_USAGE for what cannot be asked. */
export async function standBeside({
  handlers,
  fallback: written,
  ...parts
}: BesideParts): Promise<{ listener: RequestListener; adorn: (server: Server) => Server }> {
  const { world, own, cors, streams, bodyBytes, onError, ...known } = parts
  const url = written === undefined ? undefined : fallbackUrl(written)
  if (handlers !== undefined) checkHandlers(handlers)
  const ask = handlers === undefined ? undefined : await askOwnHandlers(handlers, url === undefined ? [] : [url.origin])
  const fallback =
    url &&
    new Fallback({
      url,
      ...known,
      cors: cors && ((asked) => cors.headersFor(asked)),
      note: (asked, status, because) => beside.note(asked, 'passed-on', status, because),
    })
  const behind = fallback && fallback.pass.bind(fallback)
  const beside = new Beside({ world, ask, behind, bodyBytes, onError }, own)
  return {
    listener: (request, response) => beside.listener(request, response),
    adorn: (server) => {
      if (fallback !== undefined) passSockets(server, beside, fallback, streams)
      return server
    },
  }
}

function passSockets(server: Server, beside: Beside, fallback: Fallback, streams: Set<Endless>): void {
  takeUpgrades(server, async (request, socket, head) => {
    const asked = toHttpRequest(request, noBody, false)
    if (!wantsWebSocket(asked) || isControl(asked.path) || (await beside.takes(asked))) return false
    const stream = { end: () => socket.destroy() }
    streams.add(stream)
    socket.once('close', () => streams.delete(stream))
    fallback.connect(request, socket as Socket, head, asked)
    return true
  })
}
