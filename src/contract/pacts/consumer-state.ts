import { own, type Json, type JsonObject } from '../../core/json.ts'
import type { PactState } from './document.ts'

/** By the names that consumers have for states, what they are called here. */
export type StateMap = { readonly [name: string]: { readonly state: string; readonly params: JsonObject } }

/**
 * A consumer's state in the provider's words. Its params are those of the map; a text such as `{company}` stands for the
 * consumer's param of that name. A state that the map has not is what it is.
 */
export function inOurWords(state: PactState, map: StateMap): PactState {
  const meant = Object.hasOwn(map, state.name) ? map[state.name] : undefined
  if (meant === undefined) return state
  const fill = (value: Json | undefined): Json | undefined => {
    const name = typeof value === 'string' ? /^\{(\w+)\}$/.exec(value)?.[1] : undefined
    return name === undefined ? value : own(state.params, name)
  }
  const params = Object.entries(meant.params).map(([name, value]) => [name, fill(value)] as const)
  return { name: meant.state, params: Object.fromEntries(params.filter(([, value]) => value !== undefined)) }
}
