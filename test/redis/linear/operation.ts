import { Agent, request as open } from 'node:http'

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  readonly body: string
}

/** What one client asked, when, and what came of it. */
export interface Operation {
  /** Sent along as `x-operation`, so that it can be found in the log of the store. */
  readonly id: number
  readonly method: string
  readonly path: string
  readonly body: string
  /** Milliseconds of one clock for all clients. */
  readonly startedAt: number
  endedAt: number
  /** Undefined where the connection broke. */
  answer: Answer | undefined
}

const agent = new Agent({ keepAlive: true, maxSockets: 100 })

/** What clients asked, in the order in which they began. */
export class History {
  readonly operations: Operation[] = []
  readonly #world: string

  constructor(world: string) {
    this.#world = world
  }

  /** Asks a server, and waits for what comes of it. */
  async ask(
    url: string,
    method: string,
    path: string,
    more: { body?: string; cookie?: string | undefined; type?: string },
  ): Promise<Operation> {
    const { body = '', cookie, type } = more
    const id = this.operations.length
    const operation: Operation = {
      id,
      method,
      path,
      body,
      startedAt: performance.now(),
      endedAt: Number.POSITIVE_INFINITY,
      answer: undefined,
    }
    this.operations.push(operation)
    const headers = {
      'x-operation': String(id),
      'x-understudy-world': this.#world,
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(cookie === undefined ? {} : { cookie }),
    }
    operation.answer = await exchange(url + path, method, headers, body)
    operation.endedAt = performance.now()
    return operation
  }
}

function exchange(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const request = open(
      url,
      { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
        response.on('error', () => resolve(undefined))
      },
    )
    request.on('error', () => resolve(undefined))
    request.end(body)
  })
}
