import { Problem, readProblem } from './problem.ts'

/** What every call depends on. */
export interface Caller {
  readonly world: () => string
  /** The admin token; empty where there is none. */
  readonly token: () => string
  /** Told when the server wants a token, or another one. */
  readonly refused: (why: Problem) => void
}

/** The control API of the server that this page came from, for one world. */
export class Server {
  readonly #base: string
  readonly #caller: Caller

  /** `base` is where the control API lives, without a slash at the end. */
  constructor(base: string, caller: Caller) {
    this.#base = base
    this.#caller = caller
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.send('GET', path)
  }

  /** Sends a call. Throws a {@link Problem}, in the server's words where it has any. */
  async send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await this.open(method, path, body)
    return (await response.json()) as Answer
  }

  /** Sends a call and leaves its answer to be read. Throws a {@link Problem}. */
  async open(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const response = await this.#fetch(method, path, body, signal)
    if (response.ok) return response
    const problem = await readProblem(response)
    if (problem.status === 401) this.#caller.refused(problem)
    throw problem
  }

  async #fetch(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const [world, token] = [this.#caller.world(), this.#caller.token()]
    try {
      return await fetch(this.#base + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...(world === 'main' ? {} : { 'x-understudy-world': world }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      })
    } catch (error) {
      if (signal?.aborted === true) throw error
      throw new Problem('The server does not answer', 'Nothing was changed. Is it still running?')
    }
  }
}

/** A path made of names that may hold any character. */
export function pathOf(...names: readonly string[]): string {
  return names.map((name) => `/${encodeURIComponent(name)}`).join('')
}
