import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { createWorld, type Scenario, type World } from '../../src/index.ts'
import { listen } from '../../src/server/node.ts'

/** A server that looks at records when a request comes, waits, and writes over what others have written in between. */
export interface RacyServer {
  readonly url: string
  readonly world: World
  readonly states: { readonly url: string }
  readonly clock: { readonly url: string }
}

/** Where it does so, and with which records: those whose keys begin so. */
export interface Racing {
  readonly on: RegExp
  readonly records: string
  /** For how long it waits, in milliseconds; none if it is right. */
  readonly ms: number
}

/** Plays a scenario with a race in it, until the test is over. */
export async function serveRacy(scenario: string | Scenario, { on, records, ms }: Racing): Promise<RacyServer> {
  const world = await createWorld(scenario)
  const listener = await listen(world, { limits: { idleMs: 3_600_000 } })
  // What is written is written at once: only what it is made of is old by then.
  let writing: Promise<unknown> = Promise.resolve()
  const writeOver = async (ask: () => Promise<Response>): Promise<Response> => {
    const seen = [...world.records.keys(records)].map((key) => [key, world.records.get(key)] as const)
    await pause(ms)
    const answer = writing.then(() => {
      for (const [key, value] of seen) world.records.put(key, value)
      return ask()
    })
    writing = answer.catch(() => undefined)
    return answer
  }
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      const { host: _, connection: _c, 'content-length': _l, 'transfer-encoding': _t, ...headers } = request.headers
      const ask = (): Promise<Response> =>
        fetch(listener.url + request.url, {
          method: request.method ?? 'GET',
          headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
          ...(body.length === 0 ? {} : { body }),
          redirect: 'manual',
        })
      const isRacing = ms > 0 && on.test(`${request.method} ${request.url}`)
      const answer = await (isRacing ? writeOver(ask) : ask())
      const given = [...answer.headers].filter(([name]) => !/^(content-length|connection|keep-alive)$/.test(name))
      response.writeHead(answer.status, given.flat())
      response.end(Buffer.from(await answer.arrayBuffer()))
    })().catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await listener.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    states: { url: `${listener.url}/__understudy/pact/states` },
    clock: { url: `${listener.url}/__understudy/clock/advance` },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return new Uint8Array(Buffer.concat(chunks))
}
