import type { AnyApi } from '../core/api.ts'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { sameJson } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import type { AnySettings } from './any-settings.ts'
import { settingsKey } from './settings-key.ts'
import type { Setup } from './setup.ts'
import type { Stage } from './stage.ts'

/** Made once for each setup: they are asked for with every look at an API, and a scenario may have many users beside them. */
const made = new WeakMap<Setup, Map<AnyApi, AnySettings>>()

/** The settings that a scenario gives an API, or the snapshot that is played like one: those that reset brings back. */
export function scenarioSettings(stage: Stage, api: AnyApi): AnySettings {
  const { setup } = stage
  const ofSetup = made.get(setup) ?? new Map<AnyApi, AnySettings>()
  made.set(setup, ofSetup)
  const key = settingsKey(api)
  const settings = ofSetup.get(api) ?? ((setup.start?.records[key] ?? stage.base().get(key)) as AnySettings)
  ofSetup.set(api, settings)
  return settings
}

/** The names of the settings that are not what the scenario says. */
export function changedSettings(stage: Stage, api: AnyApi): string[] {
  const [now, before] = [stage.settings(api), scenarioSettings(stage, api)]
  // Blank is null where it was made so, and left out where nobody ever said anything.
  return Object.keys(api.settings).filter((name) => !sameJson(now[name] ?? null, before[name] ?? null))
}

/** Puts settings back to what the scenario says, and tells it. Throws ERR_CHANGE_INVALID for a name that is none. */
export function resetSettings(stage: Stage, api: AnyApi, names: readonly string[]): void {
  const known = Object.keys(api.settings)
  const issues = names.filter((name) => !known.includes(name)).map((name) => unknownSetting(name, known))
  if (issues.length > 0) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
  const back = changedSettings(stage, api).filter((name) => names.includes(name))
  if (back.length === 0) return
  const kept = Object.entries(stage.settings(api)).filter(([name]) => !back.includes(name))
  const again = Object.entries(scenarioSettings(stage, api)).filter(([name]) => back.includes(name))
  stage.store.put(settingsKey(api), Object.fromEntries([...kept, ...again]))
  stage.tell(`${api.title}: ${back.join(', ')} ${back.length === 1 ? 'is' : 'are'} as in the scenario again`)
}

function unknownSetting(name: string, known: readonly string[]): Issue {
  const nearest = nearestWord(name, known)
  const message = `"${name}" is no setting; there are ${known.join(', ')}.`
  return { path: [name], message, ...(nearest === undefined ? {} : { nearest }) }
}
