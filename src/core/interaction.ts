import { isJsonObject, type Json, type JsonObject } from './json.ts'

/**
 * One request and its answer as a pact may tell them to anybody: no value of a running session, no credential of a
 * scenario. What the provider state decides, and what an answer may vary in, stands in as a {@link Varying}.
 */
export type Interaction = {
  /** What is asked, of whom, in words. */
  readonly title: string
  readonly states: readonly { readonly name: string; readonly params: JsonObject }[]
  readonly request: {
    readonly method: string
    readonly path: Text
    readonly query: { readonly [name: string]: Text }
    readonly headers: { readonly [name: string]: Text }
    /** Data where it is sent as JSON, otherwise a text; left out for none. */
    readonly body?: Json
  }
  readonly response: {
    readonly status: number
    readonly headers: { readonly [name: string]: Text }
    /** Empty where it has to be; left out where any will do. */
    readonly body?: Json
  }
}

/** A text that may vary. */
export type Text = string | Varying

/** An example of a value, and what has to hold for others. */
export type Varying = {
  readonly $varies: 'given' | 'type' | 'integer' | 'regex' | 'each'
  readonly example: Json
  /** For `given`: the value by names of what the provider state gives back, such as `JSESSIONID=${session}`. */
  readonly expression?: string
  /** For `regex`, and for `given` where more is known than the type. */
  readonly regex?: string
}

/** A value that the provider state gives back. */
export function given(expression: string, example: Json, regex?: string): Varying {
  return { $varies: 'given', example, expression, ...(regex === undefined ? {} : { regex }) }
}

/** Any value of the type of the example. */
export function like(example: Json): Varying {
  return { $varies: 'type', example }
}

/** Any whole number. */
export function integerLike(example: number): Varying {
  return { $varies: 'integer', example }
}

/** Any text that has the form. */
export function formed(regex: string, example: string): Varying {
  return { $varies: 'regex', example, regex }
}

/** A list of one or more such items. */
export function eachLike(item: Json): Varying {
  return { $varies: 'each', example: item }
}

export function isVarying(value: unknown): value is Varying {
  return isJsonObject(value) && typeof value['$varies'] === 'string'
}

/** The content types that answers have. */
export const jsonType: Varying = formed('^application/json(;.*)?$', 'application/json')
export const plainType: Varying = formed('^text/plain(;.*)?$', 'text/plain')

/**
 * An answer's data by a template of what may vary in it. What the template does not speak of, or what does not fit it,
 * stays as it is; what only the template has is left out.
 */
export function loosen(actual: Json | undefined, template: Json | undefined): Json {
  if (actual === undefined || actual === null) return null
  if (template === undefined) return actual
  if (isVarying(template)) return fits(actual, template) ? template : actual
  if (Array.isArray(actual)) {
    const items: readonly (Json | undefined)[] = Array.isArray(template) ? template : []
    return actual.map((item, index) => loosen(item, items[index]))
  }
  if (!isJsonObject(actual)) return typeof template === typeof actual ? template : actual
  if (!isJsonObject(template)) return actual
  return Object.fromEntries(Object.entries(actual).map(([name, value]) => [name, loosen(value, template[name])]))
}

function fits(actual: Json, { $varies, example, regex }: Varying): boolean {
  if ($varies === 'each') return Array.isArray(actual) && actual.length > 0
  if ($varies === 'integer') return Number.isSafeInteger(actual)
  if (regex !== undefined) return typeof actual === 'string' && new RegExp(regex).test(actual)
  return typeof actual === typeof example && Array.isArray(actual) === Array.isArray(example)
}
