import type { RouteMiss } from '../../../core/unrouted.ts'
import type { HttpRequest } from '../../../core/http.ts'
import type { Reply } from '../../../core/step.ts'
import type { Settings } from '../settings.ts'
import { filtered } from './front.ts'
import { failed } from './replies.ts'

/** The answer to what no operation takes (GC-O27). `meant` tells of an unknown path which one was meant. */
export function lost(
  request: HttpRequest,
  { allow }: RouteMiss,
  meant: string,
  settings: Settings,
  now: number,
): Reply {
  const scene = { settings, now }
  if (allow === undefined) return filtered(failed(404, { clause: 'GC-O27', because: meant }, scene), request)
  const methods = [...allow, 'OPTIONS'].join(',')
  const because = `${request.path} answers ${methods}`
  if (request.method === 'OPTIONS') {
    return { status: 200, headers: ['allow', methods], body: undefined, clause: 'GC-O27', because }
  }
  return filtered(failed(405, { clause: 'GC-O27', because: `${because}, not ${request.method}` }, scene), request)
}
