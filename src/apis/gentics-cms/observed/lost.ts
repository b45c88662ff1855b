import type { RouteMiss } from '../../../core/unrouted.ts'
import type { HttpRequest } from '../../../core/http.ts'
import type { Reply } from '../../../core/step.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { filtered } from './front.ts'

/** The answer to what no operation takes (GC-O27). `meant` tells of an unknown path which one was meant. */
export function lost(
  request: HttpRequest,
  { allow }: RouteMiss,
  meant: string,
  settings: Settings,
  now: number,
): Reply {
  const scene = { settings, now }
  if (allow === undefined) return filtered(replies.unknownPath(meant, scene), request)
  const methods = [...allow, 'OPTIONS'].join(',')
  const because = `${request.path} answers ${methods}`
  if (request.method === 'OPTIONS') return replies.optionsOf(methods, because)
  return filtered(replies.otherMethods(`${because}, not ${request.method}`, scene), request)
}
