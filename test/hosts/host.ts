import type { World } from '../../src/index.ts'

/** A request as a behaviour sends it: below any origin. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/** What came back, or how it failed to. */
export interface Received {
  readonly status: number
  /** Names in lower case, in the order of the answer; what the transport adds is left out. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** The connection was reset, or the body was cut off. */
  readonly failed?: 'reset' | 'cut off'
}

/** A way in which a world answers requests. */
export interface Host {
  readonly name: string
  open(world: World): Promise<Stand>
}

/** A world on a host, ready for requests. */
export interface Stand {
  send(request: Sent): Promise<Received>
  close(): Promise<void>
}

/** Headers that belong to the transport, not to the answer. */
const transport = new Set(['connection', 'keep-alive', 'content-length', 'transfer-encoding'])

/** The headers of the answer itself, names in lower case. */
export function withoutTransport(headers: readonly (readonly [string, string])[]): [string, string][] {
  return headers
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !transport.has(name))
}

/** Reads a fetch-style response, however it ends. */
export async function receive(response: Promise<Response>): Promise<Received> {
  let got: Response
  try {
    got = await response
  } catch {
    return { status: 0, headers: [], body: '', failed: 'reset' }
  }
  const headers = withoutTransport([...got.headers])
  try {
    return { status: got.status, headers, body: await got.text() }
  } catch {
    return { status: got.status, headers, body: '', failed: 'cut off' }
  }
}

/** What to hand to a fetch for a request; credentials are left to the behaviour, which brings its own cookies. */
export function toInit({ method, headers, body }: Sent): RequestInit {
  return { method, credentials: 'omit', headers: headers ?? {}, ...(body === undefined ? {} : { body }) }
}
