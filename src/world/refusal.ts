import { UnderstudyError } from '../core/errors.ts'
import { problem } from '../core/problem.ts'
import type { Answer } from './play.ts'

/** Seconds after which a client may try again where the reason mends itself, or somebody mends it. */
export const retryAfter = '1'

/** What a request is answered that was not played, and changed nothing. Throws what is no reason to refuse one. */
export function refusalOf(error: unknown): Answer {
  if (!(error instanceof UnderstudyError)) throw error
  const { code, message } = error
  if (code === 'ERR_WORLD_INVALID') return toAnswer(400, 'No such world', message, code)
  if (isOfStore(error)) return toAnswer(503, 'Store unavailable', message, code)
  if (code === 'ERR_NO_ROOM') return toAnswer(503, 'No room', message, code)
  if (code === 'ERR_STATE_FILE') return toAnswer(503, 'Not saved', message, code)
  throw error
}

/** Whether an error says that the store cannot be used, for now or as it is. */
export function isOfStore(error: unknown): boolean {
  return (
    error instanceof UnderstudyError && (error.code === 'ERR_STORE_UNAVAILABLE' || error.code === 'ERR_STORE_REFUSED')
  )
}

/** What may be otherwise a moment later. */
const mendsItself: ReadonlySet<string> = new Set(['ERR_STORE_UNAVAILABLE', 'ERR_STATE_FILE'])

function toAnswer(status: number, title: string, detail: string, code: string): Answer {
  const reply = problem(status, title, detail, { code })
  const headers = [...reply.headers, ...(mendsItself.has(code) ? ['retry-after', retryAfter] : [])]
  return { ...reply, headers, delayMs: 0, broken: undefined }
}
