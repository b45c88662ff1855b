import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { headerPairs } from '../../src/core/http.ts'

/** An answer on its way, as a disturbance may change it. */
export interface Passing {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly method: string
  readonly path: string
}

/** What of an answer is changed. */
export type Disturbance = (passing: Passing) => Partial<Passing>

/** Passes everything on to a server, and changes its answers, until the test is over. Gives back the URL. */
export async function disturb(url: string, change: Disturbance): Promise<string> {
  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/', headers } = request
    const onwards = ask(new URL(path, url), { method, headers }, (answer) => {
      void pass(answer, response, (passing) => change({ ...passing, method, path }))
    })
    request.pipe(onwards)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function pass(
  answer: IncomingMessage,
  response: ServerResponse,
  change: (passing: Pick<Passing, 'status' | 'headers' | 'body'>) => Partial<Passing>,
): Promise<void> {
  const passing = {
    status: answer.statusCode ?? 0,
    headers: headerPairs(answer.rawHeaders),
    body: await collect(answer),
  }
  const { status, headers, body } = { ...passing, ...change(passing) }
  const kept = headers.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name))
  response.writeHead(status, kept.flat())
  response.end(body)
}

async function collect(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

type Data = { readonly [name: string]: unknown }

/** Changes the JSON of answers that have some. */
export function inJson(change: (data: Data) => object): Disturbance {
  return ({ body, headers }) =>
    body !== '' && headers.some(([name, value]) => /^content-type$/i.test(name) && value.includes('json'))
      ? { body: JSON.stringify(change(JSON.parse(body) as Data)) }
      : {}
}

/** Puts something behind each header of a name. */
export function behindHeader(name: RegExp, more: string): Disturbance {
  return ({ headers }) => ({ headers: headers.map(([key, value]) => [key, name.test(key) ? value + more : value]) })
}

/** Adds headers. */
export function withHeaders(...more: Passing['headers']): Disturbance {
  return ({ headers }) => ({ headers: [...headers, ...more] })
}

/** Replaces what is found in bodies. */
export function rewriting(from: RegExp, to: string): Disturbance {
  return ({ body }) => ({ body: body.replaceAll(from, to) })
}
