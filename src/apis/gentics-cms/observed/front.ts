import { headerValue, mediaType, type HttpRequest } from '../../../core/http.ts'
import type { Reply, Step } from '../../../core/step.ts'
import type { Settings } from '../settings.ts'
import { failed, type Scene } from './replies.ts'

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
    return failed(415, { clause: 'GC-O26', because }, scene)
  }
  const accept = headerValue(request.headers, 'accept')
  return accept === undefined || accepts(accept, type) ? undefined : notAcceptable(accept, type, scene)
}

/** The form of a 406 is one that the caller takes, if there is any. */
function notAcceptable(accept: string, type: Type, scene: Scene): Reply {
  const said = { clause: 'GC-O26', because: `the Accept header has not ${type}` }
  if (accepts(accept, 'application/json')) return failed(406, said, scene)
  if (!accepts(accept, 'application/xml')) {
    return { status: 406, headers: ['content-type', 'text/plain'], body: 'ERROR', ...said }
  }
  const text = 'HTTP 406 Not Acceptable'
  const body =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<genericResponse><messages><message>${text}</message><type>CRITICAL</type><timestamp>${scene.now}</timestamp>` +
    `</messages><responseInfo><responseCode>FAILURE</responseCode><responseMessage>${text}</responseMessage>` +
    '</responseInfo></genericResponse>'
  return { status: 406, headers: ['content-type', 'application/xml'], body, ...said }
}

/** Whether a type is among the ranges of an Accept header. */
function accepts(accept: string, type: string): boolean {
  const ranges = ['*/*', `${type.split('/')[0]}/*`, type]
  return accept.split(',').some((range) => ranges.includes(mediaType(range)) && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range))
}
