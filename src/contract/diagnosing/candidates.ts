import { sameJson, type Json, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer } from '../../core/kit.ts'
import type { Recording } from './likeness.ts'
import { readSettings } from '../target/settings.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** Another value for a setting, and what goes with it. */
export interface Candidate {
  readonly name: string
  readonly value: Json
  readonly patch: JsonObject
}

/** Each value that a setting with a few values does not have. */
export function alternatives({ api }: LoadedTarget, settings: JsonObject): Candidate[] {
  const inForce = readSettings(api, settings)
  return Object.entries(api.settings).flatMap(([name, field]) => {
    const values = field.kind === 'choice' ? field.choices : field.kind === 'boolean' ? [true, false] : []
    return values.filter((value) => value !== inForce[name]).map((value) => toCandidate(name, { [name]: value }))
  })
}

/** Every other value that is worth a try: alternatives, and what the answers suggest. */
export function candidates(loaded: LoadedTarget, settings: JsonObject, recordings: readonly Recording[]): Candidate[] {
  const { api, target } = loaded
  const inForce = readSettings(api, settings)
  const usernames = Object.values(target.accounts).map(({ username }) => username)
  const suggested = api.kit.suggest?.(recordedAnswers(recordings), { settings, usernames }) ?? {}
  const suggestions = Object.entries(suggested).flatMap(([name, patches]) =>
    patches.map((patch) => toCandidate(name, patch)),
  )
  const isOther = ({ patch }: Candidate): boolean => {
    const read = readSettings(api, { ...settings, ...patch })
    return Object.keys(patch).some((name) => !sameJson(read[name], inForce[name]))
  }
  return [...alternatives(loaded, settings), ...suggestions.filter(isOther)]
}

/** What was said and answered, as kits read it. */
export function recordedAnswers(recordings: readonly Pick<Recording, 'exchanges'>[]): RecordedAnswer[] {
  return recordings.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ sent, call, received }) =>
      received === undefined ? [] : [{ ...received, path: sent.path, sent: call.headers }],
    ),
  )
}

function toCandidate(name: string, patch: JsonObject): Candidate {
  return { name, value: patch[name] ?? null, patch }
}
