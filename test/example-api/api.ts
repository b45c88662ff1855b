import type { Api } from '../../src/core/api.ts'
import { listOf } from '../../src/core/clause-readers.ts'
import { clauses, replies } from './clauses.ts'
import { current, operations } from './engine.ts'
import { badges, identity, section, seed, settings, userChange } from './state.ts'

const parts = { id: 'turnstile', section, settings, userChange, identity, operations } as const

/** Everything the rest of the project needs to know of the turnstile. */
export const turnstile: Api<typeof parts> = {
  ...parts,
  title: 'Turnstile',
  clauses: listOf(clauses),
  mount: ({ path }) => path,
  claims: /\/turnstile(?:\/.*)?$/,
  unknownPath: replies.unknownEndpoint,
  wrongMethodClause: 'TS-U1',
  sectionIssues: () => [],
  seed,
  records: { user: badges.field },
  viewUser: (stored, _settings, now) => {
    const badge = current(badges.of(stored), now)
    return {
      username: badge.badge,
      state: badge.lockedUntilAt === null ? 'open' : 'locked',
      failures: badge.failures,
      limit: 3,
      ...(badge.lockedUntilAt === null ? {} : { until: badge.lockedUntilAt }),
      details: { code: badge.code },
    }
  },
  changeUser: (stored, { locked, code }, _settings, now) => {
    const badge = badges.of(stored)
    const lock = locked === undefined ? {} : { failures: 0, lockedUntilAt: locked ? now + 60_000 : null }
    return { ...badge, ...lock, ...(code === undefined ? {} : { code }) }
  },
  providerStates: {},
  tryOut: (url, { username, details }) => [
    '-s',
    '-X',
    'POST',
    `${url}/enter?badge=${username}&code=${String(details['code'])}`,
  ],
  secrets: { members: ['code'], bodies: [] },
}
