import { Problem, readProblem } from './problem.ts'

/** The control API of the server that this page came from, for one world. */
export class Server {
  readonly #base: string
  readonly #world: () => string

  /** `base` is where the control API lives, without a slash at the end. */
  constructor(base: string, world: () => string) {
    this.#base = base
    this.#world = world
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.send('GET', path)
  }

  /** Sends a call. Throws a {@link Problem}, in the server's words where it has any. */
  async send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await this.open(method, path, body)
    if (!response.ok) throw await readProblem(response)
    return (await response.json()) as Answer
  }

  /** Sends a call and leaves the answer to the caller. */
  async open(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const world = this.#world()
    try {
      return await fetch(this.#base + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
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
