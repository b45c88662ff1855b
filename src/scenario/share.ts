import type { AnyApi } from '../core/api.ts'
import { object, type AnyField } from '../core/field.ts'
import { asObject, type Json } from '../core/json.ts'
import type { Setup } from '../world/setup.ts'
import type { Snapshot } from '../world/snapshot.ts'
import type { World } from '../world/world.ts'
import { SecretReplacer } from './replace-secrets.ts'
import { readScenario, scenarioFields } from './scenario.ts'

/**
 * The world as a snapshot that may be passed on: passwords, PINs, tokens and the ids of sessions are replaced by made-up
 * ones of the same form. What the scenario leaves blank stays blank, and what was made up for it stays what it was, as
 * its seed tells it anyway. `note` is kept as the description.
 */
export function shareWorld(world: World, note?: string): Snapshot {
  const { apis } = world.worlds
  const snapshot = world.snapshot()
  const replacer = new SecretReplacer(`share:${snapshot.name}`)
  const whole = object(scenarioFields(apis), { about: 'a scenario' })
  const masked = asObject(replacer.replace(whole, snapshot.scenario))
  const made = madeUp(readScenario(masked, snapshot.name, apis), apis, snapshot.startedAt)
  const records = Object.entries(snapshot.records).map(([key, record]): [string, Json] => {
    const field = fieldOf(key, apis)
    const safe = field === undefined ? record : replacer.replace(field, record, undefined, made(key))
    return [replaceKey(key, replacer), safe ?? null]
  })
  const described = note === undefined || note === '' ? masked : { ...masked, description: note }
  return { ...snapshot, scenario: described, records: Object.fromEntries(records) }
}

/** The records that the masked scenario starts with. Names of people are no secrets, and not asked for. */
function madeUp(setup: Setup, apis: readonly AnyApi[], now: number): (key: string) => Json | undefined {
  const seeds = new Map(
    apis.map((api) => [api.id, api.seed(setup.sections[api.id] ?? {}, { now, seed: setup.seed, answer: () => ({}) })]),
  )
  return (key) => {
    const slash = key.indexOf('/')
    return seeds.get(key.slice(0, slash))?.get(key.slice(slash + 1))
  }
}

function fieldOf(key: string, apis: readonly AnyApi[]): AnyField | undefined {
  const slash = key.indexOf('/')
  const api = apis.find(({ id }) => id === key.slice(0, slash))
  const kind = key.slice(slash + 1).split(':')[0] as string
  if (kind === 'settings') return api === undefined ? undefined : object(api.settings, { about: 'settings' })
  return api === undefined ? undefined : api.records[kind]
}

/** Whoever knows the id of a session is that session, unless it is merely a number. */
function replaceKey(key: string, replacer: SecretReplacer): string {
  const [, start, id] = /^([^:]*\/(?:session|secret):)(.*)$/s.exec(key) ?? []
  if (start === undefined || id === undefined) return key
  return start + (/^\d{1,10}$/.test(id) ? id : replacer.replacement(id))
}
