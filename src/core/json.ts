/** Plain data: what a record, a setting or a snapshot may hold. What JSON cannot hold is not state. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** An object of plain data. */
export type JsonObject = { readonly [key: string]: Json | undefined }

/** Whether two plain values hold the same data, whatever the order of their keys. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((item, index) => sameJson(item, right[index]))
  }
  const [one, other] = [left as JsonObject, right as JsonObject]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => sameJson(own(one, name), own(other, name)))
}

/** Where two plain values begin to differ, as a path; undefined where they hold the same. */
export function differenceOf(
  left: Json | undefined,
  right: Json | undefined,
): readonly (string | number)[] | undefined {
  if (sameJson(left, right)) return undefined
  if (!isJsonObject(left) || !isJsonObject(right)) return []
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const below = differenceOf(own(left, name), own(right, name))
    if (below !== undefined) return [name, ...below]
  }
  return []
}

/** A member, or undefined where there is none: what every object inherits is no data. */
export function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Whether a value is an object with named members (not null, not a list). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object that a text is in JSON; an empty one where it is none. */
export function objectIn(text: string): JsonObject {
  return asObject(parseJson(text))
}

/** A value that is an object; an empty one in the place of any other. */
export function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** The value that a text is in JSON; undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

/** The value that a text is in JSON. Throws a SyntaxError where it is none. */
export function readJson(text: string): Json {
  return JSON.parse(text) as Json
}

/** A value in a sentence: texts as they are. */
export function inWords(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The value at a dotted path of the JSON that a text is; undefined where there is none. */
export function valueIn(text: string, path: string): Json | undefined {
  let value: Json | undefined = objectIn(text)
  for (const name of path.split('.')) value = isJsonObject(value) ? own(value, name) : undefined
  return value
}

/** The same data with the members of objects in the order of their names, so that equal data is equal text. */
export function byName(value: Json): Json {
  if (Array.isArray(value)) return value.map(byName)
  if (!isJsonObject(value)) return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map((name) => [name, byName(value[name] ?? null)]))
}
