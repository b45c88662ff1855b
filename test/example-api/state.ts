import type { Identity, Seed, SeedStart } from '../../src/core/api.ts'
import { flag, integer, map, nullable, object, text } from '../../src/core/field.ts'
import type { Infer } from '../../src/core/infer.ts'
import { isJsonObject } from '../../src/core/json.ts'
import { kind } from '../../src/core/kind.ts'

export const settings = {
  path: text({ about: 'where the turnstile answers', default: '/turnstile' }),
}

const spec = {
  code: text({ about: 'the right code', secret: true }),
  failures: integer({ about: 'wrong codes so far', default: 0, min: 0, max: 2 }),
}

export const section = {
  ...settings,
  users: map(object(spec, { about: 'a badge' }), { about: 'the badges', default: {} }),
}

export const userChange = {
  locked: flag({ about: 'locks the badge for a minute, or unlocks it' }),
  code: text({ about: 'another code', secret: true }),
}

const record = {
  ...spec,
  badge: text({ about: 'its number' }),
  lockedUntilAt: nullable(integer({ about: 'in milliseconds' })),
}

export const badges = kind('user', record)

export type Settings = Infer<typeof settings>
export type Section = Infer<typeof section>
export type Badge = Infer<typeof record>

export const identity: Identity<typeof spec> = {
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
