import { anything, map, object, text, type Field } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { own, type Json, type JsonObject } from '../../core/json.ts'

/** A state of the provider that an interaction presupposes. */
export interface PactState {
  readonly name: string
  readonly params: JsonObject
}

const meaningFields = {
  state: text({ about: 'the name of a provider state' }),
  params: anything<JsonObject>({ about: "its params; `{name}` stands for the consumer's own param", default: {} }),
}

/** By the names that consumers have for states, what they are called here. */
export type StateMap = { readonly [name: string]: Infer<typeof meaningFields> }

/** How a target writes them. */
export const stateMapField: Field<StateMap, unknown, 'default'> = map(
  object(meaningFields, { about: 'what it means' }),
  {
    about: 'states as consumers name them in their pacts, and which state of the API each is',
    default: {},
  },
)

/**
 * A consumer's state in the provider's words. Its params are those of the map; a text such as `{company}` stands for the
 * consumer's param of that name. A state that the map has not is what it is.
 */
export function inOurWords(state: PactState, meanings: StateMap): PactState {
  const meant = Object.hasOwn(meanings, state.name) ? meanings[state.name] : undefined
  if (meant === undefined) return state
  const fill = (value: Json | undefined): Json | undefined => {
    const name = typeof value === 'string' ? /^\{(\w+)\}$/.exec(value)?.[1] : undefined
    return name === undefined ? value : own(state.params, name)
  }
  const params = Object.entries(meant.params).map(([name, value]) => [name, fill(value)] as const)
  return { name: meant.state, params: Object.fromEntries(params.filter(([, value]) => value !== undefined)) }
}
