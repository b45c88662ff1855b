import type { Seed, SeedStart } from '../../src/core/api.ts'
import { flag, integer, map, nullable, object, text } from '../../src/core/field.ts'
import type { Infer } from '../../src/core/infer.ts'
import { kind } from '../../src/core/kind.ts'
import { fact, factIn, factTable } from '../../src/model/fact.ts'
import { identityByName } from '../../src/model/identity.ts'
import { lockout } from '../../src/model/lockout.ts'
import { makerFrom } from '../../src/model/maker.ts'

export const settings = {
  path: text({ about: 'where the turnstile answers', default: '/turnstile' }),
}

/** What there is to know of a badge: what a scenario may say, what can be changed, what is recorded, what is shown. */
export const facts = factTable({
  badge: factIn({ record: text({ about: 'its number' }) }, { made: ({ name }) => name }),
  code: fact(text({ about: 'the right code', secret: true }), ['scenario', 'change', 'record', 'shown']),
  failures: fact(integer({ about: 'wrong codes so far', default: 0, min: 0, max: 2 }), ['scenario', 'record']),
  locked: factIn({ change: flag({ about: 'locks the badge for a minute, or unlocks it' }) }),
  lockedUntilAt: fact(nullable(integer({ about: 'in milliseconds' })), ['record'], { made: null }),
})

export const section = {
  ...settings,
  users: map(object(facts.scenario, { about: 'a badge' }), { about: 'the badges', default: {} }),
}

export const badges = kind('user', facts.record)

export type Settings = Infer<typeof settings>
export type Section = Infer<typeof section>
export type Badge = Infer<typeof facts.record>

export const lock = lockout<Settings, Badge>({
  policy: () => ({ after: 3, for: 60_000 }),
  read: ({ failures, lockedUntilAt }) => ({ failures, lock: lockedUntilAt === null ? null : { until: lockedUntilAt } }),
  write: (badge, { failures, lock: held }) => ({ ...badge, failures, lockedUntilAt: held?.until ?? null }),
  noun: 'lock',
  after: 'three',
  locked: 'locked',
  free: 'open',
  lifting: ['open'],
})

/** People have a badge, and nothing else that is known of them. */
export const identity = identityByName(facts.scenario, () => ({}))

export function seed({ users, ...rest }: Section, start: SeedStart): Seed {
  return {
    keys: () => ['settings', ...Object.keys(users).map((badge) => badges.key(badge))],
    get: (key) => {
      if (key === 'settings') return rest
      const badge = badges.idIn(key) ?? ''
      const spec = Object.hasOwn(users, badge) ? users[badge] : undefined
      return spec === undefined ? undefined : facts.make(makerFrom(start, 'turnstile', badge, spec))
    },
  }
}
