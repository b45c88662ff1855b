import { Reads } from './reads.ts'
import type { HttpRequest } from '../core/http.ts'
import { Needs } from '../core/step.ts'
import { findRoute } from './play.ts'
import type { Stage } from './stage.ts'

/** Who answered what no API did: a handler of one's own, or a server that it was passed on to. */
export type Bystander = 'handler' | 'passed-on'

/** What those who stand beside the APIs of a world have to know of it, and to tell it. */
export class WorldBeside {
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /**
   * Whether an API answers a request where somebody else would otherwise: it has an operation at the path, or the path is
   * its own for certain. What only looks meant for it is left to the others, as with handlers for any origin.
   */
  takes(request: HttpRequest): boolean {
    if (findRoute(this.#stage, request).kind !== 'unknown') return true
    return this.#stage.playing.some(({ claims, ownPaths }) => (ownPaths ?? claims).test(request.path))
  }

  /**
   * Notes in the journal that somebody else answered. Neither headers nor bodies are kept: they are those of a real server,
   * and what is secret in them nobody here knows.
   */
  note(request: HttpRequest, who: Bystander, answer: { readonly status: number; readonly because: string }): void {
    const stage = this.#stage
    const { status, because } = answer
    stage.record({
      id: stage.nextId(),
      world: stage.name,
      at: stage.now(),
      request: { ...request, headers: [], body: new Uint8Array(0) },
      reply: { status, headers: [], body: undefined, clause: who, because },
      address: request.address,
      api: undefined,
      operation: undefined,
      user: undefined,
      reads: new Reads(),
      changes: [],
      fault: undefined,
      ask: (question) => {
        throw new Needs(question)
      },
    })
  }
}

/** What `why` says where a clause would tell why. */
export const bystanders: { readonly [clause: string]: string } = {
  handler: 'no clause of any API: a handler of your own answered',
  'passed-on': 'no clause of any API: the request was passed on to the server behind',
} satisfies Record<Bystander, string>
