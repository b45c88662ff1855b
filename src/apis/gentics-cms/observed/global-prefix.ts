import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'

/** `GET /auth/globalprefix` (GC-O19). */
export function globalPrefix(_: Records, __: HttpRequest, context: Context<Settings>): Outcome {
  return { reply: replies.prefixAlone(context), changes: [] }
}
