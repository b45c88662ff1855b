import type { ProviderState } from '../core/api.ts'
import { check } from '../core/check.ts'
import { didYouMean, formatIssue, UnderstudyError } from '../core/errors.ts'
import { object } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import type { Stage } from './stage.ts'
import { moveStage } from './world-clock.ts'

/**
 * Puts a world into a provider state, and gives back the values that requests need, such as a session's id.
 * Throws ERR_STATE_UNKNOWN, naming the nearest, or ERR_CHANGE_INVALID.
 */
export function arrange(stage: Stage, name: string, params: unknown): JsonObject {
  for (const api of stage.apis) {
    const state = Object.hasOwn(api.providerStates, name) ? api.providerStates[name] : undefined
    if (state !== undefined) return run(stage, api.id, state, params)
  }
  const names = stage.apis.flatMap((api) => Object.keys(api.providerStates))
  const message = `There is no provider state "${name}"; there are ${names.map((known) => `"${known}"`).join(', ')}.`
  throw new UnderstudyError('ERR_STATE_UNKNOWN', message + didYouMean(nearestWord(name, names)))
}

function run(stage: Stage, api: string, state: ProviderState, input: unknown): JsonObject {
  const params = object(state.params, { about: 'params' })
  const { value, issues } = check(params, input ?? {}, ['params'])
  if (value === undefined) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
  const prefix = `${api}/`
  return state.arrange({
    params: value,
    now: stage.now(),
    address: '127.0.0.1',
    get: (key) => stage.store.get(prefix + key),
    commit: (changes) => stage.store.commit(changes, prefix),
    random: (length, alphabet) => stage.random.text(length, alphabet),
    patchSettings: (patch) => {
      const settings = stage.store.get(`${prefix}settings`) as JsonObject
      stage.store.put(`${prefix}settings`, { ...settings, ...patch })
    },
    setClock: (at) => moveStage(stage, { kind: 'freeze' }, { kind: 'set', at }),
  })
}
