import { bodyText, headerValue, type HttpRequest } from '../../../core/http.ts'
import { readJson, isJsonObject, own, type Json, type JsonObject } from '../../../core/json.ts'
import type { Reply } from '../../../core/step.ts'
import { replies } from '../clauses.ts'
import type { Scene } from './forms.ts'

/** What a member of a body is. */
type Kind = 'text' | 'integer'

/** Members of a body, or its absence: none, or null. */
export type Body<Name extends string> = { readonly members: { readonly [name in Name]: string | undefined } } | 'absent'

/** The body of a request as the server's framework reads it, or the reply to one that it cannot read (GC-O24, GC-O26). */
export function readBody<Name extends string>(
  request: HttpRequest,
  shape: { readonly [name in Name]: Kind },
  scene: Scene,
): Body<Name> | Reply {
  const text = bodyText(request.body)
  if (text?.trim() === '') return 'absent'
  if (headerValue(request.headers, 'content-type') === undefined) {
    return replies.unsupportedType('the body has no Content-Type', scene)
  }
  const body = parse(text)
  if (body === undefined) return replies.unreadable(scene)
  const wrong = (because: string): Reply => replies.incorrectObject(because, scene)
  if (body === null) return 'absent'
  if (!isJsonObject(body)) return wrong('the body is no object')
  const known = Object.keys(shape)
  const unknown = Object.keys(body).find((name) => !known.includes(name))
  if (unknown !== undefined) return wrong(`the body has an unknown member ${JSON.stringify(unknown)}`)
  const misfit = known.find((name) => !fits(own(body, name), shape[name as Name]))
  if (misfit !== undefined) return wrong(`${misfit} is of a wrong type`)
  return { members: Object.fromEntries(known.map((name) => [name, toText(body, name)])) as never }
}

function parse(text: string | undefined): Json | undefined {
  try {
    return readJson(text ?? '')
  } catch {
    return undefined
  }
}

/** Texts may be numbers and booleans; integers may be texts that read as one (GC-O24). */
function fits(value: Json | undefined, kind: Kind): boolean {
  if (value === undefined || value === null) return true
  if (kind === 'text') return typeof value !== 'object'
  if (typeof value === 'string') return /^\s*([+-]?\d+)?\s*$/.test(value) && isInt(Number(value))
  return typeof value === 'number' && isInt(value)
}

function isInt(value: number): boolean {
  return value > -2_147_483_649 && value < 2_147_483_648
}

function toText(body: JsonObject, name: string): string | undefined {
  const value = own(body, name)
  return value === undefined || value === null ? undefined : String(value)
}
