import { readJson, isJsonObject, own, type Json, type JsonObject } from '../json.ts'
import type { Reply } from '../step.ts'

/** The object or list that the body of an answer is in JSON. */
export function dataOf({ body }: Pick<Reply, 'body'>): Json | undefined {
  if (typeof body !== 'string' || !/^\s*[[{]/.test(body)) return undefined
  try {
    return readJson(body)
  } catch {
    return undefined
  }
}

/** An answer with another JSON body. */
export function withData(reply: Reply, data: Json): Reply {
  return { ...reply, body: JSON.stringify(data) }
}

/** Names of members, from the outermost. Through lists they lead to every item. */
export type Path = readonly string[]

/** Every member of some data, by its path: all the values that it has there. */
export function membersOf(all: readonly Json[]): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, Json[]>()
  for (const data of all) visit(data, [], found)
  return found
}

function visit(data: Json, path: Path, found: Map<string, Json[]>): void {
  if (Array.isArray(data)) {
    for (const item of data as readonly Json[]) visit(item, path, found)
  } else if (isJsonObject(data)) {
    for (const [name, value] of Object.entries(data)) {
      // A tree has the same members at every depth: once is enough.
      if (value === undefined || path.includes(name)) continue
      const at = [...path, name]
      found.set(at.join('.'), [...(found.get(at.join('.')) ?? []), value])
      visit(value, at, found)
    }
  }
}

/** Data with every object that has the member at a path told otherwise. */
export function inOwners(data: Json, path: Path, change: (owner: JsonObject, name: string) => JsonObject): Json {
  if (Array.isArray(data)) return (data as readonly Json[]).map((item) => inOwners(item, path, change))
  const [name = '', ...rest] = path
  if (!isJsonObject(data) || own(data, name) === undefined) return data
  return rest.length === 0 ? change(data, name) : { ...data, [name]: inOwners(data[name] ?? null, rest, change) }
}
