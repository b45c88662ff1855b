import type { HttpReply } from './http.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'

type Body = HttpReply['body']

/** The body without a member, by dotted path; as it is where it is no JSON object that has one. */
export function withoutMember(body: Body, path: string): Body {
  if (typeof body !== 'string') return body
  try {
    const value: Json = JSON.parse(body)
    return isJsonObject(value) ? JSON.stringify(without(value, path.split('.'))) : body
  } catch {
    return body
  }
}

function without(value: JsonObject, [name, ...rest]: readonly string[]): JsonObject {
  if (name === undefined || !Object.hasOwn(value, name)) return value
  const { [name]: member, ...others } = value
  if (rest.length === 0) return others
  return isJsonObject(member) ? { ...value, [name]: without(member, rest) } : value
}

/** Half the body and a stray brace: no parser takes it, and it still looks like the answer. */
export function malformed(body: Body): string {
  const whole = typeof body === 'string' ? body : ''
  return `${whole.slice(0, Math.ceil(whole.length / 2))}{"`
}
