import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { headerPairs, headerValue, type HeaderList } from '../../core/http.ts'
import { isJsonObject, objectIn } from '../../core/json.ts'
import type { Answered } from '../comparing/answered.ts'
import { NotReachedError, type Call } from '../playing/player.ts'
import { withAlias } from './location.ts'
import type { PactStage } from './stage.ts'

/** Headers that are between two neighbours. */
const neighbourly = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/** What the verifier adds where a pact does not say otherwise. */
const verifiersOwn = new Set(['accept-encoding', 'content-length', 'host', 'user-agent'])

/** Headers of answers that were right before a body was decoded. */
const ofCoded = new Set(['content-encoding', 'content-length'])

/**
 * Stands between Pact's verifier and whoever is verified, as both of what the verifier asks: the provider and its state
 * URL. Nobody else on this machine knows the addresses, as what is passed on may carry the target's credentials.
 */
export class PactGate {
  readonly #server: Server
  readonly #mount: string
  readonly #stages = new Map<string, PactStage>()
  readonly #origin: string

  private constructor(server: Server, mount: string) {
    this.#server = server
    this.#mount = mount
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => void this.#handle(request, response))
  }

  /** `mount` is the part of a pact's paths that the base URL of the target ends with. */
  static async open(mount: string): Promise<PactGate> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new PactGate(server, mount)
  }

  /** Where the verifier finds a stage, until it is taken away. */
  put(stage: PactStage): { readonly baseUrl: string; readonly statesUrl: string; readonly remove: () => void } {
    const key = randomUUID()
    this.#stages.set(key, stage)
    const baseUrl = `${this.#origin}/${key}`
    return { baseUrl, statesUrl: `${this.#origin}/states/${key}`, remove: () => void this.#stages.delete(key) }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const [, ofStates, key = '', path = ''] = /^\/(states\/)?([\w-]+)(.*)$/s.exec(request.url ?? '') ?? []
      const stage = this.#stages.get(key)
      const body = await buffer(request)
      if (stage === undefined) tell(response, 404, 'Nothing is played here.')
      else if (ofStates === undefined) reply(response, await stage.answer(this.#toCall(stage, request, path, body)))
      else await change(stage, body, response)
    } catch (error) {
      // Kept by the stage: the verifier only has to know that there was something. To 5xx it would try again.
      tell(response, 400, error instanceof Error ? error.message : String(error))
    }
  }

  #toCall({ sends }: PactStage, { method = 'GET', rawHeaders }: IncomingMessage, path: string, body: Buffer): Call {
    if (!isUtf8(body)) throw new NotReachedError('the body of its request is no text')
    const isAsked = (name: string): boolean => !neighbourly.has(name) && (!verifiersOwn.has(name) || sends.has(name))
    const headers = headerPairs(rawHeaders).filter(([name]) => isAsked(name.toLowerCase()))
    return {
      method,
      path: path.startsWith(this.#mount) ? path.slice(this.#mount.length) : path,
      headers: headers.flat(),
      body: body.length === 0 ? undefined : body.toString(),
    }
  }
}

/** The verifier asks for one state after the other, and takes them back when it is done. */
async function change(stage: PactStage, body: Buffer, response: ServerResponse): Promise<void> {
  const { state, action, params } = objectIn(body.toString())
  const named = { name: String(state ?? ''), params: isJsonObject(params) ? params : {} }
  if (named.name === '') return json(response, {})
  if (action === 'teardown') {
    await stage.release(named)
    return json(response, {})
  }
  json(response, await stage.arrange(named))
}

function reply(response: ServerResponse, { status, headers, body, bytes = Buffer.from(body) }: Answered): void {
  response.writeHead(status, plain(headers))
  response.end(bytes)
}

/** The lines of a header one by one: what comes twice has to arrive twice. */
function plain(headers: HeaderList): string[] {
  const isCoded = headerValue(headers, 'content-encoding') !== undefined
  const isTrue = (name: string): boolean => !neighbourly.has(name) && !(isCoded && ofCoded.has(name))
  return headerPairs(withAlias(headers))
    .filter(([name]) => isTrue(name.toLowerCase()))
    .flatMap(([name, value]) => [name, onTheWire(value)])
}

/** Node writes a character as a byte; those of a text beyond ASCII are several. */
function onTheWire(value: string): string {
  return Buffer.from(value).toString('latin1')
}

function json(response: ServerResponse, data: object): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(data))
}

function tell(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' })
  response.end(message)
}
