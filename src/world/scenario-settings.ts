import type { AnyApi } from '../core/api.ts'
import { sameJson } from '../core/json.ts'
import type { AnySettings } from './any-settings.ts'
import { settingsKey } from './settings-key.ts'
import type { Setup } from './setup.ts'
import type { Stage } from './stage.ts'

/** Made once for each setup: they are asked for with every look at an API, and a scenario may have many users beside them. */
const known = new WeakMap<Setup, Map<AnyApi, AnySettings>>()

/** The settings that a scenario gives an API, or the snapshot that is played like one: those that reset brings back. */
export function scenarioSettings(stage: Stage, api: AnyApi): AnySettings {
  const { setup } = stage
  const ofSetup = known.get(setup) ?? new Map<AnyApi, AnySettings>()
  known.set(setup, ofSetup)
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
