import type { HttpRequest } from '../../core/http.ts'
import type { Answered } from '../comparing/answered.ts'

/** A request that somebody sent to a real server, and what that answered. */
export interface SeenExchange {
  readonly request: HttpRequest
  readonly answer: Answered
}
