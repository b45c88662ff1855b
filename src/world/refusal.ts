import { UnderstudyError } from '../core/errors.ts'
import { problem } from '../core/problem.ts'
import type { Answer } from './play.ts'

/** Seconds after which a client may try again where the reason mends itself, or somebody mends it. */
export const retryAfter = '1'

/** What a request is answered that was not played, and changed nothing. Throws what is no reason to refuse one. */
export function refuse(error: unknown): Answer {
  if (!(error instanceof UnderstudyError)) throw error
  const { code, message } = error
  if (code === 'ERR_WORLD_INVALID') return toAnswer(400, 'No such world', message, code)
  if (code === 'ERR_STORE_UNAVAILABLE') return toAnswer(503, 'Store unavailable', message, code)
  if (code === 'ERR_STATE_FILE') return toAnswer(503, 'Not saved', message, code)
  throw error
}

function toAnswer(status: number, title: string, detail: string, code: string): Answer {
  const reply = problem(status, title, detail, { code })
  const headers = status === 503 ? [...reply.headers, 'retry-after', retryAfter] : reply.headers
  return { ...reply, headers, delayMs: 0, broken: undefined }
}
