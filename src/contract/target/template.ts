import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'

/** Values by the names that journeys have for them. */
export type Values = ReadonlyMap<string, string>

/** How a value is written where it is put in. */
export type Writing = 'plain' | 'json' | 'form' | 'path'

const write: Readonly<Record<Writing, (value: string) => string>> = {
  plain: (value) => value,
  json: (value) => JSON.stringify(value).slice(1, -1),
  form: encodeURIComponent,
  path: encodeURIComponent,
}

/** A text with the values it names in braces. Naming a value that there is not is a mistake of the journey. */
export function fill(text: string, values: Values, writing: Writing): string {
  return text.replaceAll(/\{([a-z]\w*)\}/gi, (_, name: string) => {
    const value = values.get(name)
    if (value === undefined)
      throw new UnderstudyError('ERR_INTERNAL', `A journey names {${name}}, which nobody has set.`)
    return write[writing](value)
  })
}

/** Plain data with the values that its texts name. */
export function fillJson(data: JsonObject, values: Values): JsonObject {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, fillValue(value ?? null, values)]))
}

/** The same of any value. */
export function fillValue(value: Json, values: Values): Json {
  if (typeof value === 'string') return fill(value, values, 'plain')
  if (Array.isArray(value)) return value.map((item: Json) => fillValue(item, values))
  return isJsonObject(value) ? fillJson(value, values) : value
}

/** How values are written into a body of this type. */
export function writingFor(contentType: string): Writing {
  if (contentType.includes('json')) return 'json'
  return contentType.includes('x-www-form-urlencoded') ? 'form' : 'plain'
}
