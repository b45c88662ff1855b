import type { AnyApi, ProviderState } from '../core/api.ts'
import { check } from '../core/check.ts'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { anything, choice, nullable, text, type FieldMap } from '../core/field.ts'
import { asObject, isJsonObject, own, sameJson, type Json, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { findState, type AskedState } from '../world/arrange.ts'

/** What a verifier asks of the state-change URL. */
export interface StateChange {
  readonly action: 'setup' | 'teardown'
  /** None for an interaction that needs none. */
  readonly states: readonly AskedState[]
  /** The caller is one that never tears down what it has set up. */
  readonly neverTearsDown: boolean
}

const whatToDo = choice(['setup', 'teardown'], { about: 'what to do', default: 'setup' })

const stateName = nullable(
  text({ about: 'name of the provider state; blank for an interaction that needs none', optional: true }),
)

/**
 * The members of a state change. Who sends what, as read in their sources:
 *
 * - pact_ffi (pact-js, pact-go 2, pact-python 3, pact-net 4, pact-php 10, pact_verifier_cli): `{ action, state, params }`; with
 *   `body` off, or `--state-change-as-query`, `?state=…&action=…` and each param beside them, all as text.
 *   pact_verifier, `callback_executors.rs`
 * - pact-jvm: the same in both forms, but `params` only where there are some, and `action` only with teardown. An interaction
 *   without a state has the state "". `ProviderClient.kt`, `StateChange.kt`
 * - pact-provider-verifier (Ruby: pact-python 2, pact-net 3, pact-php 9, pact-go 1): `{ consumer, state, states: [state], params }`,
 *   once for each state, and never a teardown; older ones without `params` or `states`. An interaction without a state has
 *   null for both. `set_up_provider_state.rs`, pact-ruby's `test_methods.rb`
 */
export const stateChangeFields = {
  state: stateName,
  states: anything({
    about: 'several of them, each a name or { name, params }; they are arranged in order, or none is',
    optional: true,
  }),
  action: whatToDo,
  params: anything({ about: 'parameters of the state, which may also stand beside it', optional: true }),
  consumer: anything({ about: 'who asks; ignored', optional: true }),
  provider: anything({ about: 'ignored', optional: true }),
  description: anything({ about: 'of the interaction; ignored', optional: true }),
  interactionId: anything({ about: 'ignored', optional: true }),
}

/** Those that verifiers put into the query, where each param has a name of its own. */
export const stateChangeQuery = { state: stateName, action: whatToDo }

/**
 * Reads a state change from a body and a query, which count alike. Params in the query of a URL to which states come in
 * bodies are for every state that knows them: pacts of version 2 have no place for any. Throws ERR_STATE_UNKNOWN or
 * ERR_CHANGE_INVALID.
 */
export function readStateChange(body: JsonObject, query: JsonObject, apis: readonly AnyApi[]): StateChange {
  const issues: Issue[] = []
  const isOfUrl = Object.keys(body).length > 0
  const standing = isOfUrl ? paramsBeside(query) : {}
  const sent = merged(body, isOfUrl ? only(query, stateChangeFields) : query, issues)
  const checked = check(whatToDo, own(sent, 'action') ?? 'setup', ['action'])
  const named = namedStates(sent, issues)
  if (named === undefined && checked.value === 'setup')
    issues.push({
      path: ['state'],
      message: 'is missing: name of the provider state, or "" for an interaction without one.',
    })
  issues.push(...checked.issues)
  const states = withParams(named ?? [], sent, standing, apis, issues)
  if (checked.value === undefined || issues.length > 0)
    throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
  // Ruby's verifier is the only one that says for whom it asks and not what is to be done.
  const neverTearsDown =
    ['consumer', 'states'].every((name) => Object.hasOwn(sent, name)) && !Object.hasOwn(sent, 'action')
  return { action: checked.value, states, neverTearsDown }
}

/** The members of both; one that both have with different values would mean either. */
function merged(one: JsonObject, other: JsonObject, issues: Issue[]): JsonObject {
  for (const name of Object.keys(other)) {
    const [mine, theirs] = [own(one, name), own(other, name)]
    if (mine !== undefined && !sameJson(mine, theirs))
      issues.push({ path: [name], message: 'is given twice, with different values.' })
  }
  return { ...one, ...other }
}

/** The states that are asked for by name; undefined where nothing is said of any. */
function namedStates(sent: JsonObject, issues: Issue[]): AskedState[] | undefined {
  const [state, states] = [own(sent, 'state'), own(sent, 'states')]
  if (state !== undefined && state !== null && typeof state !== 'string')
    issues.push({ path: ['state'], message: 'The value is not the name of a provider state.' })
  const single = typeof state === 'string' && state !== '' ? [{ name: state }] : []
  if (states === undefined) return state === undefined ? undefined : single
  if (!Array.isArray(states)) {
    issues.push({ path: ['states'], message: 'The value is not a list of names, or of { name, params }.' })
    return single
  }
  const listed = states.flatMap((each: Json, index) => listedState(each, index, issues))
  const [first] = single
  if (first === undefined || listed.some(({ name }) => name === first.name)) return listed
  issues.push({ path: ['state'], message: `"${first.name}" is none of the states that are listed.` })
  return listed
}

function listedState(given: Json, index: number, issues: Issue[]): AskedState[] {
  if (given === null || given === '') return []
  if (typeof given === 'string') return [{ name: given, at: ['states', index] }]
  const name = isJsonObject(given) ? own(given, 'name') : undefined
  const others = isJsonObject(given) ? Object.keys(given).filter((key) => key !== 'name' && key !== 'params') : []
  if (typeof name === 'string' && others.length === 0) {
    const params = own(asObject(given), 'params') ?? {}
    return [{ name, params, at: ['states', index, 'name'], paramsAt: ['states', index, 'params'] }]
  }
  issues.push({ path: ['states', index], message: 'The value is neither the name of a state nor { name, params }.' })
  return []
}

/** The states with the params that are sent for all of them: each takes what is its own, and somebody has to. */
function withParams(
  named: readonly AskedState[],
  sent: JsonObject,
  standing: JsonObject,
  apis: readonly AnyApi[],
  issues: Issue[],
): AskedState[] {
  const found = named.map((asked): [AskedState, ProviderState] => [asked, findState(apis, asked)[1]])
  const beside = paramsBeside(sent)
  const within = own(sent, 'params') ?? {}
  if (!isJsonObject(within)) {
    issues.push({ path: ['params'], message: 'The value is not a map from names to values.' })
    return []
  }
  const shared = merged(within, beside, issues)
  const known = found.flatMap(([{ params }, state]) => (params === undefined ? Object.keys(state.params) : []))
  for (const name of Object.keys(shared)) {
    if (known.includes(name)) continue
    const isBeside = Object.hasOwn(beside, name)
    issues.push(unknownMember(isBeside ? [name] : ['params', name], name, isBeside ? [...members, ...known] : known))
  }
  const all = apis.flatMap((api) => Object.values(api.providerStates).flatMap(({ params }) => Object.keys(params)))
  for (const name of Object.keys(standing))
    if (!all.includes(name)) issues.push(unknownMember([name], name, [...members, ...new Set(all)]))
  return found.map(([asked, state]) =>
    asked.params === undefined ? { ...asked, params: only({ ...standing, ...shared }, state.params) } : asked,
  )
}

const members = ['state', 'states', 'action', 'params']

function unknownMember(path: Issue['path'], name: string, known: readonly string[]): Issue {
  const nearest = nearestWord(name, known)
  const words = known.length === 0 ? 'there are none' : `known are ${known.join(', ')}`
  const message = `"${name}" is not known here; ${words}.`
  return { path, message, onKey: true, ...(nearest === undefined ? {} : { nearest }) }
}

function paramsBeside(sent: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !Object.hasOwn(stateChangeFields, name)))
}

function only(params: JsonObject, fields: FieldMap): JsonObject {
  return Object.fromEntries(Object.entries(params).filter(([name]) => Object.hasOwn(fields, name)))
}
