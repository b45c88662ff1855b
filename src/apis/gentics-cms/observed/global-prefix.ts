import type { HttpRequest } from '../../../core/http.ts'
import type { Context, Outcome, Records } from '../../../core/step.ts'
import type { Settings } from '../settings.ts'
import { answer } from './replies.ts'

/** `GET /auth/globalprefix` (GC-O19). */
export function globalPrefix(_: Records, __: HttpRequest, context: Context<Settings>): Outcome {
  const words = context.settings.globalPrefix
  const said = { code: 'OK', words, clause: 'GC-O19', because: 'anybody may ask for it' } as const
  return { reply: answer(said, context), changes: [] }
}
