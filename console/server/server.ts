import { ControlClient } from '../../src/control/client.ts'
import { changeHeader, controlPath } from '../../src/control/control-path.ts'
import type { ControlEvent } from '../../src/control/request-routes.ts'
import { toProblem, type Problem } from './problem.ts'

/** What every call depends on. */
export interface Caller {
  readonly world: () => string
  /** The admin token; empty where there is none. */
  readonly token: () => string
  /** Told when the server wants a token, or another one. */
  readonly refused: (why: Problem) => void
  /** Told the id of what a call has changed, which can be taken back. */
  readonly changed: (id: string) => void
}

/** The control API of the server that this page came from, for one world. Whatever fails throws a {@link Problem}. */
export class Server {
  readonly #control: ControlClient
  readonly #caller: Caller

  /** `base` is where the control API lives, without a slash at the end: a proxy may have put it elsewhere. */
  constructor(base: string, caller: Caller) {
    this.#caller = caller
    this.#control = new ControlClient({
      url: '',
      get world() {
        const world = caller.world()
        return world === 'main' ? undefined : world
      },
      get adminToken() {
        const token = caller.token()
        return token === '' ? undefined : token
      },
      fetch: async (path, init) => {
        const answer = await fetch(base + path.slice(controlPath.length), init)
        const id = answer.headers.get(changeHeader)
        if (id !== null) caller.changed(id)
        return answer
      },
    })
  }

  /** Calls a route by its name. */
  request: ControlClient['request'] = (name, ...asked) =>
    this.#control.request(name, ...asked).catch((error: unknown) => this.#fail(error))

  /** What happens in the world from now on, until `signal` aborts. */
  events(signal: AbortSignal): Promise<AsyncIterable<ControlEvent>> {
    return this.#control.events(signal).catch((error: unknown) => this.#fail(error))
  }

  #fail(error: unknown): never {
    const problem = toProblem(error)
    if (problem.status === 401) this.#caller.refused(problem)
    throw problem
  }
}
