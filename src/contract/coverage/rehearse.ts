import type { HttpRequest } from '../../core/http.ts'
import { isVarying, type Interaction, type Text } from '../../core/interaction.ts'
import { isJsonObject, sameJson, type Json, type JsonObject } from '../../core/json.ts'
import { traceTo, type TraceLine } from '../../world/trace.ts'
import type { World } from '../../world/world.ts'

/**
 * Plays an interaction as a verifier would: arranges its provider states in a world and sends its request. Gives back
 * why the world does not keep it, or undefined where it does: what is written into a pact must hold at the mock.
 */
export async function rehearse(world: World, clause: string, interaction: Interaction): Promise<string | undefined> {
  world.reset()
  const values: Record<string, Json | undefined> = {}
  for (const { name, params } of interaction.states) Object.assign(values, world.arrange(name, params))
  const lines: TraceLine[] = []
  const stop = await traceTo(world, (line) => lines.push(line))
  try {
    await world.play(toRequest(interaction.request, values))
  } finally {
    stop()
  }
  const [line] = lines
  if (line === undefined) return 'played again, it leaves no trace'
  if (line.clause !== clause) {
    return `its provider states do not bring it about: played again, it is ${line.clause} (${line.because})`
  }
  const again = line.interaction ?? { untold: 'nothing' }
  const where = difference(interaction, again)
  return where === undefined ? undefined : `played again, it differs in ${where}`
}

function toRequest({ method, path, query, headers, body }: Interaction['request'], values: JsonObject): HttpRequest {
  const pairs = (texts: { readonly [name: string]: Text }): [string, string][] =>
    Object.entries(texts).map(([name, text]) => [name, String(fill(text, values))])
  const filled = body === undefined ? '' : fill(body, values)
  return {
    method,
    path: String(fill(path, values)),
    query: new URLSearchParams(pairs(query)).toString(),
    headers: pairs(headers).flat(),
    body: new TextEncoder().encode(typeof filled === 'string' ? filled : JSON.stringify(filled)),
    address: '127.0.0.1',
  }
}

/** The data with what provider states gave back in its places, and examples in the others. */
function fill(value: Json, values: JsonObject): Json {
  if (isVarying(value)) return value.expression === undefined ? value.example : evaluate(value.expression, values)
  if (Array.isArray(value)) return value.map((item) => fill(item, values))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member ?? null, values)]))
}

/** A whole expression keeps its type, as in Pact. */
function evaluate(expression: string, values: JsonObject): Json {
  const whole = /^\$\{(\w+)\}$/.exec(expression)?.[1]
  if (whole !== undefined) return values[whole] ?? null
  return expression.replace(/\$\{(\w+)\}/g, (_, name: string) => String(values[name]))
}

/** Where two values first differ, as a path. */
function difference(left: Json | undefined, right: Json | undefined): string | undefined {
  if (sameJson(left, right)) return undefined
  if (!isJsonObject(left) || !isJsonObject(right)) return ''
  const name = [...new Set([...Object.keys(left), ...Object.keys(right)])].find(
    (member) => !sameJson(left[member], right[member]),
  )
  const rest = name === undefined ? undefined : difference(left[name], right[name])
  return [name, rest].filter((part) => part !== undefined && part !== '').join('.')
}
