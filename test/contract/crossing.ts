import { createServer, request as forward } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { listen } from './gateway.ts'

/** What a crossing does to requests. */
export interface CrossingOptions {
  /** How long each takes, in milliseconds. */
  readonly delayMs: number
  /** What is answered instead, by how many are under way and what is asked for; undefined passes it on. */
  readonly instead?: (underWay: number, path: string) => { readonly status: number; readonly body?: string } | undefined
}

/** A slow way to a server, that counts what is under way at once. */
export interface Crossing {
  readonly url: string
  /** How many there were at once, at most. */
  readonly most: number
}

/** Opens a slow way to a server until the test is over. */
export async function serveCrossing(
  behind: string,
  { delayMs, instead = () => undefined }: CrossingOptions,
): Promise<Crossing> {
  let [underWay, most] = [0, 0]
  const server = createServer((request, response) => {
    most = Math.max(most, ++underWay)
    response.on('close', () => underWay--)
    const answer = instead(underWay, request.url ?? '')
    const { method, url, headers } = request
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      void sleep(delayMs).then(() => {
        if (answer !== undefined) return response.writeHead(answer.status).end(answer.body)
        const onward = forward(new URL(behind + url), { method, headers }, (passed) => {
          response.writeHead(passed.statusCode ?? 0, passed.rawHeaders)
          passed.pipe(response)
        })
        onward.on('error', () => response.destroy())
        return onward.end(Buffer.concat(chunks))
      })
    })
  })
  const url = `http://127.0.0.1:${await listen(server)}`
  return {
    url,
    get most() {
      return most
    },
  }
}
