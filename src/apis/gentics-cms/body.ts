import { bodyText, headerValue, mediaType, type HttpRequest } from '../../core/http.ts'
import { isJsonObject, own, type JsonObject } from '../../core/json.ts'
import type { Reply } from '../../core/step.ts'
import { replies } from './clauses.ts'

/** The reply to a body of another type than JSON (GC-U3), which is looked at before everything else (GC-X14). */
export function wrongType(request: HttpRequest): Reply | undefined {
  if (mediaType(headerValue(request.headers, 'content-type')) === 'application/json') return undefined
  return replies.notJson
}

/** What a member of a body may be. */
type Kind = 'text' | 'integer'

type ValueOf<Some extends Kind> = Some extends 'text' ? string : number

/** Members of a body by name; undefined where a member is left out or null. */
type Body<Shape extends { readonly [name: string]: Kind }> = {
  readonly [Name in keyof Shape]: ValueOf<Shape[Name]> | undefined
}

/** The members of a JSON body, or the reply to one that is malformed (GC-U3, GC-X11). */
export function readBody<const Shape extends { readonly [name: string]: Kind }>(
  request: HttpRequest,
  shape: Shape,
): Body<Shape> | Reply {
  const body = parse(bodyText(request.body))
  if (body === undefined) return replies.malformed
  const wrong = Object.entries(shape).filter(([name, kind]) => !fits(own(body, name), kind))
  if (wrong.length > 0) {
    const told = wrong.map(([name, kind]) => `${name} has to be ${kind === 'text' ? 'a text' : 'an integer'}`)
    return replies.membersUnfit(told.join(', '))
  }
  return Object.fromEntries(Object.keys(shape).map((name) => [name, own(body, name) ?? undefined])) as Body<Shape>
}

function parse(text: string | undefined): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(text ?? '')
    return isJsonObject(body) ? body : undefined
  } catch {
    return undefined
  }
}

function fits(value: unknown, kind: Kind): boolean {
  if (value === undefined || value === null) return true
  return kind === 'text' ? typeof value === 'string' : Number.isSafeInteger(value)
}
