import type { Server } from 'node:http'

/** What one caller may take of a listener: nobody can hold it up by sending little, much, or nothing at all. */
export interface Limits {
  /** Bytes of a body that are read; larger ones get 413 (1 MiB). */
  readonly bodyBytes: number
  /** Bytes of a request's line and headers; larger ones get 431 (16 KiB). */
  readonly headerBytes: number
  /** Milliseconds for the headers to arrive; slower ones get 408 (10 seconds). */
  readonly headerMs: number
  /** Milliseconds for the whole request to arrive; slower ones get 408 (30 seconds). */
  readonly requestMs: number
  /** Milliseconds an open connection may wait for its next request (5 seconds). */
  readonly idleMs: number
  /** Connections at one time; further ones are closed at once (1000). */
  readonly connections: number
  /** Bytes that may wait for a slow reader of events before it is cut off (1 MiB). */
  readonly backlogBytes: number
  /** Bytes that may wait for all readers of events together, each with an equal share (32 MiB). */
  readonly backlogsBytes: number
  /** Milliseconds that `close` gives answers that were begun (5 seconds). */
  readonly drainMs: number
}

export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  headerBytes: 16_384,
  headerMs: 10_000,
  requestMs: 30_000,
  idleMs: 5000,
  connections: 1000,
  backlogBytes: 1_048_576,
  backlogsBytes: 33_554_432,
  drainMs: 5000,
}

/** What Node wants to know when it creates the server. */
export function serverOptions({ headerBytes, headerMs, requestMs, idleMs }: Limits): object {
  return {
    maxHeaderSize: headerBytes,
    headersTimeout: headerMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    // Node looks for overdue requests only every 30 seconds, which would add that to each limit.
    connectionsCheckingInterval: Math.min(1000, headerMs, requestMs),
  }
}

/** Closes connections beyond the limit, and tells of the first, and of the first after each minute. */
export function limitConnections(server: Server, { connections }: Limits, tell: (what: string) => void): void {
  // oxlint-disable-next-line no-param-reassign -- how Node has it
  server.maxConnections = connections
  let quietUntil = 0
  let refused = 0
  server.on('drop', () => {
    refused++
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + 60_000
    tell(`${refused} connection(s) were refused: ${connections} are open already, which is the limit.`)
    refused = 0
  })
}
