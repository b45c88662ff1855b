import type { Identity, Seed, SeedStart } from '../../src/core/api.ts'
import { flag, integer, map, nullable, object, text, type Field, type Fields } from '../../src/core/field.ts'
import { isJsonObject } from '../../src/core/json.ts'

export type Settings = { readonly path: string }
export type BadgeSpec = { readonly code: string; readonly failures: number }
export type Section = Settings & { readonly users: { readonly [badge: string]: BadgeSpec } }
export type Badge = BadgeSpec & { readonly badge: string; readonly lockedUntilAt: number | null }
export type BadgeChange = { readonly locked: boolean; readonly code: string }

export const settings: Fields<Settings> = {
  path: text({ about: 'where the turnstile answers', default: '/turnstile' }),
}

const spec: Fields<BadgeSpec> = {
  code: text({ about: 'the right code', secret: true }),
  failures: integer({ about: 'wrong codes so far', default: 0, min: 0, max: 2 }),
}

export const section: Fields<Section> = {
  ...settings,
  users: map(object(spec, { about: 'a badge' }), { about: 'the badges', default: {} }),
}

export const userChange: Fields<BadgeChange> = {
  locked: flag({ about: 'locks the badge for a minute, or unlocks it' }),
  code: text({ about: 'another code', secret: true }),
}

export const record: Field<Badge> = object(
  { ...spec, badge: text({ about: 'its number' }), lockedUntilAt: nullable(integer({ about: 'in milliseconds' })) },
  { about: 'a badge' },
)

export const identity: Identity = {
  fields: spec,
  add: (given, people) => {
    const users = given['users'] ?? {}
    if (!isJsonObject(users)) return given
    const added = people.map(({ username, spec: badge }) => [username, badge] as const)
    return { ...given, users: Object.fromEntries([...Object.entries(users), ...added]) }
  },
}

export function seed({ users, ...rest }: Section, _start: SeedStart): Seed {
  return {
    keys: () => ['settings', ...Object.keys(users).map((badge) => `user:${badge}`)],
    get: (key) => {
      if (key === 'settings') return rest
      const badge = key.slice('user:'.length)
      const found = Object.hasOwn(users, badge) ? users[badge] : undefined
      return found === undefined ? undefined : { badge, ...found, lockedUntilAt: null }
    },
  }
}
