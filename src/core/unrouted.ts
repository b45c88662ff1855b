import type { HttpRequest } from './http.ts'
import { problem } from './problem.ts'
import type { Reply } from './step.ts'

/** Why no operation takes a request: there is none at its path, or only with these methods. */
export interface RouteMiss {
  readonly allow: readonly string[] | undefined
}

/** The 405 of an API that has none of its own. */
export function wrongMethod({ method, path }: HttpRequest, allow: readonly string[], clause: string): Reply {
  const detail = `${path} answers ${allow.join(', ')}, not ${method}.`
  const { status, headers, body } = problem(405, 'Method not allowed', detail, { clause })
  return { status, headers: [...headers, 'allow', allow.join(', ')], body, clause, because: detail }
}
