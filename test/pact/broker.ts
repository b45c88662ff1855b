import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '../../src/core/json.ts'

/** A request that a broker was sent. */
export interface Told {
  readonly line: string
  readonly authorization: string | undefined
  readonly body: unknown
}

/** As much of a Pact broker as a provider talks to, with one page for each thing, as the real one has them. */
export class Broker {
  readonly told: Told[] = []
  /** What it answers instead, by line. */
  readonly instead = new Map<string, { readonly status: number; readonly body: string }>()
  readonly url: string
  readonly #server: Server
  readonly #pacts: readonly { readonly pact: JsonObject; readonly pending?: boolean }[]

  private constructor(server: Server, pacts: Broker['pacts']) {
    this.#server = server
    this.#pacts = pacts
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => {
      void this.#answer(request, response)
    })
  }

  static async start(pacts: Broker['pacts']): Promise<Broker> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Broker(server, pacts)
  }

  get pacts(): readonly { readonly pact: JsonObject; readonly pending?: boolean }[] {
    return this.#pacts
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const line = `${request.method} ${request.url}`
    this.told.push({
      line,
      authorization: request.headers.authorization,
      body: text === '' ? undefined : JSON.parse(text),
    })
    const page = this.#page(line)
    const { status, body } = this.instead.get(line) ?? {
      status: page === undefined ? 404 : 200,
      body: JSON.stringify(page),
    }
    response.writeHead(status, { 'content-type': 'application/hal+json' })
    response.end(body)
  }

  #page(line: string): JsonObject | undefined {
    const href = (path: string): JsonObject => ({ href: `${this.url}${path}` })
    const [, place] = /^GET \/pacts\/(\d+)$/.exec(line) ?? []
    const pact = this.#pacts[Number(place)]?.pact
    if (place !== undefined && pact !== undefined)
      return { ...pact, _links: { 'pb:publish-verification-results': href(`/pacts/${place}/results`) } }
    if (/^POST \/pacts\/\d+\/results$/.test(line)) return {}
    if (line.startsWith('PUT /pacticipants/')) return {}
    switch (line) {
      case 'GET /':
        return {
          _links: {
            'pb:provider-pacts-for-verification': href('/pacts/provider/{provider}/for-verification'),
            'pb:pacticipant-branch-version': href('/pacticipants/{pacticipant}/branches/{branch}/versions/{version}'),
          },
        }
      case 'POST /pacts/provider/secure-login/for-verification': {
        const pacts = this.#pacts.map(({ pending = false }, index) => ({
          verificationProperties: { pending },
          _links: { self: href(`/pacts/${index}`) },
        }))
        // Two selectors may mean the same pact.
        return { _embedded: { pacts: [...pacts, ...pacts.slice(0, 1)] } }
      }
      default:
        return undefined
    }
  }
}
