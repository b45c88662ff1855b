import type { AnyApi, ProviderState } from '../core/api.ts'
import { asWanted } from '../core/as-wanted.ts'
import { check } from '../core/check.ts'
import { serverTime } from '../core/clock.ts'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { object } from '../core/field.ts'
import { asObject, own, type Json, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Records } from '../core/step.ts'
import { Draft } from '../core/draft.ts'
import { clockRecord } from './own-records.ts'
import type { Stage } from './stage.ts'
import { moveStage } from './world-clock.ts'

/** A provider state as somebody asks for it. */
export interface AskedState {
  readonly name: string
  readonly params?: unknown
  /** Where the caller wrote its name; `state` if left out. */
  readonly at?: Issue['path']
  /** Where the caller wrote its params; `params` if left out. */
  readonly paramsAt?: Issue['path']
}

/** A state that there is, with params that fit it. */
interface FoundState {
  readonly api: string
  readonly state: ProviderState
  readonly params: JsonObject
}

/**
 * Puts a world into provider states, in their order, and gives back the values that requests need, such as a session's id.
 * With `isFromStart` the scenario is started again before. Throws ERR_STATE_UNKNOWN, naming the nearest, or
 * ERR_CHANGE_INVALID; then nothing was changed, by none of them.
 */
export function arrangeState(stage: Stage, asked: readonly AskedState[], isFromStart: boolean): JsonObject {
  const found = asked.map((each) => find(stage.apis, each))
  if (isFromStart) {
    // What cannot be arranged on a scenario that has just begun must not have begun it.
    draftOf(stage, stage.beginning(), found)
    stage.startOver()
    stage.clearJournal()
  }
  const { draft, values } = draftOf(stage, stage.store, found)
  stage.store.commit(draft.changes, '')
  return values
}

function find(apis: readonly AnyApi[], asked: AskedState): FoundState {
  const [api, state] = findState(apis, asked)
  const path = asked.paramsAt ?? ['params']
  const field = object(state.params, { about: 'params' })
  // Pacts are written by libraries that have a type of their own for what they are given, and none to choose.
  const { value: params, issues } = check(field, asWanted(field, asked.params ?? {}), path)
  if (params !== undefined) return { api, state, params }
  const told = issues.map((issue) => withZeros(issue, asked.params, issue.path[path.length]))
  throw new UnderstudyError('ERR_CHANGE_INVALID', told.map(formatIssue).join(' '), told)
}

/** The API that has a state, and the state. Throws ERR_STATE_UNKNOWN. */
export function findState(apis: readonly AnyApi[], { name, at = ['state'] }: AskedState): [string, ProviderState] {
  for (const api of apis) {
    const state = Object.hasOwn(api.providerStates, name) ? api.providerStates[name] : undefined
    if (state !== undefined) return [api.id, state]
  }
  const names = apis.flatMap((api) => Object.keys(api.providerStates))
  const message = `There is no provider state "${name}"; there are ${names.map((known) => `"${known}"`).join(', ')}.`
  const nearest = nearestWord(name, names)
  const issue: Issue = { path: at, message, ...(nearest === undefined ? {} : { nearest }) }
  throw new UnderstudyError('ERR_STATE_UNKNOWN', formatIssue({ ...issue, path: [] }), [issue])
}

/** An issue with a text that came as a number, which has no zeros before it whatever somebody wrote. */
function withZeros(issue: Issue, params: unknown, name: string | number | undefined): Issue {
  const given = own((params ?? {}) as JsonObject, String(name))
  if (typeof given !== 'number' || issue.onKey === true) return issue
  return { ...issue, message: `${issue.message} It came as a number; zeros before it, if there were any, are lost.` }
}

/** What arranging comes to, on records as they are or would be. */
function draftOf(
  stage: Stage,
  records: Records,
  found: readonly FoundState[],
): { readonly draft: Draft; readonly values: JsonObject } {
  const draft = new Draft(records)
  const values: { [name: string]: Json | undefined } = {}
  for (const each of found) Object.assign(values, run(stage, draft, each))
  return { draft, values }
}

function run(stage: Stage, draft: Draft, { api, state, params }: FoundState): JsonObject {
  const prefix = `${api}/`
  return state.arrange({
    params,
    now: serverTime(clockRecord.get(draft), stage.time()),
    address: '127.0.0.1',
    get: (key) => draft.get(prefix + key),
    commit: (changes) => draft.commit(changes, prefix),
    random: (length, alphabet) => stage.random.text(length, alphabet),
    patchSettings: (patch) => {
      const settings = asObject(draft.get(`${prefix}settings`))
      draft.put(`${prefix}settings`, { ...settings, ...patch })
    },
    setClock: (at) => moveStage({ store: draft, time: stage.time }, { kind: 'freeze' }, { kind: 'set', at }),
  })
}
