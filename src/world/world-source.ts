import type { AnyApi } from '../core/api.ts'
import type { HeaderList, HttpRequest } from '../core/http.ts'
import type { Answer } from './play.ts'
import type { World } from './world.ts'

/** Tells the place of an answer in the order of everything that happens in a store which servers share. */
export const commitHeader = 'x-understudy-commit'

/** What hosts and the control API play with: a world of a set, in this process or shared with other servers. */
export interface Playable {
  readonly name: string
  readonly worlds: WorldSource
}

/** Isolated copies of one scenario, wherever they are kept, to those who send requests. */
export interface WorldSource {
  readonly apis: readonly AnyApi[]
  /** Plays a request in the world that it asks for, or in `otherwise`. */
  play(request: HttpRequest, otherwise: Playable): Answer | Promise<Answer>
  /**
   * Looks at or changes the world that headers ask for, or `otherwise`: all of it, or nothing. Where others share the
   * world the action may have to be done several times, so it does nothing but that.
   */
  act<Result>(
    headers: HeaderList,
    otherwise: Playable,
    action: (world: World) => Result | Promise<Result>,
  ): Promise<Acted<Result>>
}

/** What came of an action on a world. */
export interface Acted<Result> {
  readonly result: Result
  /** The place of the action in the order of everything that happens in a store which servers share. */
  readonly commit?: number
}
