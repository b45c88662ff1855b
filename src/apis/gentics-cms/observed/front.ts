import { headerValue, mediaType, type HttpRequest } from '../../../core/http.ts'
import type { Reply, Step } from '../../../core/step.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import type { Scene } from './forms.ts'

/** What an operation answers. */
type Type = 'application/json' | 'text/plain'

/** A step behind what the framework looks at before any operation, and after it (GC-O26, GC-O29, GC-O30). */
export function behindFront(step: Step<Settings>, type: Type = 'application/json'): Step<Settings> {
  return (records, request, context) => {
    const refused = refusal(request, type, context)
    if (refused !== undefined) return { reply: filtered(refused, request), changes: [] }
    const outcome = step(records, request, context)
    return { ...outcome, reply: filtered(outcome.reply, request) }
  }
}

/** The reply with the content type that the query asks for (GC-O29). */
export function filtered(reply: Reply, { query }: HttpRequest): Reply {
  if (!query.includes('filter-contenttype')) return reply
  const asked = new URLSearchParams(query).get('filter-contenttype') ?? ''
  // What cannot stand in a header would break the answer.
  if (!/^[\w!#$&^.+*/; =-]+$/.test(asked)) return reply
  const headers = reply.headers.map((text, index) => (reply.headers[index - 1] === 'content-type' ? asked : text))
  return { ...reply, headers }
}

function refusal(request: HttpRequest, type: Type, scene: Scene): Reply | undefined {
  const sent = headerValue(request.headers, 'content-type')
  if (sent !== undefined && mediaType(sent) !== 'application/json') {
    const because = `the Content-Type is ${mediaType(sent) || 'blank'}, not application/json`
    return replies.unsupportedType(because, scene)
  }
  const accept = headerValue(request.headers, 'accept')
  return accept === undefined || accepts(accept, type) ? undefined : notAcceptable(accept, type, scene)
}

/** The form of a 406 is one that the caller takes, if there is any. */
function notAcceptable(accept: string, type: Type, scene: Scene): Reply {
  const other = accepts(accept, 'application/xml') ? 'xml' : 'none'
  const form = accepts(accept, 'application/json') ? 'json' : other
  return replies.notAcceptable(form, `the Accept header has not ${type}`, scene)
}

/** Whether a type is among the ranges of an Accept header. */
function accepts(accept: string, type: string): boolean {
  const ranges = ['*/*', `${type.split('/')[0]}/*`, type]
  return accept.split(',').some((range) => ranges.includes(mediaType(range)) && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range))
}
