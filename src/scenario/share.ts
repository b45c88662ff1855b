import type { AnyApi } from '../core/api.ts'
import { object, type AnyField } from '../core/field.ts'
import { asObject, type Json, type JsonObject } from '../core/json.ts'
import type { Setup } from '../world/setup.ts'
import type { Snapshot } from '../world/snapshot.ts'
import type { ExchangeView } from '../world/views.ts'
import type { World } from '../world/world.ts'
import { SecretCollector, SecretReplacer } from './replace-secrets.ts'
import { readScenario, scenarioFields } from './scenario.ts'

/** What goes along with a world. */
export interface Sharing {
  /** Kept as the description. */
  readonly note?: string | undefined
  /** How many of the latest requests, masked. */
  readonly requests?: number | undefined
  /** Whether the passwords and codes of the users who sent these stay, so that what was done can be done again. */
  readonly codes?: boolean | undefined
}

/**
 * The world as a snapshot that may be passed on: passwords, PINs, tokens and the ids of sessions are replaced by made-up
 * ones of the same form. What the scenario leaves blank stays blank, and what was made up for it stays what it was, as
 * its seed tells it anyway.
 */
export function shareWorld(world: World, { note, requests = 0, codes = false }: Sharing = {}): Snapshot {
  const { apis } = world.worlds
  const snapshot = world.snapshot()
  const asked = requests === 0 ? [] : world.exchanges('*', {}, requests)
  const kept = codes ? codesFor(world, asked) : []
  const replacer = new SecretReplacer(`share:${snapshot.name}`, kept)
  const whole = object(scenarioFields(apis), { about: 'a scenario' })
  const masked = asObject(replacer.replace(whole, snapshot.scenario))
  const made = madeUp(readScenario(masked, snapshot.name, apis), apis, snapshot.startedAt)
  const records = Object.entries(snapshot.records).map(([key, record]): [string, Json] => {
    const field = fieldOf(key, apis)
    const safe = field === undefined ? record : replacer.replace(field, record, undefined, made(key))
    return [replaceKey(key, replacer), safe ?? null]
  })
  const described = note === undefined || note === '' ? masked : { ...masked, description: note }
  const told = asked.length === 0 ? {} : { requests: asked.map((each): JsonObject => ({ ...each })) }
  return { ...snapshot, scenario: described, records: Object.fromEntries(records), ...told }
}

/** What the users of these requests sign in with. */
function codesFor(world: World, asked: readonly ExchangeView[]): ReadonlySet<string> {
  const collector = new SecretCollector()
  for (const { id } of asked)
    for (const [key, record] of world.story.entry(id).reads) {
      const field = /\/user:/.test(key) ? fieldOf(key, world.worlds.apis) : undefined
      if (field !== undefined) collector.replace(field, record)
    }
  return collector.found
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
