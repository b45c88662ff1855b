import { isVarying, type Interaction, type Text, type Varying } from '../../core/interaction.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'

/** An interaction as a pact of version 3 has it. */
export function toPactInteraction(description: string, { states, request, response }: Interaction): JsonObject {
  const { method, path, query } = request
  const placed = new Places()
  const parts = {
    method,
    path: placed.text('path', undefined, path),
    ...(Object.keys(query).length === 0
      ? {}
      : { query: mapValues(query, (text, name) => [placed.text('query', name, text)]) }),
    ...message(request, placed),
  }
  const answered = new Places()
  const answer = { status: response.status, ...message(response, answered) }
  return {
    description,
    ...(states.length === 0 ? {} : { providerStates: states.map(({ name, params }) => toState(name, params)) }),
    request: { ...parts, ...placed.rules() },
    response: { ...answer, ...answered.rules() },
  }
}

function toState(name: string, params: JsonObject): JsonObject {
  return Object.keys(params).length === 0 ? { name } : { name, params }
}

function message({ headers, body }: Interaction['request'] | Interaction['response'], places: Places): JsonObject {
  return {
    ...(Object.keys(headers).length === 0
      ? {}
      : { headers: mapValues(headers, (text, name) => places.text('header', name, text)) }),
    ...(body === undefined ? {} : { body: places.body('$', body) }),
  }
}

type Part = 'path' | 'query' | 'header' | 'body'

/** Collects what may vary, and where, while examples are put into its places. */
class Places {
  readonly #generators: Record<string, JsonObject> = {}
  readonly #rules: Record<string, JsonObject> = {}

  text(part: Part, name: string | undefined, text: Text): string {
    if (!isVarying(text)) return text
    this.#note(part, name, text)
    return String(text.example)
  }

  body(path: string, value: Json): Json {
    if (isVarying(value)) {
      this.#note('body', path, value)
      if (value.$varies === 'each') return [this.body(`${path}[*]`, value.example)]
      return value.example
    }
    if (Array.isArray(value)) return value.map((item, index) => this.body(`${path}[${index}]`, item))
    if (!isJsonObject(value)) return value
    return mapValues(value, (member, name) => this.body(`${path}${step(name)}`, member ?? null))
  }

  rules(): JsonObject {
    return {
      ...(Object.keys(this.#generators).length === 0 ? {} : { generators: this.#generators }),
      ...(Object.keys(this.#rules).length === 0 ? {} : { matchingRules: this.#rules }),
    }
  }

  #note(part: Part, name: string | undefined, value: Varying): void {
    const { expression } = value
    const put = (present: JsonObject | undefined, what: JsonObject): JsonObject =>
      name === undefined ? what : { ...present, [name]: what }
    this.#rules[part] = put(this.#rules[part], { combine: 'AND', matchers: [toMatcher(value)] })
    if (expression === undefined) return
    this.#generators[part] = put(this.#generators[part], { type: 'ProviderState', expression })
  }
}

function toMatcher({ $varies, regex }: Varying): JsonObject {
  if (regex !== undefined) return { match: 'regex', regex }
  if ($varies === 'integer') return { match: 'integer' }
  return $varies === 'each' ? { match: 'type', min: 1 } : { match: 'type' }
}

/** A member in a path: `.name`, or in quotes where its name is no word. */
function step(name: string): string {
  return /^\w+$/.test(name) ? `.${name}` : `['${name}']`
}

function mapValues<Value, Result>(
  object: { readonly [name: string]: Value },
  map: (value: Value, name: string) => Result,
): { [name: string]: Result } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]))
}
